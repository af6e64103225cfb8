"""Which machine, which volume."""

from pathlib import Path

import pytest

from sigasers.host import machine, volumes

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
servidor:/datos /mnt/red nfs4 rw 0 0
//servidor/mef /mnt/con\\040blanco cifs rw 0 0
/dev/sdb1 /mnt/red/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/sigasers", "ext4"),
        ("/mnt/red/sers", "nfs4"),
        ("/mnt/redes", "ext4"),
        ("/mnt/con blanco/sers", "cifs"),
        ("/mnt/red/local/sers", "ext4"),
    ],
)
def test_the_innermost_mount_counts(folder: str, kind: str) -> None:
    """A folder is on the volume that is mounted nearest above it."""
    assert volumes.file_system_of(Path(folder), MOUNTS) == kind


def test_a_share_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the machine's own table; without one a folder counts as local."""
    table = tmp_path / "mounts"
    monkeypatch.setattr(volumes, "_MOUNTS", table)
    assert not volumes.is_network_share(Path("/mnt/red/sers"))
    table.write_text(MOUNTS, encoding="utf-8")
    assert volumes.is_network_share(Path("/mnt/red/sers"))
    assert not volumes.is_network_share(tmp_path)


def test_the_machine_has_an_id_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's id, never shown as it is; else the host's name."""
    known = tmp_path / "machine-id"
    known.write_text("abc\n", encoding="ascii")
    monkeypatch.setattr(machine, "_LINUX_IDS", (tmp_path / "none", known))
    first = machine.machine_id()
    assert first == machine.machine_id()
    assert "abc" not in first
    known.write_text("\n", encoding="ascii")
    assert machine.machine_id() != first
