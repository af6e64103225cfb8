"""The page of the validation rules, made from their data: ``docs/guia/reglas.md``."""

from collections.abc import Iterator

from sigasers.formats.package import Level
from sigasers.model import Ambito
from sigasers.protocol.rules import EVERY_TABLE, Rule, RuleSet

_HEAD = """\
# Reglas de validación

Página generada de los datos del programa con `python3 run.py docs`. Cómo y cuándo se aplican: [Validar](validar.md).
"""
_LEVELS = {Level.OBSERVACION: "observación", Level.RECHAZO: "**rechazo**"}
_GROUPS = (
    ("VAL-0", "Pedidos"),
    ("VAL-1", "Pedidos"),
    ("VAL-2", "Órdenes"),
    ("VAL-3", "Órdenes"),
    ("VAL-4", "Almacén"),
    ("VAL-5", "Programación y maestros del año"),
    ("VAL-6", "Patrimonio"),
    ("VAL-7", "El paquete mismo"),
)


def render(rules: RuleSet) -> str:
    """Give the page: a table of all rules, then what to do about each."""
    return "\n".join(_lines(rules)) + "\n"


def _lines(rules: RuleSet) -> Iterator[str]:
    grave = sum(rule.nivel is Level.RECHAZO for rule in rules.reglas)
    yield _HEAD
    yield f"Versión {rules.version}: {len(rules.reglas)} reglas, {grave} de nivel rechazo."
    yield ""
    yield "| regla | qué busca | nivel | se señala desde | años |"
    yield "|---|---|---|---|---|"
    yield from (_row(rule) for rule in rules.reglas)
    title = ""
    for rule in rules.reglas:
        if (group := _group(rule)) != title:
            title = group
            yield from ("", f"## {title}")
        yield from _entry(rule)


def _group(rule: Rule) -> str:
    return next(title for prefix, title in _GROUPS if rule.codigo.startswith(prefix))


def _row(rule: Rule) -> str:
    both = Ambito.PROGRAMACION in rule.ambitos
    cells = (
        f"[{rule.codigo}](#{rule.codigo.lower()})",
        rule.nombre,
        _LEVELS[rule.nivel],
        _threshold(rule),
        "sistema y programación" if both else "sistema",
    )
    return f"| {' | '.join(cells)} |"


def _threshold(rule: Rule) -> str:
    if rule.umbral.mas_de:
        return f"más de {rule.umbral.mas_de} %"
    if rule.umbral.al_menos > 1:
        return f"{rule.umbral.al_menos} filas"
    return "el primer caso"


def _entry(rule: Rule) -> Iterator[str]:
    text = rule.texto.replace("{", "[").replace("}", "]")
    table = "todas" if rule.tabla == EVERY_TABLE else f"`{rule.tabla}`"
    yield from ("", f"### {rule.codigo}", "", f"**{rule.nombre}** ({_LEVELS[rule.nivel].strip('*')})", "")
    yield f"- Tabla: {table}"
    yield f"- Lo que se muestra: {text}"
    yield f"- Por qué importa: {rule.porque}"
    yield f"- Qué hacer: {rule.haga}"
    if rule.conocido:
        yield "- Es un defecto visto en bases reales o en la exportación del propio SIGA."
