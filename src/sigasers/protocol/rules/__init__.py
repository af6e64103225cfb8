"""Rules over the tables of a package, as data (``docs/spec/rules.md``): before sending at the unit, and at the centre.

The rules are in ``reglas.toml``. This package reads no file of a package and knows no database: tables come
through ``Tables``, what is known of the package through ``RuleContext``.
"""

from sigasers.protocol.rules.engine import apply_rules
from sigasers.protocol.rules.loader import load_rules
from sigasers.protocol.rules.parse import parse_rules
from sigasers.protocol.rules.values import (
    EVERY_TABLE,
    Rule,
    RuleContext,
    RuleFinding,
    RuleSet,
    RulesReport,
    Tables,
)

__all__ = [
    "EVERY_TABLE",
    "Rule",
    "RuleContext",
    "RuleFinding",
    "RuleSet",
    "RulesReport",
    "Tables",
    "apply_rules",
    "load_rules",
    "parse_rules",
]
