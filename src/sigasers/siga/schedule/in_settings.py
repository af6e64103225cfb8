"""The schedule in ``siga.toml``, section ``[cronograma]``: for a unit whose centre and database give none.

::

    [cronograma]
    periodica = ["16:30"]
    dias_periodica = [5, 20]
    diaria = ["12:30", "16:30"]
    dias_diaria = ["lun", "mar", "mie", "jue", "vie"]
    dispersion_min = 10
"""

from collections.abc import Mapping
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from sigasers.errors.cronograma import BadScheduleError
from sigasers.errors.siga import ScheduleSourceError
from sigasers.formats.cronograma import Cronograma, Regla
from sigasers.model import TipoTransmision

ORIGIN = "siga.toml"
_WEEK = ("lun", "mar", "mie", "jue", "vie", "sab", "dom")
_FOLDED = str.maketrans("áéí", "aei")
_KEYS = {"periodica", "dias_periodica", "diaria", "dias_diaria", "dispersion_min", "plazo_min"}
_USUAL = {"dispersion_min": 10, "plazo_min": 24 * 60}


def schedule_of(section: Mapping[str, Any], zone: ZoneInfo) -> Cronograma:
    """Give the schedule that the section says; raises ``ScheduleSourceError``."""
    unknown = sorted(section.keys() - _KEYS)
    if unknown:
        raise _bad(f"no se conoce «{unknown[0][:40]}»")
    try:
        return Cronograma(
            zona=zone,
            reglas=tuple(rule for rule in (_periodic(section), _daily(section)) if rule),
            dispersion_min=_minutes(section, "dispersion_min"),
            plazo_min=_minutes(section, "plazo_min"),
        )
    except BadScheduleError as error:
        raise _bad(str(error.fields["motivo"])) from error


def _periodic(section: Mapping[str, Any]) -> Regla | None:
    hours = _hours(section, "periodica")
    days = section.get("dias_periodica")
    if not hours and days is None:
        return None
    if not hours or not isinstance(days, list) or not days or not all(type(day) is int for day in days):
        raise _bad("«periodica» (horas) y «dias_periodica» (días del mes, de 1 a 31) van juntos")
    return Regla(tipo=TipoTransmision.PERIODICA, horas=hours, dias_mes=frozenset(days))


def _daily(section: Mapping[str, Any]) -> Regla | None:
    hours = _hours(section, "diaria")
    if not hours:
        return None
    return Regla(tipo=TipoTransmision.DIARIA, horas=hours, dias_semana=_weekdays(section))


def _weekdays(section: Mapping[str, Any]) -> frozenset[int] | None:
    days = section.get("dias_diaria")
    if days is None:
        return None
    names = [str(day).lower().translate(_FOLDED)[:3] for day in days] if isinstance(days, list) else []
    if not names or not all(name in _WEEK for name in names):
        raise _bad("«dias_diaria» debe ser una lista como ['lun', 'mar', 'mié', 'jue', 'vie']")
    return frozenset(_WEEK.index(name) + 1 for name in names)


def _hours(section: Mapping[str, Any], name: str) -> tuple[time, ...]:
    values = section.get(name, [])
    try:
        if not isinstance(values, list):
            raise TypeError(name)
        hours = {time.fromisoformat(value) for value in values}
        if any(hour.second or hour.microsecond or hour.tzinfo for hour in hours):
            raise ValueError(name)
    except (TypeError, ValueError) as error:
        raise _bad(f"«{name}» debe ser una lista de horas como ['12:30', '16:30']") from error
    return tuple(sorted(hours))


def _minutes(section: Mapping[str, Any], name: str) -> int:
    value = section.get(name, _USUAL[name])
    if type(value) is not int:
        raise _bad(f"«{name}» debe ser un número de minutos")
    return value


def _bad(motivo: str) -> ScheduleSourceError:
    return ScheduleSourceError("bad section", origen=f"{ORIGIN} (sección [cronograma])", motivo=motivo)
