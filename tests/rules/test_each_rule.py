"""Every rule that ships: a package that passes, and one that fails with exactly its code. All are real packages."""

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.formats.manifest import MEMBER_NAME, Manifest
from sigasers.formats.manifest_json import manifest_bytes
from sigasers.formats.package import Level, PackageReader
from sigasers.formats.rar5 import ArchiveKeys, EncryptedMember, MemberEncryptor, assemble
from sigasers.model import Ambito, Ejercicio, Nemonico, UnidadEjecutora
from sigasers.protocol.rules import RulesReport, load_rules
from sigasers.siga.export.rehearsal import known_history
from sigasers.siga.export.validation import SilentReviewer, Validator
from sigasers.siga.export.year import Package
from sigasers.siga.package_validation import validate_package
from tests.export.place import DIARIA, PASSWORD, PERIODICA, Place
from tests.rules.alterations import ALTERATIONS, BENT_PACKAGES, SECOND_PACKAGES
from tests.rules.conftest import installation
from tests.rules.lean_base import alter

Lean = Callable[..., Place]
LEVELS = {rule.codigo: rule.nivel for rule in load_rules().reglas}


def judged(place: Place, rar: Path) -> RulesReport:
    """Give what the rules find in a finished RAR, after it is found whole."""
    with rar.open("rb") as file, known_history(place.siga) as history:
        validator = Validator(
            history=history, zone=place.configuration.zona_horaria, reviewer=SilentReviewer()
        )
        found = validate_package(file, PASSWORD, validator)
    assert not found.report.findings
    assert found.validation is not None
    assert found.validation.report is not None
    assert found.validation.report.defectos == ()
    return found.validation.report


def codes(report: RulesReport) -> list[str]:
    return [finding.codigo for finding in report.findings]


def test_the_demonstration_base_passes_every_rule(tmp_path: Path, base_chica: Path) -> None:
    """Both years, every table; all rules apply but those that need an earlier package."""
    place = installation(tmp_path / "inst", base_chica)
    for package in place.export(PERIODICA):
        report = judged(place, package.rar)
        assert report.findings == ()
        assert set(report.omitidas) == set(SECOND_PACKAGES)
        assert not [note for table in package.manifest.tablas for note in table.observaciones]


def test_the_reduced_base_passes_too(lean: Lean) -> None:
    """What follows alters this base: unaltered it has nothing to find."""
    place = lean()
    (package,) = place.export(DIARIA)
    report = judged(place, package.rar)
    assert report.findings == ()
    assert set(report.omitidas) == set(SECOND_PACKAGES)


@pytest.mark.parametrize("code", sorted(ALTERATIONS))
def test_a_package_of_an_altered_base_fails_with_exactly_that_rule(lean: Lean, code: str) -> None:
    """The finding stands in the report of the RAR and, as an observation, in the manifest that travels."""
    place = lean(*ALTERATIONS[code])
    (package,) = place.export(DIARIA)
    report = judged(place, package.rar)
    assert codes(report) == [code]
    (finding,) = report.findings
    assert finding.nivel is LEVELS[code]
    assert finding.cantidad > 0 or code in {"VAL-50", "VAL-74"}
    table = next(each for each in package.manifest.tablas if each.nombre.lower() == finding.tabla.lower())
    assert finding.observacion in table.observaciones
    assert finding.texto in package.html.read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "statement"), sorted(SECOND_PACKAGES.items()))
def test_a_table_that_lost_its_rows_is_found_by_the_second_package(
    lean: Lean, code: str, statement: str
) -> None:
    """The first package has nothing before it; the same data again passes; then the loss is seen."""
    place = lean()
    for _ in range(2):
        (package,) = place.export(DIARIA)
        assert codes(judged(place, package.rar)) == []
        place.time.sleep(60)
    alter(place.configuration.base or Path(), statement)
    (package,) = place.export(DIARIA)
    (finding,) = judged(place, package.rar).findings
    assert (finding.codigo, finding.tabla, finding.total) == (code, "SIG_PATRIMONIO", 800)


@pytest.mark.parametrize(
    ("code", "bend"),
    [
        (
            "VAL-70",
            lambda manifest: replace(
                manifest, unidad=UnidadEjecutora(nemonico=Nemonico(1287), nombre="OTRA")
            ),
        ),
        ("VAL-71", lambda manifest: replace(manifest, anio=Ejercicio(2020))),
    ],
)
def test_rows_of_another_unit_or_year_are_found_in_a_package_made_by_others(
    lean: Lean, tmp_path: Path, code: str, bend: Callable[[Manifest], Manifest]
) -> None:
    """Our exporter chooses its rows; another program may not."""
    place = lean()
    (package,) = place.export(DIARIA)
    target = tmp_path / "ajeno.rar"
    target.write_bytes(repacked(package, bend))
    report = judged(place, target)
    assert code in codes(report)
    assert Level.RECHAZO in {finding.nivel for finding in report.findings}


def test_every_rule_has_a_package_that_fails() -> None:
    """A rule that nobody has seen fail may never fail."""
    assert set(LEVELS) == {*ALTERATIONS, *BENT_PACKAGES, *SECOND_PACKAGES}


def test_programming_year_is_judged_by_its_own_rules(lean: Lean) -> None:
    """The rules of the programming year see its tables; the rules of execution are not counted as left out."""
    place = lean("UPDATE meta SET act_proy = '39' WHERE ano_eje = 2022 AND sec_func = 1")
    system, programming = place.export(PERIODICA)
    assert codes(judged(place, system.rar)) == []
    report = judged(place, programming.rar)
    assert codes(report) == ["VAL-57"]
    mine = [rule for rule in load_rules().reglas if Ambito.PROGRAMACION in rule.ambitos]
    assert report.aplicadas + len(report.omitidas) == len(mine)


def repacked(package: Package, bend: Callable[[Manifest], Manifest]) -> bytes:
    """Give the package with another manifest, as a program that is not ours could make it."""
    keys = ArchiveKeys.derive(PASSWORD, os.urandom(16))
    out = io.BytesIO()
    with package.rar.open("rb") as file:
        reader = PackageReader.open(file, PASSWORD)
        manifest = bend(reader.manifest)
        contents = {name: reader.read_member(name) for name in reader.names}
        contents[MEMBER_NAME] = manifest_bytes(manifest)
        assemble(keys, members(keys, contents, manifest), b"", out)
    return out.getvalue()


def members(
    keys: ArchiveKeys, contents: dict[str, bytes], manifest: Manifest
) -> Iterator[tuple[EncryptedMember, list[bytes]]]:
    for name, data in contents.items():
        sink = io.BytesIO()
        with MemberEncryptor(keys, name, sink, mtime=manifest.instantanea) as encryptor:
            encryptor.write(data)
        yield encryptor.member, [sink.getvalue()]
