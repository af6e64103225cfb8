"""The name of a turno, as it stands in archives, manifests, histories and at the centre (``docs/spec/schedule.md``)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sigasers.errors.model import InvalidValueError
from sigasers.model import Ejercicio, TipoTransmision

_FORM = re.compile(r"(PERIODICA|DIARIA)-([0-9]{12})")
_TIME = "%Y%m%d%H%M"


@dataclass(frozen=True)
class TurnoId:
    """Kind and opening of a turno, in the schedule's local time to the minute, years 1990 to 2199.

    It is written ``DIARIA-202611271630``. Two turnos of one schedule never have the same one.
    """

    tipo: TipoTransmision
    local: datetime

    def __post_init__(self) -> None:
        if self.local.tzinfo is not None or self.local.second or self.local.microsecond:
            raise InvalidValueError("bad turno", nombre="turno", esperado="una hora local en minutos")
        Ejercicio(self.local.year)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the one spelling; raises ``InvalidValueError``."""
        found = _FORM.fullmatch(text)
        try:
            if found is None:
                raise ValueError(text)
            local = datetime.strptime(found[2], _TIME)  # noqa: DTZ007 - local time of a zone that the name has not
            return cls(TipoTransmision(found[1]), local)
        except ValueError as error:
            raise InvalidValueError("bad turno", nombre="turno", esperado="DIARIA-AAAAMMDDHHMM") from error

    def __str__(self) -> str:
        return f"{self.tipo.value}-{self.local.strftime(_TIME)}"
