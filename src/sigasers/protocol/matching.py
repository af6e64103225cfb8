"""Who serves whom, at most one each: a matching of seekers to givers in which earlier seekers come first.

It is a maximum one, and nobody who is served is left out because another giver came.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

S = TypeVar("S")
G = TypeVar("G")


def match(
    seekers: Sequence[S], options: Mapping[S, Sequence[G]], taken: Mapping[G, S] | None = None
) -> dict[G, S]:
    """Give a seeker to each giver that serves one; seekers of ``taken`` keep being served, by ``options`` of theirs.

    In the order of ``seekers``, each is served if that can be without leaving out one before it. Work grows with the
    number of options: givers from which a search found no way are not searched again.
    """
    served = dict(taken or {})
    hopeless: set[G] = set()
    for seeker in seekers:
        _serve(seeker, options, served, hopeless)
    return served


def _serve(seeker: S, options: Mapping[S, Sequence[G]], served: dict[G, S], hopeless: set[G]) -> None:
    """Look breadth first for a chain of changes that ends at a free giver, and make the changes."""
    came_from: dict[G, S] = {}
    waiting = [seeker]
    for asking in waiting:
        for giver in options.get(asking, ()):
            if giver in came_from or giver in hopeless:
                continue
            came_from[giver] = asking
            if giver not in served:
                _shift(giver, came_from, served)
                return
            waiting.append(served[giver])
    hopeless.update(came_from)


def _shift(free: G, came_from: Mapping[G, S], served: dict[G, S]) -> None:
    """Give ``free`` to who asked for it, what that one had to who asked for that, and so on."""
    has = {seeker: giver for giver, seeker in served.items()}
    giver: G | None = free
    while giver is not None:
        seeker = came_from[giver]
        served[giver] = seeker
        giver = has.get(seeker)
