"""A starting file for a unit's own tables: what the schema lets one guess, for a person to correct.

The text loads as it is with ``load_catalogue``. Names that the database gives are hostile: in the file's values stand
those alone that the format allows, in comments nothing that could end one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from sigasers.errors.catalogue import TableInCatalogueError, TableNameError, TableNotInDatabaseError
from sigasers.siga.catalogue import Catalogue, Grupo
from sigasers.siga.catalogue.parse_values import NAME
from sigasers.siga.inspection.personal import Proposal, suspicions
from sigasers.siga.inspection.unknown import UNIT_COLUMN, year_column
from sigasers.siga.sources import TableSchema

_MAX_COMMENT = 60
_HEAD = """\
# Tablas propias de la unidad, agregadas a la relación del programa.
# Hecho con «siga catalogo nuevo» a partir del esquema de la base: es una propuesta. Revise cada línea, sobre todo los
# datos personales, y compruebe el archivo con «siga catalogo validar».
v = 1
"""
# What a word of the table's name says of its group; the first that fits is taken.
_GROUPS = (
    (r"almac|kardex|pecosa|stock", Grupo.ALMACEN),
    (r"patrim|inmueb|inm|bienes|vehic|activo", Grupo.PATRIMONIO),
    (r"tes|viatic|caja|recibo|planilla|rendic", Grupo.TESORERIA),
    (r"cuadro|prog|cmn|paac|ppr|poi", Grupo.PROGRAMACION),
)


def starting_file(catalogue: Catalogue, live: Mapping[str, TableSchema], names: Sequence[str]) -> str:
    """Give the text for the tables ``names`` of ``live`` (by lower-case name).

    Raises ``TableNotInDatabaseError``, ``TableInCatalogueError`` and ``TableNameError``.
    """
    known = {entry.nombre.lower() for entry in catalogue.tablas}
    tables = {name.lower(): _table(name, known, live) for name in names}
    return "\n".join([_HEAD, *(f"{_entry(table)}\n" for table in tables.values())])


def _table(name: str, known: set[str], live: Mapping[str, TableSchema]) -> TableSchema:
    table = live.get(name.lower())
    if name.lower() in known:
        raise TableInCatalogueError("known already", tabla=name)
    if table is None:
        near = get_close_matches(name.lower(), [each for each in live if each not in known], n=3)
        similar = ", ".join(_plain(live[each].nombre) for each in near) or "ninguna"
        raise TableNotInDatabaseError("no such table", tabla=name, parecidas=similar)
    if not NAME.fullmatch(table.nombre):
        raise TableNameError("name outside the format", tabla=_plain(table.nombre))
    return table


def _entry(table: TableSchema) -> str:
    year = _usable(year_column(table))
    unit = table.column(UNIT_COLUMN)
    lines = [
        "[[tabla]]",
        f'nombre = "{table.nombre}"',
        f'descripcion = "{table.nombre} (escriba aquí qué contiene)"',
        f'grupo = "{_group(table, year).value}"',
        'ambitos = ["sistema"]',
        *_filter_lines(year, has_unit=unit is not None),
        *_unit_lines(unit.nombre if unit else None),
        *_key_lines(table),
        *_personal_lines(table, {name for name in (year, unit.nombre if unit else None) if name}),
    ]
    return "\n".join(lines)


def _group(table: TableSchema, year: str | None) -> Grupo:
    words = table.nombre.lower()
    for pattern, group in _GROUPS:
        if re.search(rf"(?:^|_)(?:{pattern})", words):
            return group
    return Grupo.EJECUCION if year else Grupo.MAESTRO


def _filter_lines(year: str | None, *, has_unit: bool) -> Iterator[str]:
    if year:
        yield f'# {year} parece el ejercicio. Si la tabla es un saldo que va completo, escriba "acumulado".'
        yield f'filtro = {{ anual = "{year}" }}'
        return
    yield "# No se encontró una columna del ejercicio: van todas las filas" + (
        " de la unidad." if has_unit else "."
    )
    yield 'filtro = "ninguno"'


def _unit_lines(unit: str | None) -> Iterator[str]:
    if unit:
        yield f'unidad = {{ columna = "{unit}" }}'
        return
    yield "# ATENCIÓN: no hay columna SEC_EJEC. Así van las filas de todas las unidades de la base; si la unidad se"
    yield '# conoce por otra tabla: { tabla = "PADRE", pares = [["PROPIA", "DEL_PADRE"]], columna = "SEC_EJEC" }'
    yield 'unidad = "compartida"'


def _key_lines(table: TableSchema) -> Iterator[str]:
    if not table.clave:
        yield "# La base no declara clave: las filas se ordenan por todas las columnas, y las iguales se conservan."
        yield '# Si sabe qué columnas identifican una fila, escriba: clave = ["COLUMNA", ...]'
    elif all(NAME.fullmatch(name) for name in table.clave):
        yield f"clave = [{_quoted(table.clave)}]"
    else:
        yield "# La clave de la base tiene columnas con otros signos en su nombre; se usa tal como la declara la base."


def _personal_lines(table: TableSchema, selecting: set[str]) -> Iterator[str]:
    """Comment each suspicious column; what the catalogue's own policy always omits is omitted here too."""
    found = suspicions(column.nombre for column in table.columnas)
    if not found:
        yield "# Ningún nombre de columna hace pensar en datos personales; los textos libres pueden traerlos igual."
        return
    yield "# Columnas que quizá tienen datos personales. Lo dudoso está solo en este comentario: decida entre omitir,"
    yield '# seudonimizar = [{ columna = "COLUMNA", dominio = "dni" }] y conservar.'
    needed = {name.lower() for name in (*table.clave, *selecting)}
    omitted = []
    for each in found:
        fixed = each.columna.lower() in needed
        omit = each.propuesta is Proposal.OMITIR and not fixed and NAME.fullmatch(each.columna)
        word = "se omite" if omit else "es de la clave: quizá seudonimizar" if fixed else "por revisar"
        yield f"#   {_plain(each.columna)}: {each.clase} ({word})"
        if omit:
            omitted.append(each.columna)
    if omitted:
        yield f"datos_personales = {{ omitir = [{_quoted(omitted)}] }}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _usable(name: str | None) -> str | None:
    return name if name and NAME.fullmatch(name) else None


def _plain(name: str) -> str:
    """Give a name that may stand in a comment or on a terminal: one line, printable."""
    return "".join(char if char.isprintable() else "?" for char in name)[:_MAX_COMMENT]
