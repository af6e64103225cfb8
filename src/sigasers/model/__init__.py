"""Frozen values of the domain, each of which checks itself when built."""

from sigasers.model.domain import (
    Ambito,
    DiaDelAnio,
    Ejercicio,
    Nemonico,
    TipoTransmision,
    UnidadEjecutora,
)
from sigasers.model.instant import Instant
from sigasers.model.wire import Digest, FileStatement, Identifier

__all__ = [
    "Ambito",
    "DiaDelAnio",
    "Digest",
    "Ejercicio",
    "FileStatement",
    "Identifier",
    "Instant",
    "Nemonico",
    "TipoTransmision",
    "UnidadEjecutora",
]
