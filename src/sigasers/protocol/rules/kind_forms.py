"""The keys that each kind of rule has in the file, and how they become its value."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.protocol.rules.fields import Entry, bad
from sigasers.protocol.rules.kinds import (
    Contexto,
    Dominio,
    Fecha,
    FilasPerdidas,
    FilasPorGrupo,
    Forma,
    Huerfanas,
    Kind,
    Longitud,
    Orden,
    Periodo,
    Producto,
    Rango,
    Referencia,
    Repetidas,
    SiempreVacia,
    SinValor,
    Suma,
    SumaDetalle,
    TablaFallida,
    TablaVacia,
)

_MAX_PATTERN = 120
_MAX_ROWS = 1_000_000_000
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True)
class Form:
    """The keys of one kind and the function that reads them."""

    keys: set[str]
    read: Callable[[Entry], Kind]


def parse_kind(entry: Entry, name: str) -> Kind:
    """Read what the kind ``name`` (one of ``FORMS``) has; raises ``RulesFormatError``."""
    return FORMS[name].read(entry)


def _form(entry: Entry) -> Forma:
    pattern = entry.text("patron", max_chars=_MAX_PATTERN)
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowException as error:
        raise bad(f"{entry.where}: patron", "no es una expresión regular (RE2)") from error
    return Forma(columna=entry.name("columna"), patron=pattern)


def _range(entry: Entry) -> Rango:
    low = entry.decimal("desde") if "desde" in entry.raw else None
    high = entry.decimal("hasta") if "hasta" in entry.raw else None
    if low is None and high is None:
        raise bad(entry.where, "un rango lleva «desde», «hasta» o ambos")
    if low is not None and high is not None and low > high:
        raise bad(entry.where, "«desde» es mayor que «hasta»")
    return Rango(columna=entry.name("columna"), desde=low, hasta=high)


def _product(entry: Entry) -> Producto:
    first, second = entry.names("factores", 2, 2)
    return Producto(factores=(first, second), resultado=entry.name("resultado"), tolerancia=_tolerance(entry))


def _sum(entry: Entry) -> Suma:
    minus = entry.names("restas") if "restas" in entry.raw else ()
    plus = entry.names("sumandos")
    return Suma(sumandos=plus, restas=minus, resultado=entry.name("resultado"), tolerancia=_tolerance(entry))


def _tolerance(entry: Entry) -> Decimal:
    value = entry.decimal("tolerancia")
    if value < 0:
        raise bad(f"{entry.where}: tolerancia", "no puede ser negativa")
    return value


def _orphans(entry: Entry) -> Huerfanas:
    own = entry.names("columnas")
    theirs = entry.names("columnas_padre") if "columnas_padre" in entry.raw else own
    _same_length(entry, own, theirs)
    return Huerfanas(columnas=own, padre=entry.name("padre"), columnas_padre=theirs)


def _detail_sum(entry: Entry) -> SumaDetalle:
    own = entry.names("clave")
    theirs = entry.names("clave_detalle") if "clave_detalle" in entry.raw else own
    _same_length(entry, own, theirs)
    return SumaDetalle(
        clave=own,
        monto=entry.name("monto"),
        detalle=entry.name("detalle"),
        clave_detalle=theirs,
        monto_detalle=entry.name("monto_detalle"),
        tolerancia=_tolerance(entry),
    )


def _same_length(entry: Entry, own: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    if len(own) != len(theirs):
        raise bad(entry.where, "las dos claves tienen distinta cantidad de columnas")


def _lost(entry: Entry) -> FilasPerdidas:
    least = entry.integer("desde", 1, 100)
    below = entry.integer("menos_de", 2, 101, default=101)
    if below <= least:
        raise bad(entry.where, "«menos_de» debe ser mayor que «desde»")
    return FilasPerdidas(desde=least, menos_de=below, minimo=entry.integer("minimo", 1, _MAX_ROWS))


def _word(entry: Entry, key: str, words: type[E]) -> E:
    known = {word.value: word for word in words}
    found = known.get(entry.text(key))
    if found is None:
        raise bad(f"{entry.where}: {key}", f"debe ser uno de: {', '.join(known)}")
    return found


FORMS: dict[str, Form] = {
    "sin_valor": Form(
        {"columna", "cero"}, lambda e: SinValor(columna=e.name("columna"), cero=e.flag("cero"))
    ),
    "siempre_vacia": Form(
        {"columna", "minimo"},
        lambda e: SiempreVacia(
            columna=e.name("columna"), minimo=e.integer("minimo", 1, _MAX_ROWS, default=1)
        ),
    ),
    "forma": Form({"columna", "patron"}, _form),
    "dominio": Form(
        {"columna", "valores"},
        lambda e: Dominio(columna=e.name("columna"), valores=e.texts("valores", 1, 50)),
    ),
    "rango": Form({"columna", "desde", "hasta"}, _range),
    "fecha": Form(
        {"columna", "dentro"}, lambda e: Fecha(columna=e.name("columna"), dentro=_word(e, "dentro", Periodo))
    ),
    "orden": Form({"menor", "mayor"}, lambda e: Orden(menor=e.name("menor"), mayor=e.name("mayor"))),
    "producto": Form({"factores", "resultado", "tolerancia"}, _product),
    "suma": Form({"sumandos", "restas", "resultado", "tolerancia"}, _sum),
    "longitud": Form(
        {"columna", "caracteres"},
        lambda e: Longitud(columna=e.name("columna"), caracteres=e.integer("caracteres", 1, 100_000)),
    ),
    "contexto": Form(
        {"columna", "igual"},
        lambda e: Contexto(columna=e.name("columna"), igual=_word(e, "igual", Referencia)),
    ),
    "huerfanas": Form({"columnas", "padre", "columnas_padre"}, _orphans),
    "suma_detalle": Form(
        {"clave", "monto", "detalle", "clave_detalle", "monto_detalle", "tolerancia"}, _detail_sum
    ),
    "repetidas": Form({"columnas"}, lambda e: Repetidas(columnas=e.names("columnas"))),
    "filas_por_grupo": Form(
        {"columnas", "filas"},
        lambda e: FilasPorGrupo(columnas=e.names("columnas"), filas=e.integer("filas", 1, 1000)),
    ),
    "tabla_vacia": Form({"mientras"}, lambda e: TablaVacia(mientras=e.name("mientras"))),
    "filas_perdidas": Form({"desde", "menos_de", "minimo"}, _lost),
    "tabla_fallida": Form(set(), lambda _: TablaFallida()),
}
