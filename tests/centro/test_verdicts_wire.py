"""Packages sent to a running centre: opened in its child with the password that the keys process unseals."""

import json
from dataclasses import replace

import psutil
import pytest

from sigasers.formats.archive_comment import Role, label_bytes
from sigasers.formats.documents import Constancia, Resultado
from sigasers.keys.kinds import load_spki
from sigasers.keys.receipts import verify_constancia, verify_perfil
from sigasers.keys.sealing import Recipient, seal_password
from sigasers.model import Nemonico
from tests.centro.running_centre import MadeUnit
from tests.centro.test_sobres_wire import constancia_of
from tests.package import packages


def sealed_comment(unit: MadeUnit, unidad: int = 1288) -> bytes:
    """Give a comment whose password is sealed to the running centre by its profile."""
    profile = verify_perfil(unit.ask("GET", "/v1/perfil").text, unit.trust)
    public = load_spki(profile.sellado[0].publica, "X25519")
    label = replace(packages.label_of(packages.manifest_of()), unidad=Nemonico(unidad))
    recipient = Recipient(role=Role.CENTRO, public_key=public)  # type: ignore[arg-type]
    return seal_password(packages.PASSWORD, label_bytes(label), [recipient])


def judged(unit: MadeUnit, archive: bytes) -> Constancia:
    """Send a package with its log and give the verified constancia."""
    files = {f"{packages.STEM}.rar": archive, f"{packages.STEM}.html": archive[:50]}
    token = unit.signed(files)
    acuse = unit.deliver(token, files)
    return verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse)


def test_true_package_is_conforme(unit: MadeUnit) -> None:
    """Sealed by the profile, opened at the centre, all of it checked: nothing to say."""
    constancia = judged(unit, packages.bent_package(comment=sealed_comment(unit)))
    assert (constancia.resultado, constancia.razones) == (Resultado.CONFORME, ())


def test_altered_count_is_rechazado_with_its_table(unit: MadeUnit) -> None:
    """What does not add up is refused, and the reason names file and table."""
    comment = sealed_comment(unit)
    bent = packages.bent_package(lambda entry: replace(entry, filas=entry.filas + 1), comment=comment)
    constancia = judged(unit, bent)
    assert constancia.resultado is Resultado.RECHAZADO
    assert {(reason.archivo, reason.tabla) for reason in constancia.razones} == {
        (f"{packages.STEM}.rar", "ORDEN")
    }


def test_package_labelled_for_another_unit_stays_shut(unit: MadeUnit) -> None:
    """The keys process gives no password for it, and the unit is told why."""
    constancia = judged(unit, packages.bent_package(comment=sealed_comment(unit, 1287)))
    assert constancia.resultado is Resultado.RECHAZADO
    assert len(constancia.razones) == 1


def test_package_without_a_seal_for_this_centre_is_rechazado(unit: MadeUnit) -> None:
    """A package that nobody here can open is the unit's affair."""
    assert judged(unit, packages.true_package()).resultado is Resultado.RECHAZADO


def test_lone_rar_is_observado(unit: MadeUnit) -> None:
    """Without its HTML it is opened all the same, and the lack is said."""
    archive = packages.bent_package(comment=sealed_comment(unit))
    files = {f"{packages.STEM}.rar": archive}
    token = unit.signed(files, marcas=("rar_sin_html",))
    acuse = unit.deliver(token, files)
    constancia = verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse)
    assert constancia.resultado is Resultado.OBSERVADO
    assert [reason.codigo for reason in constancia.razones] == ["CEN-082"]


def test_sixteen_hostile_packages_of_one_sobre_get_one_bounded_verdict(unit: MadeUnit) -> None:
    """A sobre full of findings neither outgrows its constancia nor stops the centre."""
    files = {f"{n}.rar": bytes([n]) * 400 for n in range(16)}
    token = unit.signed(files)
    acuse = unit.deliver(token, files)
    constancia = verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse)
    assert constancia.resultado is Resultado.RECHAZADO
    assert {reason.archivo for reason in constancia.razones} == set(files)
    assert unit.centre.is_alive


@pytest.mark.timeout(120)
def test_verifier_that_dies_twice_ends_in_revision(own_unit: MadeUnit) -> None:
    """Killed children are a trouble of this machine: two tries, then a person looks; never *rechazado*."""
    process = own_unit.centre.process
    assert process is not None
    archive = packages.bent_package(comment=sealed_comment(own_unit))
    files = {"a.rar": archive, "a.html": b"<p>"}
    token = own_unit.signed(files)
    acuse = own_unit.deliver(token, files)
    engine, killed = psutil.Process(process.pid), 0
    while killed < 2:
        for child in engine.children():
            try:
                if "sigasers.centro.verificacion.child" in child.cmdline():
                    child.kill()
                    child.wait()
                    killed += 1
            except psutil.Error:
                continue
    constancia = verify_constancia(constancia_of(own_unit, token), own_unit.trust, acuse=acuse)
    assert constancia.resultado is Resultado.EN_REVISION
    assert [reason.codigo for reason in constancia.razones] == ["CEN-084"]
    told = json.loads(own_unit.centre.command("envios", "listar", "--json").stdout)
    assert told[0]["resultado"] == "en_revision"
