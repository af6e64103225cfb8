"""The identity file: what a unit is handed to register with."""

import json
from collections.abc import Callable

import pytest

from sigasers.errors import TheirError
from sigasers.errors.formats import BadJsonError, FormatError, FormatTooNewError
from sigasers.formats.documents import IdentityFile
from sigasers.model import Identifier, Nemonico, UnidadEjecutora
from tests.made_centre import MadeCentre

CENTRE = MadeCentre()
IDENTITY = IdentityFile(
    unidad=UnidadEjecutora(nemonico=Nemonico(1288), nombre="MUNICIPALIDAD DE CAÑETE"),
    sistema="SIGA",
    registro_pendiente=Identifier("A" * 22),
    documento_raiz=CENTRE.root_document,
    huella=CENTRE.huella,
)


def changed(change: Callable[[dict[str, object]], object]) -> bytes:
    members = json.loads(IDENTITY.to_payload())
    change(members)
    return json.dumps(members).encode()


def test_is_read_as_written() -> None:
    """Names keep their letters; the file's name says whose it is."""
    assert IdentityFile.from_bytes(IDENTITY.to_payload()) == IDENTITY
    assert IDENTITY.file_name == "identidad-1288-SIGA.json"


def test_holds_no_code() -> None:
    """The one-time code travels by another channel."""
    assert set(json.loads(IDENTITY.to_payload())) == {
        "v",
        "unidad",
        "nombre",
        "sistema",
        "registro_pendiente",
        "documento_raiz",
        "huella",
    }


def test_unknown_members_are_ignored() -> None:
    """A newer centre may add some."""
    assert IdentityFile.from_bytes(changed(lambda found: found.update(otro=1))) == IDENTITY


@pytest.mark.parametrize("later", [{"v": 2}, {"crit": ["nuevo"]}])
def test_newer_one_asks_for_a_newer_program(later: dict[str, object]) -> None:
    """Not malformed: too new."""
    with pytest.raises(FormatTooNewError):
        IdentityFile.from_bytes(changed(lambda found: found.update(later)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"unidad": "01288"},
        {"unidad": 1288},
        {"nombre": ""},
        {"nombre": "con\x1bcontrol"},
        {"sistema": "siga"},
        {"registro_pendiente": "corto"},
        {"huella": "A" * 64},
        {"huella": "a" * 63},
        {"documento_raiz": None},
        {"v": None},
    ],
)
def test_wrong_member_is_refused(wrong: dict[str, object]) -> None:
    """Each by name in the log, one sentence to the operator."""
    with pytest.raises(FormatError):
        IdentityFile.from_bytes(changed(lambda found: found.update(wrong)))


@pytest.mark.parametrize("data", [b"", b"{", b'{"v":1,"v":1}', b"\xff", b" " * (3 << 20)])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """Cut, doubled, of another encoding, or too long."""
    with pytest.raises(BadJsonError):
        IdentityFile.from_bytes(data)


def test_what_is_no_object_is_refused() -> None:
    """A list is JSON too."""
    with pytest.raises(TheirError):
        IdentityFile.from_bytes(b"[]")
