"""The result of a trial: what one account writes, another one reads, whatever stands in it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scripts.postgres import PostgresServer
from sigasers.siga.trial_result import Outcome, Trial, TrialStep, read
from tests.base.place import Installed, make_login

STEPS = st.builds(
    TrialStep,
    nombre=st.text(max_size=400),
    resultado=st.sampled_from(Outcome),
    texto=st.text(max_size=5000),
    codigo=st.none() | st.from_regex(r"\A[A-Z]{2,5}-[0-9]{3}\Z"),
)


@given(st.lists(STEPS, max_size=60), st.text(max_size=400))
def test_what_is_written_is_read_again(tmp_path_factory: object, steps: list[TrialStep], name: str) -> None:
    """Whatever an error's sentence holds: cut and printable, but never refused by the other side."""
    path = Path(tmp_path_factory.getbasetemp()) / "ensayo.json"  # type: ignore[attr-defined]
    path.write_bytes(Trial(cuenta=name, equipo=name, pasos=tuple(steps)).to_bytes())
    found = read(path)
    assert [(one.resultado, one.codigo) for one in found.pasos] == [
        (one.resultado, one.codigo) for one in steps[:50]
    ]
    assert all(one.texto.isprintable() for one in found.pasos)


def test_a_trial_is_good_where_nothing_failed_and_something_was_tried() -> None:
    """What there was nothing to try of costs nothing; a trial of nothing proves nothing."""
    skipped, failed = (
        TrialStep(nombre="x", resultado=outcome, texto="") for outcome in (Outcome.OMITIDO, Outcome.ERROR)
    )
    assert Trial(cuenta="a", equipo="b", pasos=(skipped,)).is_good
    assert not Trial(cuenta="a", equipo="b", pasos=(skipped, failed)).is_good
    assert not Trial(cuenta="a", equipo="b", pasos=()).is_good


def test_a_trial_with_a_database_in_a_server_is_read_by_the_task(
    postgres: PostgresServer, postgres_siga: str, tmp_path: Path
) -> None:
    """Its steps are more, and some have nothing to try; the password comes from the store, and is in no result."""
    make_login(
        postgres, postgres_siga, "lector_ensayo", "clave-de-ensayo-1", "SELECT ON ALL TABLES IN SCHEMA public"
    )
    unit = Installed(tmp_path / "inst")
    unit.configure(postgres, postgres_siga, "lector_ensayo")
    unit.child("base", "clave", "--desde-entrada", stdin="clave-de-ensayo-1\n")
    result = tmp_path / "ensayo.json"
    unit.child("transmitir", "--programado", "--ensayo", str(result))
    trial = read(result)
    outcomes = {step.nombre: step.resultado for step in trial.pasos}
    assert outcomes["Contraseña"] is Outcome.BIEN
    assert outcomes["Base de datos"] is Outcome.BIEN
    assert outcomes["Ruta de Transmisión"] is Outcome.ERROR  # there is none in this installation
    assert b"clave-de-ensayo-1" not in result.read_bytes()
