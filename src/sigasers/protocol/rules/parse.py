"""Turns the bytes of a rules file into values, refusing whatever ``docs/spec/rules.md`` does not say.

Every refusal is a ``RulesFormatError`` with the fields ``donde`` (rule and key) and ``motivo``, in Spanish.
"""

import re
import tomllib
from string import Formatter

from sigasers.formats.package import Level
from sigasers.model import Ambito
from sigasers.protocol.rules.fields import Entry, bad
from sigasers.protocol.rules.kind_forms import FORMS, parse_kind
from sigasers.protocol.rules.kinds import (
    Condicion,
    ConValor,
    EnValores,
    FilasPerdidas,
    Kind,
    SiempreVacia,
    TablaFallida,
    TablaVacia,
    Umbral,
)
from sigasers.protocol.rules.values import EVERY_TABLE, Rule, RuleSet

FORMAT_VERSION = 1
MAX_BYTES = 1 << 20
MAX_RULES = 500
_CODE = re.compile(r"VAL-[0-9]{2,3}")
_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")
_COMMON = {"codigo", "nombre", "nivel", "ambitos", "tabla", "tipo", "texto", "porque", "haga"}
_OPTIONAL = {"conocido"}
_THRESHOLD = {"mas_de", "al_menos"}
_LEVELS = {level.value: level for level in (Level.OBSERVACION, Level.RECHAZO)}
_PLACEHOLDERS = {"cantidad", "total", "porcentaje"}
_NO_CONDITION = (TablaVacia, FilasPerdidas, TablaFallida)
_NO_THRESHOLD = (SiempreVacia, *_NO_CONDITION)
_EVERY_TABLE = (FilasPerdidas, TablaFallida)


def parse_rules(raw: bytes) -> RuleSet:
    """Read a whole rules file; raises ``RulesFormatError``."""
    document = _document(raw)
    if document.raw.get("v") != FORMAT_VERSION or isinstance(document.raw["v"], bool):
        raise bad("v", f"la versión del formato debe ser {FORMAT_VERSION}")
    document.only({"v", "version", "regla"})
    version, rules = document.text("version"), document.raw.get("regla", [])
    if not _VERSION.fullmatch(version):
        raise bad("version", "son dos números con un punto")
    if not isinstance(rules, list) or not 1 <= len(rules) <= MAX_RULES:
        raise bad("regla", f"debe ser una lista de 1 a {MAX_RULES} reglas")
    parsed = tuple(_rule(rule, number) for number, rule in enumerate(rules, start=1))
    codes = [rule.codigo for rule in parsed]
    if codes != sorted(set(codes)):
        raise bad("regla", "los códigos van en orden y sin repetir")
    return RuleSet(version=version, reglas=parsed)


def _document(raw: bytes) -> Entry:
    if len(raw) > MAX_BYTES:
        raise bad("el archivo", "es más grande que 1 MiB")
    try:
        return Entry(tomllib.loads(raw.decode("utf-8")), "el archivo")
    except UnicodeDecodeError as error:
        raise bad("el archivo", "no está en UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise bad("el archivo", "no es TOML válido") from error


def _rule(value: object, number: int) -> Rule:
    code = value.get("codigo") if isinstance(value, dict) else None
    known = isinstance(code, str) and _CODE.fullmatch(code)
    entry = Entry(value, str(code) if known else f"regla {number}")
    if not known:
        raise bad(f"{entry.where}: codigo", "es VAL- y dos o tres cifras")
    name = entry.text("tipo")
    form = FORMS.get(name)
    if form is None:
        raise bad(f"{entry.where}: tipo", f"debe ser uno de: {', '.join(FORMS)}")
    kind = parse_kind(entry, name)
    extra = (set() if isinstance(kind, _NO_THRESHOLD) else _THRESHOLD) | (
        set() if isinstance(kind, _NO_CONDITION) else {"donde"}
    )
    entry.only(_COMMON | _OPTIONAL | form.keys | extra)
    return Rule(
        codigo=str(code),
        nombre=entry.sentence("nombre", max_chars=80),
        nivel=_level(entry),
        ambitos=_ambitos(entry),
        tabla=_table(entry, kind),
        kind=kind,
        texto=_text(entry, kind),
        porque=entry.sentence("porque"),
        haga=entry.sentence("haga"),
        conocido=entry.flag("conocido"),
        donde=_conditions(entry),
        umbral=Umbral(
            mas_de=entry.integer("mas_de", 0, 99, default=0),
            al_menos=entry.integer("al_menos", 1, 1_000_000, default=1),
        ),
    )


def _level(entry: Entry) -> Level:
    level = _LEVELS.get(entry.text("nivel"))
    if level is None:
        raise bad(f"{entry.where}: nivel", f"debe ser uno de: {', '.join(_LEVELS)}")
    return level


def _ambitos(entry: Entry) -> frozenset[Ambito]:
    known = {ambito.value: ambito for ambito in Ambito}
    names = entry.texts("ambitos", 1, len(known))
    if not known.keys() >= set(names):
        raise bad(f"{entry.where}: ambitos", f"solo se conocen: {', '.join(known)}")
    return frozenset(known[name] for name in names)


def _table(entry: Entry, kind: Kind) -> str:
    if isinstance(kind, _EVERY_TABLE) and entry.raw.get("tabla") == EVERY_TABLE:
        return EVERY_TABLE
    return entry.name("tabla")


def _text(entry: Entry, kind: Kind) -> str:
    """Give the sentence; it may show counts, and nothing else: no format may reach into a value."""
    text = entry.sentence("texto")
    allowed = _PLACEHOLDERS
    if isinstance(kind, FilasPerdidas):
        allowed = {"anterior", "actual", "porcentaje"}
    elif isinstance(kind, TablaVacia):
        allowed = {"total"}
    elif isinstance(kind, TablaFallida):
        allowed = set()
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise bad(f"{entry.where}: texto", "tiene una llave sin pareja") from error
    for _, field, form, conversion in parts:
        if field is not None and (field not in allowed or form or conversion):
            raise bad(
                f"{entry.where}: texto", f"entre llaves solo puede ir: {', '.join(sorted(allowed)) or 'nada'}"
            )
    return text


def _conditions(entry: Entry) -> tuple[Condicion, ...]:
    values = entry.raw.get("donde", [])
    if not isinstance(values, list) or len(values) > 5:
        raise bad(f"{entry.where}: donde", "debe ser una lista de hasta 5 condiciones")
    return tuple(_condition(Entry(value, f"{entry.where}: donde")) for value in values)


def _condition(entry: Entry) -> Condicion:
    if "en" in entry.raw:
        entry.only({"columna", "en"})
        return EnValores(entry.name("columna"), entry.texts("en", 1, 50))
    entry.only({"columna", "con_valor"})
    if not entry.flag("con_valor"):
        raise bad(entry.where, "una condición lleva «en» o «con_valor = true»")
    return ConValor(entry.name("columna"))
