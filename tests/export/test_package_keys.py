"""Who can open a package: centre and unit by the verified profile, nobody by a profile that does not hold."""

import json
from datetime import timedelta

import pytest

from sigasers.errors.siga import (
    BadProfileError,
    FixedPasswordFileError,
    FixedPasswordRefusedError,
    NoProfileError,
    ProfileRollbackError,
    RootChangedError,
)
from sigasers.formats.archive_comment import Role
from sigasers.model import Nemonico
from tests.export.place import PASSWORD, Place
from tests.made_centre import AT, MadeCentre


def test_centre_and_unit_can_open_it_and_each_package_has_its_own_password(bare: Place) -> None:
    """One ``.rar`` holds all that its two rightful readers need, also under another name."""
    bare.write_profile(MadeCentre())
    (first,), (second,) = bare.export(), bare.export()
    assert bare.opened(first, Role.CENTRO, bare.centre_key) == first.manifest
    assert bare.opened(first, Role.UNIDAD, bare.unit_key) == first.manifest
    moved = first.rar.rename(bare.root / "otro nombre.rar")
    assert moved.read_bytes()[:8] == second.rar.read_bytes()[:8]
    assert bare.opened(second, Role.UNIDAD, bare.unit_key) == second.manifest


def test_the_root_is_pinned_at_first_use_and_shown(bare: Place) -> None:
    """The huella is told once, in groups of four, to be compared by telephone."""
    centre = MadeCentre()
    bare.write_profile(centre)
    bare.export()
    (note,) = bare.told.notes
    assert centre.huella in note.replace(" ", "")
    assert (bare.siga / "huella-raiz.txt").read_text(encoding="ascii").strip() == centre.huella
    bare.told.notes.clear()
    bare.export()
    assert not [text for text in bare.told.notes if "huella" in text]


def test_another_centre_is_refused(bare: Place) -> None:
    """A second, self-made centre cannot take over a unit that has confirmed the first."""
    bare.write_profile(MadeCentre())
    bare.export()
    before = bare.files()
    bare.write_profile(MadeCentre())
    with pytest.raises(RootChangedError):
        bare.export()
    assert bare.files() == before


def test_a_profile_never_goes_back(bare: Place) -> None:
    """An older (época, n) is a restored copy; the same one again is none."""
    centre = MadeCentre()
    bare.write_profile(centre, n=7)
    bare.export()
    bare.write_profile(centre, n=6)
    with pytest.raises(ProfileRollbackError):
        bare.export()
    bare.write_profile(centre, epoca=2, n=1)
    bare.export()


def test_past_its_date_a_profile_still_serves_with_an_observation(bare: Place) -> None:
    """No unit stops sending because its centre was away."""
    bare.write_profile(MadeCentre(), vence=AT.plus(timedelta(seconds=1)))
    (package,) = bare.export()
    assert [note.codigo for note in package.manifest.observaciones] == ["perfil_vencido"]


@pytest.mark.parametrize(
    "changes",
    [
        {"unidad": Nemonico(1287)},
        {"sistema": "SIAF"},
        {"aud": "c-" + "0" * 32},
        {"formatos": {"paquete": (2, 3), "manifiesto": (1, 1), "sobre": (1, 1)}},
        {"emitido": AT.plus(timedelta(days=-1))},
    ],
    ids=["another unit", "another system", "another centre", "newer formats alone", "signed before its key"],
)
def test_a_profile_that_is_not_ours_is_refused(bare: Place, changes: dict[str, object]) -> None:
    """Well signed is not enough."""
    bare.write_profile(MadeCentre(), **changes)
    with pytest.raises(BadProfileError):
        bare.export()
    assert bare.files() == []


@pytest.mark.parametrize("what", ["firmado", "documento_raiz", "sellado", "low order", "json", "empty"])
def test_a_damaged_profile_is_refused(bare: Place, what: str) -> None:
    """A flipped sign in either signature, a key that is none, no JSON: each the same error, nothing exported."""
    bare.write_profile(MadeCentre())
    document = json.loads(bare.profile_path.read_text(encoding="utf-8"))
    if what == "firmado":
        document["firmado"] = document["firmado"][:-8] + "AAAAAAAA"
    elif what == "documento_raiz":
        document["local"]["documento_raiz"] = document["local"]["documento_raiz"][:-8] + "AAAAAAAA"
    elif what == "sellado":
        document["local"]["sellado"]["publica"] = "AAAA"
    elif what == "low order":
        document["local"]["sellado"]["publica"] = "A" * 43
    text = {"json": "{", "empty": ""}.get(what, json.dumps(document))
    bare.profile_path.write_text(text, encoding="utf-8")
    with pytest.raises(BadProfileError):
        bare.export()
    assert bare.files() == []
    assert not (bare.siga / "huella-raiz.txt").exists()


def test_without_profile_and_password_the_export_says_what_to_do(bare: Place) -> None:
    """Before registration."""
    with pytest.raises(NoProfileError):
        bare.export()
    assert bare.files() == []


def test_a_fixed_password_is_refused_beside_a_profile(place: Place) -> None:
    """Where the centre is ours, packages are sealed."""
    place.write_profile(MadeCentre())
    with pytest.raises(FixedPasswordRefusedError):
        place.export()


@pytest.mark.parametrize(
    ("text", "mode"), [(PASSWORD, 0o644), ("corta", 0o600), ("", 0o600), ("x" * 128, 0o600)]
)
def test_a_fixed_password_must_be_secret_and_long(bare: Place, text: str, mode: int) -> None:
    """A file that others may read, or a password that is guessed, is no key."""
    path = bare.siga / "clave-fija.txt"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(FixedPasswordFileError):
        bare.export()
