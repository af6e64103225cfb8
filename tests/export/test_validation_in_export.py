"""The rules within an export: what is observed, who is asked, and what a defect of ours costs (nothing)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sigasers.errors.disk import DiskError
from sigasers.errors.rules import ExportDeclinedError, RulesDataError
from sigasers.formats.package import Resultado
from sigasers.siga.export import validation as validation_module
from sigasers.siga.export.run import Order
from sigasers.siga.export.validation import Validation
from sigasers.siga.history import Estado, History
from tests.export.place import DIARIA, PERIODICA, Place, small_base

GRAVE = "UPDATE SIG_PEDIDOS SET NRO_PEDIDO = '2' WHERE NRO_PEDIDO = '000002'"


class Answering:
    """A reviewer that remembers what it was shown, and answers."""

    def __init__(self, *, answer: bool) -> None:
        self.answer = answer
        self.shown: list[tuple[Validation, bool]] = []

    def review(self, validation: Validation, *, may_refuse: bool) -> bool:
        self.shown.append((validation, may_refuse))
        return self.answer


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str], Place]:
    def make(statement: str) -> Place:
        place = Place(root=tmp_path / "inst", base=small_base(tmp_path / "base.db", statement)).make()
        place.fix_password()
        return place

    return make


def test_a_refused_export_leaves_nothing_and_says_so(altered: Callable[[str], Place]) -> None:
    """No file, no part, a name that is used up, and a next export that works."""
    place = altered(GRAVE)
    refuse = Answering(answer=False)
    with pytest.raises(ExportDeclinedError) as caught:
        place.run_with(refuse).export(DIARIA)
    assert caught.value.exit_code == 1
    assert caught.value.fields == {"anio": refuse.shown[0][0].subject.anio, "cantidad": 1}
    assert place.files() == []
    assert place.half_made() == []
    with History.open(place.siga) as history:
        assert [row.estado for row in history.packages()] == [Estado.FALLIDO]
    place.time.sleep(60)
    assert len(place.export()) == 1


def test_an_accepted_export_carries_its_findings(altered: Callable[[str], Place]) -> None:
    """In the manifest beside their table, and in the HTML log."""
    place = altered(GRAVE)
    accept = Answering(answer=True)
    (package,) = place.run_with(accept).export(DIARIA)
    assert accept.shown[0][1] is True
    assert place.verified(package).resultado is Resultado.CONFORME
    (note,) = next(t for t in package.manifest.tablas if t.nombre == "SIG_PEDIDOS").observaciones[-1:]
    assert (note.codigo, note.columna, note.cantidad) == ("VAL-04", "NRO_PEDIDO", 1)
    (whole,) = package.manifest.observaciones
    assert (whole.codigo, whole.cantidad) == ("validacion_con_hallazgos", 1)
    page = package.html.read_text(encoding="utf-8")
    assert note.texto in page
    assert whole.texto in page


def test_an_unattended_export_is_never_refused(altered: Callable[[str], Place]) -> None:
    """It is shown what there is, and goes on whatever is answered."""
    place = altered(GRAVE)
    refuse = Answering(answer=False)
    (package,) = place.run_with(refuse).export(Order(tipo=DIARIA.tipo, modo="programada"))
    assert [may_refuse for _, may_refuse in refuse.shown] == [False]
    codes = {note.codigo for table in package.manifest.tablas for note in table.observaciones}
    assert "VAL-04" in codes


def test_observations_alone_are_shown_and_not_asked_about(altered: Callable[[str], Place]) -> None:
    """Nobody is taught to answer yes without reading."""
    place = altered("UPDATE SIG_PEDIDOS SET TIPO_PEDIDO = 9")
    refuse = Answering(answer=False)
    assert len(place.run_with(refuse).export(DIARIA)) == 1
    ((shown, may_refuse),) = refuse.shown
    assert may_refuse is False
    assert shown.report is not None
    assert [finding.codigo for finding in shown.report.findings] == ["VAL-11"]


def test_refusing_the_second_year_keeps_the_first(altered: Callable[[str], Place]) -> None:
    """Each year is a package of its own; what is finished is whole and stays."""
    place = altered("UPDATE meta SET nombre = nombre")
    with pytest.raises(ExportDeclinedError):
        place.run_with(_RefusingSecond()).export(PERIODICA)
    assert len(place.files()) == 2


class _RefusingSecond(Answering):
    """Makes the second year grave, and refuses it."""

    def __init__(self) -> None:
        super().__init__(answer=False)

    def review(self, validation: Validation, *, may_refuse: bool) -> bool:
        super().review(validation, may_refuse=may_refuse)
        if len(self.shown) == 2:
            raise ExportDeclinedError("refused", anio=validation.subject.anio, cantidad=1)
        return True


def test_broken_rules_cost_no_export(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is made, and says of itself that it was not validated."""

    def broken() -> None:
        raise RulesDataError("broken", archivo="x", donde="y", motivo="z")

    monkeypatch.setattr(validation_module, "load_rules", broken)
    shown = Answering(answer=False)
    (package,) = place.run_with(shown).export(DIARIA)
    assert [note.codigo for note in package.manifest.observaciones] == ["validacion_no_hecha"]
    assert shown.shown[0][0].report is None
    assert [type(error) for error in shown.shown[0][0].defects] == [RulesDataError]


def test_a_broken_rule_is_named_in_the_package(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule's defect is an observation of the whole package."""
    monkeypatch.setattr("sigasers.protocol.rules.row_checks._text_masks", lambda *_: 1 / 0)
    (package,) = place.export()
    assert {note.codigo for note in package.manifest.observaciones} == {"regla_no_aplicada"}
    assert any("VAL-04" in note.texto for note in package.manifest.observaciones)


def test_a_disk_that_fails_while_validating_ends_the_export_cleanly(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the disk's error, and no part stays."""

    def failing(*_: object) -> None:
        raise DiskError("gone", ruta="x", motivo="y")

    monkeypatch.setattr(validation_module, "apply_rules", failing)
    with pytest.raises(DiskError):
        place.export()
    assert place.half_made() == []
