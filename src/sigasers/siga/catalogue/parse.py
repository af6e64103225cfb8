"""Turns the bytes of one catalogue file into values, refusing whatever ``docs/spec/catalogue.md`` does not say.

``read_file`` goes on after a mistake and gives them all; ``parse_file`` raises the first. Each is a
``CatalogueFormatError`` with the fields ``donde`` (table and key) and ``motivo``, in Spanish.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sigasers.errors.catalogue import CatalogueFormatError
from sigasers.siga import toml_text
from sigasers.siga.catalogue import parse_values as values
from sigasers.siga.catalogue.entries import Acumulado, Compartida, PersonalPolicy, TableEntry
from sigasers.siga.catalogue.parse_values import NAME, bad, folded

FORMAT_VERSION = 1
MAX_ENTRIES = 2_000
"""Of one file; the whole SIGA has about a thousand tables."""

_FILE_KEYS = {"v", "version", "tabla", "datos_personales"}
_POLICY_KEYS = {"tabla", "omitir", "seudonimizar"}

_REQUIRED: dict[str, Callable[[object, str], object]] = {
    "nombre": lambda value, where: values.parse_name(value, f"{where}: nombre"),
    "descripcion": values.parse_description,
    "grupo": values.parse_group,
    "ambitos": values.parse_ambitos,
    "filtro": values.parse_filter,
    "unidad": values.parse_unit,
}
_OPTIONAL: dict[str, Callable[[object, str], object]] = {
    "datos_personales": values.parse_personal,
    "clave": lambda value, where: values.parse_names(value, f"{where}: clave"),
}


@dataclass(frozen=True, kw_only=True)
class UnitPolicy:
    """What a unit adds to the policy of a table of ours: ``omitir`` and ``seudonimizar``, never less than ours."""

    tabla: str
    politica: PersonalPolicy


@dataclass(frozen=True, kw_only=True)
class CatalogueFile:
    """What one file says; where an entry or a policy could not be understood, ``errores`` says why."""

    entradas: tuple[TableEntry, ...] = ()
    politicas: tuple[UnitPolicy, ...] = ()
    version: str = ""
    errores: tuple[CatalogueFormatError, ...] = ()


@dataclass
class _Taken:
    """Mistakes found so far."""

    errores: list[CatalogueFormatError] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Keep the mistake of this block and go on after it."""
        try:
            yield
        except CatalogueFormatError as error:
            self.errores.append(error)


def parse_file(raw: bytes) -> tuple[tuple[TableEntry, ...], str]:
    """Give the entries of one file and its ``version``, empty if it has none; raises the first mistake."""
    found = sound_file(raw)
    return found.entradas, found.version


def sound_file(raw: bytes) -> CatalogueFile:
    """Give what the file says; raises its first mistake."""
    found = read_file(raw)
    for error in found.errores:
        raise error
    return found


def read_file(raw: bytes) -> CatalogueFile:
    """Give what the file says as far as it can be understood, and every mistake in it; raises nothing."""
    taken = _Taken()
    with taken.one():
        document = _document(raw)
        for name in values.unknown_keys(document, _FILE_KEYS):
            taken.errores.append(values.bad_key(name, "el archivo"))
        if document.get("v") != FORMAT_VERSION or isinstance(document["v"], bool):
            taken.errores.append(bad("v", f"la versión del formato debe ser {FORMAT_VERSION}"))
        version, tables = document.get("version", ""), document.get("tabla", [])
        policies = document.get("datos_personales", [])
        if not isinstance(version, str) or not isinstance(tables, list) or not isinstance(policies, list):
            text = "«version» es un texto; [[tabla]] y [[datos_personales]] van con dos corchetes"
            raise bad("el archivo", text)
        if len(tables) + len(policies) > MAX_ENTRIES:
            raise bad("el archivo", f"tiene más de {MAX_ENTRIES} entradas")
        entries = [_entry(table, number, taken) for number, table in enumerate(tables, start=1)]
        added = [_policy(policy, number, taken) for number, policy in enumerate(policies, start=1)]
        return CatalogueFile(
            entradas=tuple(entry for entry in entries if entry),
            politicas=tuple(policy for policy in added if policy),
            version=version,
            errores=tuple(taken.errores),
        )
    return CatalogueFile(errores=tuple(taken.errores))


def _document(raw: bytes) -> dict[str, Any]:
    try:
        return toml_text.parse(raw)[0]
    except toml_text.TomlError as error:
        raise bad(error.donde or "el archivo", error.motivo) from None


def _entry(table: object, number: int, taken: _Taken) -> TableEntry | None:
    """Give the entry, or nothing after its mistakes are taken."""
    if not isinstance(table, dict):
        taken.errores.append(bad(f"entrada {number}", "no es una tabla de TOML"))
        return None
    name, before = table.get("nombre"), len(taken.errores)
    where = name if isinstance(name, str) and NAME.fullmatch(name) else f"entrada {number}"
    for key in values.unknown_keys(table, {*_REQUIRED, *_OPTIONAL}):
        taken.errores.append(values.bad_key(key, where))
    for key in sorted(_REQUIRED.keys() - table.keys()):
        taken.errores.append(bad(where, f"falta «{key}»"))
    parsed: dict[str, Any] = {}
    for key, parse in (_REQUIRED | _OPTIONAL).items():
        if key in table:
            with taken.one():
                parsed[key] = parse(table[key], where)
    if len(taken.errores) > before:
        return None
    policy: PersonalPolicy = parsed.pop("datos_personales", PersonalPolicy())
    entry = TableEntry(
        **parsed, omitir=policy.omitir, seudonimizar=policy.seudonimizar, conservar=policy.conservar
    )
    with taken.one():
        refuse_contradiction(entry)
        return entry
    return None


def _policy(policy: object, number: int, taken: _Taken) -> UnitPolicy | None:
    """Give one ``[[datos_personales]]``, or nothing after its mistake is taken."""
    where = f"datos_personales {number}"
    with taken.one():
        if not isinstance(policy, dict):
            raise bad(where, "no es una tabla de TOML")
        values.refuse_unknown(policy, _POLICY_KEYS, where)
        name = values.parse_name(policy.get("tabla"), f"{where}: tabla")
        found = values.parse_personal({key: policy[key] for key in policy if key != "tabla"}, name)
        if not found.omitir and not found.seudonimizar:
            raise bad(f"{name}: datos_personales", "debe nombrar columnas en «omitir» o en «seudonimizar»")
        return UnitPolicy(tabla=name, politica=found)
    return None


def refuse_contradiction(entry: TableEntry) -> None:
    """Refuse an entry that hides what its own selection needs, or that would send a shared table as the unit's."""
    selecting = folded(entry.selection_columns())
    needed = (selecting | folded(entry.clave)) & folded(entry.omitir)
    if needed:
        raise bad(
            f"{entry.nombre}: omitir",
            f"«{min(needed)}» decide qué filas van o su orden, y no se puede omitir",
        )
    hidden = selecting & folded(name for name, _ in entry.seudonimizar)
    if hidden:
        raise bad(
            f"{entry.nombre}: seudonimizar",
            f"«{min(hidden)}» decide qué filas van, y no se puede seudonimizar",
        )
    if isinstance(entry.filtro, Acumulado) and isinstance(entry.unidad, Compartida):
        raise bad(
            f"{entry.nombre}: filtro", "«acumulado» son todas las filas de la unidad; una compartida no tiene"
        )
