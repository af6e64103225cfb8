"""Reads a unit's own catalogue file as a careful colleague would: every mistake, with its place and its cure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from sigasers.errors.catalogue import CatalogueFormatError
from sigasers.siga.catalogue import Catalogue, TableEntry
from sigasers.siga.catalogue.comparison import blocking_columns
from sigasers.siga.catalogue.parse import CatalogueFile, UnitPolicy, read_file
from sigasers.siga.catalogue.policy import place_of, stricter
from sigasers.siga.inspection.personal import Proposal, suspicions
from sigasers.siga.sources import TableSchema

MAX_MISTAKES = 200
"""As many as a person mends before looking again."""

_HEADER = re.compile(r"\s*\[\[\s*(tabla|datos_personales)\s*\]\]")
_NAMED = re.compile(r"\s*(?:nombre|tabla)\s*=\s*[\"']([^\"']{1,128})[\"']")
_CURES = {
    "nombre": 'escriba nombre = "TABLA", tal como se llama en la base',
    "descripcion": 'escriba descripcion = "qué contiene la tabla", en una línea',
    "grupo": 'por ejemplo, grupo = "ejecucion"',
    "ambitos": 'escriba ambitos = ["sistema"], o ["sistema", "programacion"] si también va con el año de programación',
    "filtro": 'escriba filtro = { anual = "ANO_EJE" } con la columna del ejercicio, "acumulado" o "ninguno"',
    "unidad": 'escriba unidad = { columna = "SEC_EJEC" } con la columna de la unidad, o "compartida"',
    "clave": 'escriba clave = ["COLUMNA", ...], en el orden de la clave primaria',
    "omitir": "quite esa columna de «omitir»; si identifica a una persona y es de la clave, póngala en «seudonimizar»",
    "seudonimizar": "quite esa columna de «seudonimizar»",
    "datos_personales": 'escriba datos_personales = { omitir = ["TELEFONO"], seudonimizar = [{ columna = "DNI", '
    'dominio = "dni" }] }',
    "v": "escriba v = 1 en la primera línea",
}
_CURE_FILE = "corrija el archivo según docs/guia/catalogo.md"
_CURE_ENTRY = "complete o quite esa línea; docs/guia/catalogo.md muestra una entrada completa"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """Something to mend: line of the entry (if known), place, what is wrong, the cure; Spanish.

    A ``grave`` one stops the export or would cost the table; another is advice.
    """

    linea: int | None
    donde: str
    que: str
    haga: str
    grave: bool = True


def review(raw: bytes, catalogue: Catalogue, live: Mapping[str, TableSchema] | None = None) -> list[Mistake]:
    """Give the mistakes of a unit's file, at most ``MAX_MISTAKES``, and then word that there are more.

    Of its format, against our ``catalogue``, against the database if given.
    """
    mistakes = list(islice(_mistakes(raw, catalogue, live), MAX_MISTAKES + 1))
    if len(mistakes) > MAX_MISTAKES:
        mistakes[MAX_MISTAKES] = Mistake(
            linea=None,
            donde="el archivo",
            que=f"tiene más de {MAX_MISTAKES} errores y avisos",
            haga="corrija los que se muestran y vuelva a revisarlo",
        )
    return sorted(mistakes, key=lambda mistake: (not mistake.grave, mistake.linea or 0))


def _mistakes(raw: bytes, catalogue: Catalogue, live: Mapping[str, TableSchema] | None) -> Iterator[Mistake]:
    found = read_file(raw)
    lines, policy_lines = _lines_of(raw, "tabla"), _lines_of(raw, "datos_personales")
    both = policy_lines | lines
    yield from (_of_error(error, both) for error in found.errores)
    yield from _repeated(found, catalogue, lines)
    yield from _repeated_policies(found.politicas, policy_lines)
    for entry in found.entradas if live is not None else ():
        yield from _against(entry, live or {}, lines)
    for policy in found.politicas:
        try:
            ours = catalogue.tablas[place_of(catalogue.tablas, policy)]
            strict = stricter(ours, policy.politica)
        except CatalogueFormatError as error:
            yield _of_error(error, policy_lines)
            continue
        if live is not None:
            yield from _against(strict, live, policy_lines)


def _of_error(error: CatalogueFormatError, lines: Mapping[str, int]) -> Mistake:
    where = str(error.fields["donde"])
    name, _, key = where.partition(": ")
    cure = _CURES.get(key or name, _CURE_FILE if name == "el archivo" else _CURE_ENTRY)
    return Mistake(linea=lines.get(name.lower()), donde=where, que=str(error.fields["motivo"]), haga=cure)


def _repeated(found: CatalogueFile, catalogue: Catalogue, lines: Mapping[str, int]) -> Iterator[Mistake]:
    ours = {entry.nombre.lower() for entry in catalogue.tablas}
    seen: set[str] = set()
    for entry in found.entradas:
        name = entry.nombre.lower()
        if name in ours:
            cure = "quite esta entrada; para ocultar más columnas de esa tabla use [[datos_personales]]"
            yield _mistake(entry.nombre, "el catálogo ya tiene esta tabla", cure, lines)
        elif name in seen:
            yield _mistake(entry.nombre, "esta tabla está dos veces en el archivo", "deje una sola", lines)
        seen.add(name)


def _repeated_policies(policies: Iterable[UnitPolicy], lines: Mapping[str, int]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for policy in policies:
        if policy.tabla.lower() in seen:
            yield _mistake(policy.tabla, "esta tabla tiene dos políticas", "júntelas en una", lines)
        seen.add(policy.tabla.lower())


def _against(
    entry: TableEntry, live: Mapping[str, TableSchema], lines: Mapping[str, int]
) -> Iterator[Mistake]:
    """Hold one entry against the database; a table of ours under a stricter policy only for its hidden columns."""
    table = live.get(entry.nombre.lower())
    if table is None:
        cure = f"corrija el nombre ({_near(entry.nombre, [each.nombre for each in live.values()])})"
        yield _mistake(entry.nombre, "la base no tiene esta tabla", cure, lines)
        return
    columns = [column.nombre for column in table.columnas]
    for name in blocking_columns(entry, live):
        parent, _, own = name.rpartition(".")
        other = live.get(parent.lower()) if parent else table
        known = [column.nombre for column in other.columnas] if other else []
        what = f"la base no tiene la columna «{name}», y sin ella la tabla no se exporta"
        yield _mistake(entry.nombre, what, f"corrija el nombre ({_near(own, known)})", lines)
    if entry.columnas:
        return
    yield from _advice(entry, table, columns, lines)


def _advice(
    entry: TableEntry, table: TableSchema, columns: list[str], lines: Mapping[str, int]
) -> Iterator[Mistake]:
    present = {name.lower() for name in columns}
    for name in (*entry.clave, *entry.conservar):
        if name.lower() not in present:
            cure = f"corrija el nombre ({_near(name, columns)})"
            yield _mistake(entry.nombre, f"la base no tiene la columna «{name}»", cure, lines)
    if entry.clave and table.clave and _folded(entry.clave) != _folded(table.clave):
        declared = ", ".join(table.clave)
        what = "la base declara otra clave primaria, y es la que se usa"
        yield _mistake(entry.nombre, what, f"escriba la de la base: {declared}", lines, grave=False)
    if not entry.clave and not table.clave:
        what = "ni la base ni el archivo dicen la clave: las filas se ordenan por todas las columnas"
        yield _mistake(entry.nombre, what, "si la conoce, agregue clave = [...]", lines, grave=False)
    judged = {name.lower() for name in (*entry.omitir, *entry.conservar, *(n for n, _ in entry.seudonimizar))}
    for each in suspicions(columns):
        if each.columna.lower() not in judged:
            word = "omitir" if each.propuesta is Proposal.OMITIR else "omitir, seudonimizar o conservar"
            what = f"la columna «{each.columna}» quizá tiene datos personales ({each.clase}) y va tal cual"
            yield _mistake(entry.nombre, what, f"decida y póngala en {word}", lines, grave=False)


def _mistake(name: str, que: str, haga: str, lines: Mapping[str, int], *, grave: bool = True) -> Mistake:
    return Mistake(linea=lines.get(name.lower()), donde=name, que=que, haga=haga, grave=grave)


def _near(name: str, known: Iterable[str]) -> str:
    folded = {each.lower(): each for each in known}
    near = [folded[each] for each in get_close_matches(name.lower(), folded, n=3)]
    return f"quizá {' o '.join(near)}" if near else "ninguna se le parece"


def _folded(names: Iterable[str]) -> list[str]:
    return [name.lower() for name in names]


def _lines_of(raw: bytes, section: str) -> dict[str, int]:
    """Give where each ``[[section]]`` begins, by its number (``entrada 2``) and, where it can be seen, by its table.

    TOML's reader tells no lines: headers are counted in the text, which a text value of several lines could upset.
    """
    found: dict[str, int] = {}
    word = "entrada" if section == "tabla" else section
    count = start = 0
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            start = number if header[1] == section else 0
            count += bool(start)
        if start:
            found[f"{word} {count}"] = start
            named = _NAMED.match(line)
            if named:
                found.setdefault(named[1].lower(), start)
    return found
