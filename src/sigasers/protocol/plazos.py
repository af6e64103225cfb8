"""Deadlines that the centre's own outages move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigasers.model import Instant


@dataclass(frozen=True, kw_only=True)
class Corte:
    """A time in which the centre could not receive."""

    desde: Instant
    hasta: Instant


def merged(cortes: Iterable[Corte]) -> tuple[Corte, ...]:
    """Give the same time as outages that do not touch, in order; one that ends before it begins is none."""
    found: list[Corte] = []
    for item in sorted(cortes, key=lambda one: one.desde):
        if item.hasta <= item.desde:
            continue
        if found and item.desde <= found[-1].hasta:
            last = found.pop()
            found.append(Corte(desde=last.desde, hasta=max(last.hasta, item.hasta)))
        else:
            found.append(item)
    return tuple(found)


def extended(start: Instant, deadline: Instant, cortes: Sequence[Corte]) -> Instant:
    """Give ``deadline`` moved on by every outage (of ``merged``) between ``start`` and it, itself moved on included."""
    for item in cortes:
        if item.desde <= deadline and item.hasta > start:
            deadline = deadline.plus(item.hasta.at - max(item.desde, start).at)
    return deadline
