"""The root key: made once, under a passphrase if one is given, and read by nothing that runs."""

import pytest

from sigasers.errors.keys import BadKeyFileError
from sigasers.keys.kinds import huella_of
from sigasers.keys.storage import load_key
from tests.centro import running_centre
from tests.centro.running_centre import RunningCentre

PASSPHRASE = "sólo para esta prueba"


def test_root_key_is_kept_under_the_given_passphrase(
    own_centre: RunningCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable's passphrase, and no other, opens the file; it is printed nowhere."""
    usual = running_centre._environment
    monkeypatch.setattr(
        running_centre, "_environment", lambda fault: usual(fault) | {"SIGASERS_CLAVE_RAIZ": PASSPHRASE}
    )
    own_centre.start()
    path = own_centre.root / "centro-raiz" / "raiz.pem"
    assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    _, identity = own_centre.new_code()
    assert huella_of(load_key(path, passphrase=PASSPHRASE).public_key()) == identity.huella
    for wrong in (None, "otra"):
        with pytest.raises(BadKeyFileError):
            load_key(path, passphrase=wrong)
    assert PASSPHRASE not in "".join(own_centre.output)


def test_centre_runs_without_its_root_key(own_centre: RunningCentre) -> None:
    """It may be taken offline at once: the next start neither asks for it nor makes another."""
    own_centre.start()
    assert "sin clave" in "".join(own_centre.output)
    unit = own_centre.unit()
    assert own_centre.stop() == 0
    path = own_centre.root / "centro-raiz" / "raiz.pem"
    path.unlink()
    own_centre.start(free_ports=False)
    assert unit.session().status == 200
    assert not path.exists()
