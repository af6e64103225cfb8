"""The unit's key of pseudonyms, where the catalogue asks for it. The exporter never makes one."""

from pathlib import Path

from sigasers.errors.catalogue import PseudonymKeyMissingError
from sigasers.formats.pseudonym import PseudonymKey
from sigasers.keys.pseudonym_store import PseudonymStore
from sigasers.siga.catalogue import Catalogue

KEYS_FOLDER = "llaves"


def store_of(siga_folder: Path) -> PseudonymStore:
    """Give the place of the key in the exporter's own folder."""
    return PseudonymStore(folder=siga_folder / KEYS_FOLDER)


def key_for(catalogue: Catalogue, siga_folder: Path) -> PseudonymKey | None:
    """Give the key if any table has columns to be pseudonymised, else nothing.

    Raises ``PseudonymKeyMissingError``, and what ``PseudonymStore.load`` raises. A key made here in silence would
    give the same persons other pseudonyms after a disk is replaced.
    """
    table = next((entry.nombre for entry in catalogue.tablas if entry.seudonimizar), None)
    if table is None:
        return None
    store = store_of(siga_folder)
    if not store.exists():
        raise PseudonymKeyMissingError("no key of pseudonyms", ruta=str(store.path), tabla=table)
    return store.load()
