"""A unit's own policy over ours: it may hide more columns, and never send one that ours holds back."""

from collections.abc import Sequence
from dataclasses import replace

from sigasers.siga.catalogue.entries import PersonalPolicy, TableEntry
from sigasers.siga.catalogue.parse import UnitPolicy, refuse_contradiction
from sigasers.siga.catalogue.parse_values import bad, folded


def with_policies(tablas: Sequence[TableEntry], policies: Sequence[UnitPolicy]) -> tuple[TableEntry, ...]:
    """Give ``tablas`` under ``policies``; raises ``CatalogueFormatError`` for the first that does not hold."""
    found = list(tablas)
    seen: set[str] = set()
    for policy in policies:
        if policy.tabla.lower() in seen:
            raise bad(f"{policy.tabla}: datos_personales", "esta tabla tiene dos políticas; júntelas en una")
        seen.add(policy.tabla.lower())
        place = place_of(tablas, policy)
        found[place] = stricter(found[place], policy.politica)
    return tuple(found)


def place_of(tablas: Sequence[TableEntry], policy: UnitPolicy) -> int:
    """Give where the policy's table stands; raises ``CatalogueFormatError`` if it is none of ours."""
    for place, entry in enumerate(tablas):
        if entry.nombre.lower() == policy.tabla.lower():
            return place
    raise bad(
        f"{policy.tabla}: datos_personales",
        "esta tabla no es del catálogo; la política de una tabla propia va en su entrada [[tabla]]",
    )


def stricter(entry: TableEntry, policy: PersonalPolicy) -> TableEntry:
    """Give ``entry`` with what ``policy`` hides as well; raises ``CatalogueFormatError`` if it would send more."""
    where = f"{entry.nombre}: datos_personales"
    pseudonyms = {name.lower(): domain for name, domain in policy.seudonimizar}
    shown = folded(entry.omitir) & pseudonyms.keys()
    if shown:
        raise bad(where, f"el catálogo ya omite «{min(shown)}»; seudonimizarla sería enviar más")
    for name, domain in entry.seudonimizar:
        if pseudonyms.get(name.lower(), domain) != domain:
            raise bad(where, f"el catálogo seudonimiza «{name}» en el dominio «{domain}», y no se cambia")
    hidden = folded(policy.omitir)
    both = {pair[0].lower(): pair for pair in (*entry.seudonimizar, *policy.seudonimizar)}
    strict = replace(
        entry,
        omitir=tuple({name.lower(): name for name in (*entry.omitir, *policy.omitir)}.values()),
        seudonimizar=tuple(pair for name, pair in both.items() if name not in hidden),
        conservar=tuple(name for name in entry.conservar if name.lower() not in hidden | pseudonyms.keys()),
    )
    refuse_contradiction(strict)
    return strict
