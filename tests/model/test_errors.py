"""The error tree: fault, retry and exit code come from the branch; fields reach the operator's sentence."""

import errno
import sqlite3

import pytest

from sigasers import mensajes
from sigasers.errors import EnvironmentError_, Fault, OwnError, Retry, SigasersError, TheirError
from sigasers.errors.disk import DiskFullError, NameTakenError
from sigasers.mensajes.motivos import motivo


@pytest.mark.parametrize(
    ("kind", "fault", "exit_code", "http_status"),
    [
        (OwnError, Fault.OURS, 70, 500),
        (TheirError, Fault.THEIRS, 65, 400),
        (EnvironmentError_, Fault.ENVIRONMENT, 74, 503),
    ],
)
def test_each_branch_has_its_exit_code(
    kind: type[SigasersError], fault: Fault, exit_code: int, http_status: int
) -> None:
    """Whose fault it is decides what a script and a client see."""
    assert (kind.fault, kind.exit_code, kind.http_status) == (fault, exit_code, http_status)


def test_an_error_in_a_log_is_one_line_with_code_detail_and_fields() -> None:
    """Lower case English, for whoever reads logs."""
    assert str(DiskFullError("no space", ruta="/a")) == "SS-011 no space ruta='/a'"
    assert str(OwnError()) == "SS-001"


def test_a_taken_name_is_not_tried_again() -> None:
    """The rest of the disk's troubles go away when someone acts."""
    assert NameTakenError.retry is Retry.NEVER
    assert DiskFullError.retry is Retry.AFTER_ACTION


def test_fields_fill_the_sentence() -> None:
    """A field that lacks shows as a question mark, never as a traceback."""
    assert mensajes.sentence("SS-011", {"ruta": "/a"}).que == "No hay espacio para guardar «/a»."
    assert mensajes.sentence("SS-011", {}).que == "No hay espacio para guardar «¿?»."


def test_an_unknown_code_gets_the_general_sentence() -> None:
    """A newer peer's code is told as a defect, with the code itself shown beside it."""
    assert mensajes.sentence("XX-999", {}) == mensajes.sentence("SS-001", {})


@pytest.mark.parametrize(
    ("error", "spanish"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no queda espacio en el disco"),
        (OSError(errno.ECONNREFUSED, "Connection refused"), "conexión rechazada"),
        (OSError("no number"), "error OSError del sistema"),
        (OSError(99999, "odd"), "error 99999 del sistema"),
        (sqlite3.OperationalError("odd"), "error OperationalError de la base de datos"),
    ],
)
def test_the_systems_reasons_are_told_in_spanish(error: OSError | sqlite3.Error, spanish: str) -> None:
    """By number: Python's own texts are English on every machine."""
    assert motivo(error) == spanish


def test_sqlites_reasons_are_told_in_spanish() -> None:
    """An extended code falls back to its primary one."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    assert motivo(error) == "error de lectura o escritura del disco"
