"""The root of the error tree and its three branches. Imports nothing of ours."""

from enum import Enum
from typing import ClassVar


class Fault(Enum):
    """Whose fault an error is; the branch of the tree."""

    OURS = "ours"
    THEIRS = "theirs"
    ENVIRONMENT = "environment"


class Retry(Enum):
    """Whether doing the same again can help."""

    NEVER = "never"
    LATER = "later"
    AFTER_ACTION = "after someone acts"


class SigasersError(Exception):
    """Root of all errors raised on purpose.

    ``code`` is stable and printed (``SIGA-012``); ``detail`` is for logs: lower case English, no secret.
    ``fields`` are the named values of the operator's sentence in ``mensajes``; no cell of a table and no
    secret may be among them.
    """

    code: ClassVar[str]
    fault: ClassVar[Fault]
    retry: ClassVar[Retry] = Retry.NEVER
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, detail: str = "", /, **fields: object) -> None:
        self.detail = detail
        self.fields = fields
        super().__init__(detail)

    def __str__(self) -> str:
        """Give code, detail and fields on one line, for logs."""
        pairs = " ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return " ".join(part for part in (self.code, self.detail, pairs) if part)


class OwnError(SigasersError):
    """A defect of this program."""

    code = "SS-001"
    fault = Fault.OURS
    exit_code = 70


class TheirError(SigasersError):
    """What came from outside is wrong: a file, a request, an answer."""

    code = "SS-002"
    fault = Fault.THEIRS
    exit_code = 65
    http_status = 400


class EnvironmentError_(SigasersError):  # noqa: N818 - the underscore keeps the builtin EnvironmentError readable
    """Disk, network, clock, rights or configuration stand in the way."""

    code = "SS-003"
    fault = Fault.ENVIRONMENT
    retry = Retry.AFTER_ACTION
    exit_code = 74
    http_status = 503
