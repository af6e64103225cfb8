"""What an answer tells a unit of an error."""

from sigasers.centro.http.answers import problem
from sigasers.errors.disk import DiskFullError


def test_a_full_disk_is_told_without_the_centres_paths() -> None:
    """A unit learns that the disk is full and that it may come back, not where the centre keeps its files."""
    answer = problem(DiskFullError("x: /srv/centro/a.part", ruta="/srv/centro/recepcion/a.part"))
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert b"SS-011" in answer.body
    assert b"/srv" not in bytes(answer.body)
