"""The values of one entry of a catalogue file, each judged alone.

Every refusal is a ``CatalogueFormatError`` with the fields ``donde`` (table and key) and ``motivo``, in Spanish.
"""

import re
from collections.abc import Iterable

from sigasers.errors.catalogue import CatalogueFormatError
from sigasers.errors.formats import FormatError
from sigasers.formats.pseudonym import Domain
from sigasers.model.domain import Ambito
from sigasers.siga.catalogue.entries import (
    Acumulado,
    Anual,
    Compartida,
    Filtro,
    Grupo,
    PersonalPolicy,
    PorColumna,
    PorJoin,
    SinFiltro,
    UnitRule,
)

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")  # 128: the longest identifier of SQL Server
_DESCRIPTION_CHARS = 200
_SHOWN_CHARS = 40


def parse_group(value: object, where: str) -> Grupo:
    """Read ``grupo``."""
    try:
        return Grupo(value)
    except ValueError as error:
        known = ", ".join(grupo.value for grupo in Grupo)
        raise bad(f"{where}: grupo", f"debe ser uno de: {known}") from error


def parse_ambitos(value: object, where: str) -> frozenset[Ambito]:
    """Read ``ambitos``."""
    try:
        ambitos = [Ambito(item) for item in value] if isinstance(value, list) else []
    except ValueError as error:
        raise bad(f"{where}: ambitos", "solo se conocen «sistema» y «programacion»") from error
    if not ambitos or len(set(ambitos)) != len(ambitos):
        raise bad(f"{where}: ambitos", "debe ser una lista con al menos un ámbito, sin repetir")
    return frozenset(ambitos)


def parse_filter(value: object, where: str) -> Filtro:
    """Read ``filtro``."""
    if value == "ninguno":
        return SinFiltro()
    if value == "acumulado":
        return Acumulado()
    if isinstance(value, dict) and value.keys() == {"anual"}:
        return Anual(parse_name(value["anual"], f"{where}: filtro"))
    raise bad(f"{where}: filtro", 'debe ser "ninguno", "acumulado" o { anual = "COLUMNA" }')


def parse_unit(value: object, where: str) -> UnitRule:
    """Read ``unidad``."""
    where = f"{where}: unidad"
    if value == "compartida":
        return Compartida()
    if isinstance(value, dict) and value.keys() == {"columna"}:
        return PorColumna(parse_name(value["columna"], where))
    if isinstance(value, dict) and value.keys() == {"tabla", "pares", "columna"}:
        return PorJoin(
            tabla=parse_name(value["tabla"], where),
            pares=_parse_pairs(value["pares"], where),
            columna=parse_name(value["columna"], where),
        )
    raise bad(
        where,
        'debe ser "compartida", { columna = "COLUMNA" } o { tabla = "PADRE", pares = [[propia, del padre]], '
        'columna = "COLUMNA DEL PADRE" }',
    )


def _parse_pairs(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or not value:
        raise bad(where, "«pares» debe ser una lista de parejas de columnas")
    pairs: list[tuple[str, str]] = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise bad(where, "cada pareja de «pares» tiene dos columnas")
        pairs.append((parse_name(pair[0], where), parse_name(pair[1], where)))
    return tuple(pairs)


def parse_personal(value: object, where: str) -> PersonalPolicy:
    """Read ``datos_personales`` of an entry."""
    where = f"{where}: datos_personales"
    if not isinstance(value, dict):
        raise bad(where, "debe tener «omitir», «seudonimizar» o «conservar»")
    refuse_unknown(value, {"omitir", "seudonimizar", "conservar"}, where)
    policy = PersonalPolicy(
        omitir=parse_names(value.get("omitir", []), where),
        seudonimizar=parse_pseudonyms(value.get("seudonimizar", []), where),
        conservar=parse_names(value.get("conservar", []), where),
    )
    refuse_overlap(policy, where)
    return policy


def parse_pseudonyms(value: object, where: str) -> tuple[tuple[str, Domain], ...]:
    """Read ``seudonimizar``: a list of ``{ columna, dominio }``."""
    if not isinstance(value, list):
        raise bad(where, '«seudonimizar» es una lista de { columna = "COLUMNA", dominio = "dni" }')
    pairs = tuple(_parse_pseudonym(item, where) for item in value)
    if len(folded(name for name, _ in pairs)) != len(pairs):
        raise bad(where, "hay una columna repetida")
    return pairs


def _parse_pseudonym(item: object, where: str) -> tuple[str, Domain]:
    if not isinstance(item, dict) or item.keys() != {"columna", "dominio"}:
        raise bad(where, 'cada columna por seudonimizar es { columna = "COLUMNA", dominio = "dni" }')
    try:
        domain = Domain(str(item["dominio"]))
    except FormatError as error:
        raise bad(
            where, "un dominio tiene letras minúsculas sin tilde, dígitos y guion bajo, hasta 32"
        ) from error
    return parse_name(item["columna"], where), domain


def refuse_overlap(policy: PersonalPolicy, where: str) -> None:
    """Refuse a policy that says two things of one column."""
    lists = {
        "omitir": folded(policy.omitir),
        "seudonimizar": folded(name for name, _ in policy.seudonimizar),
        "conservar": folded(policy.conservar),
    }
    for first, second in (("omitir", "seudonimizar"), ("omitir", "conservar"), ("seudonimizar", "conservar")):
        both = lists[first] & lists[second]
        if both:
            raise bad(where, f"«{min(both)}» está en {first} y en {second}")


def parse_names(value: object, where: str) -> tuple[str, ...]:
    """Read a list of columns, none twice in any case."""
    if not isinstance(value, list):
        raise bad(where, "debe ser una lista de columnas")
    names = tuple(parse_name(item, where) for item in value)
    if len(folded(names)) != len(names):
        raise bad(where, "hay una columna repetida")
    return names


def parse_name(value: object, where: str) -> str:
    """Read the name of a table or column."""
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise bad(where, "un nombre de tabla o columna tiene letras, dígitos y guion bajo, hasta 128")
    return value


def parse_description(value: object, where: str) -> str:
    """Read ``descripcion``."""
    if (
        not isinstance(value, str)
        or not 1 <= len(value.strip()) <= _DESCRIPTION_CHARS
        or not value.isprintable()
    ):
        raise bad(
            f"{where}: descripcion", f"debe ser un texto de una línea, hasta {_DESCRIPTION_CHARS} caracteres"
        )
    return value


def refuse_unknown(table: dict[str, object], known: set[str], where: str) -> None:
    """Refuse the first key that the format does not know: a misspelt ``omitir`` would send what was to stay."""
    for name in unknown_keys(table, known):
        raise bad_key(name, where)


def unknown_keys(table: dict[str, object], known: set[str]) -> list[str]:
    """Give the keys that the format does not know, sorted."""
    return sorted(table.keys() - known)


def bad_key(name: str, where: str) -> CatalogueFormatError:
    """Give the error of a key that the format does not know."""
    return bad(where, f"«{name[:_SHOWN_CHARS]}» no es una clave conocida")


def folded(names: Iterable[str]) -> set[str]:
    """Give the names in lower case: they are compared without regard to it."""
    return {name.lower() for name in names}


def bad(donde: str, motivo: str) -> CatalogueFormatError:
    """Give the error of a broken rule at ``donde``."""
    return CatalogueFormatError("catalogue format broken", donde=donde, motivo=motivo)
