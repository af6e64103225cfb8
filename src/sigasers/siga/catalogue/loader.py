"""Reads the catalogue's TOML files: ours, packaged, and the one a unit may add."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sigasers.errors.catalogue import CatalogueDataError, CatalogueFormatError, ExtraCatalogueError
from sigasers.mensajes.motivos import motivo
from sigasers.siga import toml_text
from sigasers.siga.catalogue.entries import Catalogue, Grupo, TableEntry
from sigasers.siga.catalogue.parse import sound_file
from sigasers.siga.catalogue.parse_values import bad
from sigasers.siga.catalogue.policy import with_policies
from sigasers.siga.catalogue.reference import ReferenceTable, reference_schema

_OUR_FILES = (
    "a_maestros.toml",
    "b_maestros_anuales.toml",
    "c_programacion.toml",
    "d_ejecucion.toml",
    "e_almacen.toml",
    "f_patrimonio.toml",
    "g_tesoreria.toml",
)


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """Read our catalogue, and the tables and the stricter policy that the unit adds in ``extra``.

    Raises ``CatalogueDataError`` for a defect of ours, ``ExtraCatalogueError`` for the unit's file: not readable,
    not TOML, a key or value that the format does not know, a table that is in the catalogue already, a policy that
    would send more than ours.
    """
    tablas, version = _load_ours(files(__package__))
    if extra is None:
        return Catalogue(version=version, tablas=tablas)
    try:
        raw = read_extra(extra)
        found = sound_file(raw)
        refuse_repeated((*tablas, *found.entradas))
        strict = with_policies(tablas, found.politicas)
    except CatalogueFormatError as wrong:
        raise ExtraCatalogueError("bad unit catalogue", archivo=str(extra), **wrong.fields) from wrong
    digest = hashlib.sha256(raw).hexdigest()[:12]
    return Catalogue(version=f"{version}+{digest}", tablas=_in_order((*strict, *found.entradas)))


def _load_ours(folder: Traversable) -> tuple[tuple[TableEntry, ...], str]:
    tablas: list[TableEntry] = []
    versions: list[str] = []
    for name in _OUR_FILES:
        try:
            found = sound_file(folder.joinpath(name).read_bytes())
            tablas += found.entradas
            versions += [found.version] if found.version else []
            refuse_repeated(tuple(tablas))
            if found.politicas:
                raise bad(found.politicas[0].tabla, "la política del catálogo va en cada entrada")
        except CatalogueFormatError as wrong:
            raise CatalogueDataError("bad packaged catalogue", archivo=name, **wrong.fields) from wrong
        except OSError as error:
            raise _missing_file(name) from error
    if len(versions) != 1:
        raise CatalogueDataError(
            "version not in exactly one file", archivo="*.toml", donde="version", motivo="falta"
        )
    reference = reference_schema()
    return _in_order(tuple(_with_reference(entry, reference) for entry in tablas)), versions[0]


def _with_reference(entry: TableEntry, reference: Mapping[str, ReferenceTable]) -> TableEntry:
    """Give the entry with its key and columns; each column that it names must be one of the table."""
    table = reference.get(entry.nombre)
    if table is None:
        raise _not_in_reference(entry.nombre)
    known = {name for name, _ in table.columnas}
    for name in entry.named_columns():
        if name not in known:
            raise _not_in_reference(f"{entry.nombre}.{name}")
    return replace(entry, clave=table.clave, columnas=table.columnas)


def _not_in_reference(donde: str) -> CatalogueDataError:
    return CatalogueDataError(
        "not in the reference schema", archivo="referencia.json", donde=donde, motivo="no está en el esquema"
    )


def _missing_file(name: str) -> CatalogueDataError:
    return CatalogueDataError(
        "packaged catalogue unreadable", archivo=name, donde="el archivo", motivo="no se puede leer"
    )


def read_extra(path: Path) -> bytes:
    """Give the bytes of a unit's file; raises ``CatalogueFormatError`` if it is not readable or too large."""
    try:
        return toml_text.read_bytes(path)
    except OSError as error:
        raise bad("el archivo", f"no se puede leer: {motivo(error)}") from error
    except toml_text.TomlError as error:
        raise bad("el archivo", error.motivo) from error


def refuse_repeated(tablas: tuple[TableEntry, ...]) -> None:
    """Raise ``CatalogueFormatError`` for the first table that stands twice, in any case."""
    seen: set[str] = set()
    for entry in tablas:
        if entry.nombre.lower() in seen:
            raise CatalogueFormatError(
                "table twice",
                donde=entry.nombre,
                motivo="esta tabla ya está en la relación; no se define de nuevo",
            )
        seen.add(entry.nombre.lower())


def _in_order(tablas: tuple[TableEntry, ...]) -> tuple[TableEntry, ...]:
    order = list(Grupo)
    return tuple(sorted(tablas, key=lambda entry: order.index(entry.grupo)))
