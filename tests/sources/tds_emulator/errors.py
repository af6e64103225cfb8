"""What the emulated server answers when it cannot: SQL Server's own numbers."""


class SqlError(Exception):
    """An error with its native number; ``fatal`` ones end the connection."""

    def __init__(self, number: int, text: str, *, severity: int = 16, fatal: bool = False) -> None:
        super().__init__(f"{number}: {text}")
        self.number, self.text, self.severity, self.fatal = number, text, severity, fatal


def not_recognized(name: str) -> SqlError:
    """A function that this server, at its level, does not have."""
    return SqlError(195, f"'{name}' is not a recognized built-in function name.", severity=15)


def syntax(near: str) -> SqlError:
    """What this server, at its level, cannot parse."""
    return SqlError(102, f"Incorrect syntax near '{near}'.", severity=15)


class CancelledError(Exception):
    """The client sent an attention while its statement ran."""


class CutError(Exception):
    """The connection is to be cut here, without a word."""
