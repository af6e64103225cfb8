"""What stands in a column that a domain module does not fill: an SQL expression of the row's ordinal ``?1``.

In a real base half of the columns are NULL, '' or a constant that the program writes. The expression is computed
by SQLite while inserting, so it costs Python nothing, and depends on the ordinal alone, so it is deterministic.
"""

import re
from zlib import crc32

from sigasers.siga.basedemo.schema import Column

USERS = ("JQUISPE", "MHUAMAN", "RFLORES", "CCASTAÑEDA", "LSANCHEZ", "ADMINLOG", "VMUÑOZ")

_FIXED: dict[str, str] = {
    "moneda": "'S/.'",
    "moneda_pago": "'S/.'",
    "tipo_cambio": "1",
    "tipo_ppto": "1",
    "tipo_uso": "'C'",
    "origen": "'1'",
    "fuente_financ": "'00'",
    "tipo_recurso": "'0'",
    "estado": "'A'",
    "pais": "'9589'",
    "departamento": "'15'",
    "provincia": "'05'",
    "distrito": "'01'",
    "flag_visualiza": "'S'",
    "enviado": "'1'",
    "estado_mef": "'1'",
}
_USER = re.compile(r"c_?user|cuser|usuario")
_MACHINE = re.compile(r"equipo_")
_STAMP = re.compile(r"fecha_(reg|ing|alta|act|mod)|fec_reg")
_FLAG = re.compile(r"fla?g_|ind(ic?a?d?o?r?)?_|es_|f_|adj_|cuadre_")


def default_expression(column: Column, table: str, year: int) -> str:
    """Give the SQL expression that fills ``column`` of ``table`` for rows of ``year``."""
    name, dice = column.name.lower(), crc32(f"{table}.{column.name}".lower().encode()) % 100
    if name in _FIXED and _fits(_FIXED[name], column):
        return _FIXED[name]
    if column.kind in ("datetime", "date"):
        return _date(column, name, dice, year)
    if column.kind in ("numeric", "int"):
        return _number(column, dice)
    return _text(column, name, dice)


def _fits(literal: str, column: Column) -> bool:
    text = literal.startswith("'")
    return text == (column.kind in ("varchar", "char", "text")) and len(literal) - 2 * text <= column.length


def _date(column: Column, name: str, dice: int, year: int) -> str:
    if not column.not_null and (not _STAMP.match(name) or name.endswith("mod") or dice < 45):
        return "NULL"
    clock = "' 08:30:00.000'" if column.kind == "datetime" else "''"
    return f"strftime('{year}-%m-%d', '{year}-01-04', (?1 * 31 % 340) || ' days') || {clock}"


def _number(column: Column, dice: int) -> str:
    """Money that nobody moved is 0, rarely NULL; a code that nobody chose is NULL."""
    if column.scale and dice < 12:
        return "0"
    return "0" if column.not_null else "NULL"


def _text(column: Column, name: str, dice: int) -> str:
    if _USER.match(name) and not name.endswith(("_mod", "_act", "_vb")):
        names = " ".join(f"WHEN {place} THEN '{user}'" for place, user in enumerate(USERS[:-1]))
        return f"CASE ?1 / 7 % {len(USERS)} {names} ELSE '{USERS[-1]}' END"
    if _MACHINE.match(name) and not name.endswith(("_mod", "_act", "_vb")):
        return "'UE-LOG-' || (101 + ?1 / 7 % 9)"
    if column.length == 1 and _FLAG.match(name):
        return _flag(column, dice)
    if column.not_null:
        return "'0'" if column.length == 1 else "''"
    if dice < 8:
        return "CASE WHEN ?1 % 5 = 0 THEN '' END"
    return "''" if dice < 16 else "NULL"


def _flag(column: Column, dice: int) -> str:
    if dice < 70 and not column.not_null:
        return "NULL"
    return "'N'" if dice < 92 else f"CASE WHEN (?1 * 7 + {dice}) % 13 < 3 THEN 'S' ELSE 'N' END"
