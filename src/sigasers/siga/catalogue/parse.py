"""Turns the bytes of one catalogue file into values, refusing whatever ``docs/spec/catalogue.md`` does not say.

Every refusal is a ``CatalogueFormatError`` with the fields ``donde`` (table and key) and ``motivo``, in Spanish.
"""

import re
import tomllib

from sigasers.errors.catalogue import CatalogueFormatError
from sigasers.model.domain import Ambito
from sigasers.siga.catalogue.entries import (
    Acumulado,
    Anual,
    Compartida,
    Filtro,
    Grupo,
    PorColumna,
    PorJoin,
    SinFiltro,
    TableEntry,
    UnitRule,
)

FORMAT_VERSION = 1

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")  # 128: the longest identifier of SQL Server
_DESCRIPTION_CHARS = 200
_FILE_KEYS = {"v", "version", "tabla"}
_ENTRY_KEYS = {"nombre", "descripcion", "grupo", "ambitos", "filtro", "unidad"}
_ENTRY_OPTIONAL = {"datos_personales", "clave"}


def parse_file(raw: bytes) -> tuple[tuple[TableEntry, ...], str]:
    """Give the entries of one file and its ``version``, empty if it has none."""
    try:
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _bad("el archivo", "no está en UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _bad("el archivo", "no es TOML válido") from error
    _refuse_unknown(document, _FILE_KEYS, "el archivo")
    if document.get("v") != FORMAT_VERSION or isinstance(document["v"], bool):
        raise _bad("v", f"la versión del formato debe ser {FORMAT_VERSION}")
    version = document.get("version", "")
    tables = document.get("tabla", [])
    if not isinstance(version, str) or not isinstance(tables, list):
        raise _bad("el archivo", "«version» es un texto y «tabla» una lista de entradas")
    return tuple(_parse_entry(table, number) for number, table in enumerate(tables, start=1)), version


def _parse_entry(table: object, number: int) -> TableEntry:
    if not isinstance(table, dict):
        raise _bad(f"entrada {number}", "no es una tabla de TOML")
    name = table.get("nombre")
    where = name if isinstance(name, str) and _NAME.fullmatch(name) else f"entrada {number}"
    _refuse_unknown(table, _ENTRY_KEYS | _ENTRY_OPTIONAL, where)
    missing = sorted(_ENTRY_KEYS - table.keys())
    if missing:
        raise _bad(where, f"falta «{missing[0]}»")
    omit, keep = _parse_personal(table.get("datos_personales", {}), where)
    entry = TableEntry(
        nombre=_name(name, f"{where}: nombre"),
        descripcion=_description(table["descripcion"], where),
        grupo=_parse_group(table["grupo"], where),
        ambitos=_parse_ambitos(table["ambitos"], where),
        filtro=_parse_filter(table["filtro"], where),
        unidad=_parse_unit(table["unidad"], where),
        omitir=omit,
        conservar=keep,
        clave=_names(table.get("clave", []), f"{where}: clave"),
    )
    _refuse_contradiction(entry)
    return entry


def _parse_group(value: object, where: str) -> Grupo:
    try:
        return Grupo(value)
    except ValueError as error:
        known = ", ".join(grupo.value for grupo in Grupo)
        raise _bad(f"{where}: grupo", f"debe ser uno de: {known}") from error


def _parse_ambitos(value: object, where: str) -> frozenset[Ambito]:
    try:
        ambitos = [Ambito(item) for item in value] if isinstance(value, list) else []
    except ValueError as error:
        raise _bad(f"{where}: ambitos", "solo se conocen «sistema» y «programacion»") from error
    if not ambitos or len(set(ambitos)) != len(ambitos):
        raise _bad(f"{where}: ambitos", "debe ser una lista con al menos un ámbito, sin repetir")
    return frozenset(ambitos)


def _parse_filter(value: object, where: str) -> Filtro:
    if value == "ninguno":
        return SinFiltro()
    if value == "acumulado":
        return Acumulado()
    if isinstance(value, dict) and value.keys() == {"anual"}:
        return Anual(_name(value["anual"], f"{where}: filtro"))
    raise _bad(f"{where}: filtro", 'debe ser "ninguno", "acumulado" o { anual = "COLUMNA" }')


def _parse_unit(value: object, where: str) -> UnitRule:
    if value == "compartida":
        return Compartida()
    if isinstance(value, dict) and value.keys() == {"columna"}:
        return PorColumna(_name(value["columna"], f"{where}: unidad"))
    if isinstance(value, dict) and value.keys() == {"tabla", "pares", "columna"}:
        return PorJoin(
            tabla=_name(value["tabla"], f"{where}: unidad"),
            pares=_parse_pairs(value["pares"], f"{where}: unidad"),
            columna=_name(value["columna"], f"{where}: unidad"),
        )
    raise _bad(
        f"{where}: unidad",
        'debe ser "compartida", { columna = "COLUMNA" } o { tabla = "PADRE", pares = [[propia, del padre]], '
        'columna = "COLUMNA DEL PADRE" }',
    )


def _parse_pairs(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or not value:
        raise _bad(where, "«pares» debe ser una lista de parejas de columnas")
    pairs: list[tuple[str, str]] = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise _bad(where, "cada pareja de «pares» tiene dos columnas")
        pairs.append((_name(pair[0], where), _name(pair[1], where)))
    return tuple(pairs)


def _parse_personal(value: object, where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    where = f"{where}: datos_personales"
    if not isinstance(value, dict):
        raise _bad(where, "debe tener «omitir», «conservar» o ambos")
    _refuse_unknown(value, {"omitir", "conservar"}, where)
    omit, keep = (_names(value.get(key, []), where) for key in ("omitir", "conservar"))
    both = _folded(omit) & _folded(keep)
    if both:
        raise _bad(where, f"«{min(both)}» está en omitir y en conservar")
    return omit, keep


def _names(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _bad(where, "debe ser una lista de columnas")
    names = tuple(_name(item, where) for item in value)
    if len(_folded(names)) != len(names):
        raise _bad(where, "hay una columna repetida")
    return names


def _name(value: object, where: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise _bad(where, "un nombre de tabla o columna tiene letras, dígitos y guion bajo, hasta 128")
    return value


def _description(value: object, where: str) -> str:
    if (
        not isinstance(value, str)
        or not 1 <= len(value.strip()) <= _DESCRIPTION_CHARS
        or not value.isprintable()
    ):
        raise _bad(
            f"{where}: descripcion", f"debe ser un texto de una línea, hasta {_DESCRIPTION_CHARS} caracteres"
        )
    return value


def _refuse_unknown(table: dict[str, object], known: set[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise _bad(where, f"«{unknown[0][:40]}» no es una clave conocida")


def _refuse_contradiction(entry: TableEntry) -> None:
    """Refuse an entry that omits what its own selection needs, or that would send a shared table as the unit's."""
    needed = _folded((*entry.selection_columns(), *entry.clave)) & _folded(entry.omitir)
    if needed:
        raise _bad(
            f"{entry.nombre}: omitir",
            f"«{min(needed)}» decide qué filas van o su orden, y no se puede omitir",
        )
    if isinstance(entry.filtro, Acumulado) and isinstance(entry.unidad, Compartida):
        raise _bad(
            f"{entry.nombre}: filtro", "«acumulado» son todas las filas de la unidad; una compartida no tiene"
        )


def _folded(names: tuple[str, ...]) -> set[str]:
    return {name.lower() for name in names}


def _bad(donde: str, motivo: str) -> CatalogueFormatError:
    return CatalogueFormatError("catalogue format broken", donde=donde, motivo=motivo)
