"""The first start: root key, the centre's keys, root document, database. A stopped first start is gone on with.

The root's private key goes to a folder of its own, to be taken offline; it signs the root document here and is
read by nothing that runs. The last act stores the root document: with it the centre is prepared.
"""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sigasers import durable
from sigasers.centro.database import make_schema, open_centre_database, read_setting, write_setting
from sigasers.centro.folders import Folders
from sigasers.centro.llaves import keyring
from sigasers.centro.llaves.keyring import CentreName, Keyring
from sigasers.errors.keys import BadKeyFileError
from sigasers.formats.documents import KeyUse, RootDocument, RootKey, centre_id, log_origin
from sigasers.keys.kinds import huella_of, spki_of
from sigasers.keys.storage import KeyKind, close_folder, load_key, make_key, save_key
from sigasers.keys.trust import Trust, ca_root_key, make_root_document, open_root, root_key
from sigasers.model import Instant

ROOT_DOCUMENT = "documento_raiz"
ROOT_HUELLA = "huella_raiz"
_ROOT_KEY = "raiz.pem"
_EPOCA = 1


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where units reach the centre: base URLs of the two listeners."""

    inscripcion: tuple[str, ...]
    transmision: tuple[str, ...]


def read_trust(folders: Folders) -> Trust | None:
    """Give what this centre's units trust; ``None`` before the first start came to its end."""
    if not folders.database.exists():
        return None
    connection = open_centre_database(folders.database)
    try:
        make_schema(connection)
        token, huella = read_setting(connection, ROOT_DOCUMENT), read_setting(connection, ROOT_HUELLA)
    finally:
        connection.close()
    return None if token is None or huella is None else open_root(token, huella=huella)


def prepare(
    folders: Folders, root_folder: Path, addresses: Addresses, now: Instant, *, passphrase: str | None = None
) -> Trust:
    """Make whatever a first start makes, and give the trust; the root key's file is under ``passphrase`` if any.

    Raises ``DiskError``, ``KeyFileRightsError``, and ``BadKeyFileError`` when a stopped first start left a root
    key behind that this passphrase does not open.
    """
    _make_folders(folders, root_folder)
    root = _root_key(root_folder, passphrase)
    name = CentreName(aud=centre_id(huella_of(root.public_key())), epoca=_EPOCA)
    keyring.prepare(folders.keys, name, now)
    document = _root_document(root, keyring.load(folders.keys), addresses, now)
    token, huella = make_root_document(document, root), huella_of(root.public_key())
    connection = open_centre_database(folders.database)
    try:
        make_schema(connection)
        with durable.transaction(connection, step="centro.prepared"):
            write_setting(connection, ROOT_DOCUMENT, token)
            write_setting(connection, ROOT_HUELLA, huella)
    finally:
        connection.close()
    return open_root(token, huella=huella)


def _make_folders(folders: Folders, root_folder: Path) -> None:
    for folder in (folders.root, folders.store, folders.incoming, folders.logs):
        durable.make_folder(folder, step="centro.folders", mode=0o750)
    for folder in (folders.keys, folders.tls, root_folder):
        durable.make_folder(folder, step="centro.key_folders", mode=0o700)
        close_folder(folder)


def _root_key(folder: Path, passphrase: str | None) -> Ed25519PrivateKey:
    path = folder / _ROOT_KEY
    if not path.exists():
        save_key(path, make_key(KeyKind.ED25519), step="centro.root_key", passphrase=passphrase)
    key = load_key(path, passphrase=passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKeyFileError("root key is not ed25519", ruta=str(path))
    return key


def _root_document(
    root: Ed25519PrivateKey, keys: Keyring, addresses: Addresses, now: Instant
) -> RootDocument:
    return RootDocument(
        n=1,
        epoca=_EPOCA,
        emitido=now,
        raiz=spki_of(root.public_key()),
        claves=tuple(_entries(keys, now)),
        origen=log_origin(keys.name.aud, _EPOCA),
        inscripcion=addresses.inscripcion,
        transmision=addresses.transmision,
    )


def _entries(keys: Keyring, now: Instant) -> list[RootKey]:
    certificate: x509.Certificate = keys.authority.certificate
    entries = [root_key(use, keys.signer(use).public_key(), desde=now) for use in keys.signing]
    entries.append(ca_root_key(certificate, desde=now))
    sealing = [keys.sealing.load(kid).public_key() for kid in keys.sealing.kids()]
    return entries + [root_key(KeyUse.SELLADO, key, desde=now) for key in sealing]
