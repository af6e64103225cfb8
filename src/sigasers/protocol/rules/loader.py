"""Reads the rules that the program ships with."""

from functools import cache
from importlib.resources import files

from sigasers.errors.rules import RulesDataError, RulesFormatError
from sigasers.protocol.rules.parse import parse_rules
from sigasers.protocol.rules.values import RuleSet

FILE_NAME = "reglas.toml"


@cache
def load_rules() -> RuleSet:
    """Give our rules; raises ``RulesDataError`` where the file is missing or broken: a defect of ours."""
    try:
        return parse_rules(files(__package__).joinpath(FILE_NAME).read_bytes())
    except RulesFormatError as error:
        raise RulesDataError("bad packaged rules", archivo=FILE_NAME, **error.fields) from error
    except OSError as error:
        raise RulesDataError(
            "packaged rules unreadable", archivo=FILE_NAME, donde="el archivo", motivo="no se puede leer"
        ) from error
