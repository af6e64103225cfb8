"""Strategies for schedules, and the naive oracle of the vectors' script."""

import runpy
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from sigasers.formats.cronograma import Adicional, Cronograma, Regla
from sigasers.model import TipoTransmision

MAKER = Path(__file__).parents[1] / "vectors/cronograma/make.py"
_SCRIPT = runpy.run_path(str(MAKER))
naive_turnos: Callable[[dict[str, Any], datetime, datetime], list[list[str]]] = _SCRIPT["turnos"]
make_vectors: Callable[[], dict[str, Any]] = _SCRIPT["vectors"]
KINDS = st.sampled_from(TipoTransmision)
HOURS = st.times().map(lambda at: time(at.hour, at.minute))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 20_000) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
# Days around which clocks change, months and years end, or a zone skips a whole day.
ODD_DAYS = {
    "America/Lima": (date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31), date(1994, 1, 1)),
    "America/Santiago": (date(2026, 4, 5), date(2026, 9, 6)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Pacific/Apia": (date(2011, 12, 30),),
    "Asia/Kathmandu": (date(2026, 1, 31),),
}


def _rules(hours: st.SearchStrategy[time]) -> st.SearchStrategy[Regla]:
    return st.builds(
        Regla,
        tipo=KINDS,
        horas=st.lists(hours, min_size=1, max_size=4, unique=True).map(tuple),
        dias_mes=st.none() | st.frozensets(st.integers(1, 31), min_size=1, max_size=8),
        dias_semana=st.none() | st.frozensets(st.integers(1, 7), min_size=1),
    )


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Cronograma, datetime, datetime]:
    """Give a schedule and a span of a few days around a day on which something is odd."""
    zone = draw(st.sampled_from(sorted(ODD_DAYS)))
    odd = draw(st.sampled_from(ODD_DAYS[zone]))
    near = st.integers(-2, 2).map(lambda n: odd + timedelta(days=n))
    hours = HOURS | st.sampled_from(
        [time(0), time(0, 30), time(1, 30), time(2, 30), time(3, 30), time(23, 30)]
    )
    spread = draw(st.integers(0, 120))
    cronograma = Cronograma(
        zona=ZoneInfo(zone),
        reglas=tuple(draw(st.lists(_rules(hours), min_size=1, max_size=4))),
        excluidas=draw(st.frozensets(near, max_size=2)),
        adicionales=tuple(
            draw(st.lists(st.builds(Adicional, tipo=KINDS, fecha=near, hora=hours), max_size=3))
        ),
        dispersion_min=spread,
        plazo_min=draw(st.integers(max(15, spread + 1), 10_080)),
        cierre=draw(st.none() | st.sampled_from([(3, 31), (2, 29), (1, 1)])),
        desde=draw(st.none() | near),
    )
    noon = datetime(odd.year, odd.month, odd.day, 12, tzinfo=UTC)
    after = noon - timedelta(minutes=draw(st.integers(0, 2880)))
    return cronograma, after, noon + timedelta(minutes=draw(st.integers(0, 2880)))


DOCUMENTS = schedules().map(lambda found: found[0])
