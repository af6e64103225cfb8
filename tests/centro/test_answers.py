"""What an answer tells a unit of an error."""

import json

from sigasers.centro.http.answers import problem
from sigasers.errors.disk import DiskError, DiskFullError


def test_a_full_disk_is_the_centres_affair() -> None:
    """A unit learns that the centre is full and that its agent comes back; it is not told to free space."""
    answer = problem(DiskFullError("x: /srv/centro/a.part", ruta="/srv/centro/recepcion/a.part"))
    told = json.loads(bytes(answer.body))
    assert (answer.status_code, told["codigo"], told["reintentar"]) == (507, "CEN-050", "luego")
    assert answer.headers["retry-after"]
    assert b"/srv" not in bytes(answer.body)


def test_a_failing_disk_is_told_without_the_centres_paths() -> None:
    """Where the centre keeps its files is no unit's affair, and the agent comes back."""
    answer = problem(DiskError("x", ruta="/srv/centro/a.part", motivo="error de entrada o salida"))
    assert (answer.status_code, json.loads(bytes(answer.body))["reintentar"]) == (503, "luego")
    assert b"/srv" not in bytes(answer.body)
