"""The keys on disk: made once at the centre's first start, then only read. Used in the keys process alone."""

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers import durable
from sigasers.errors.centro import HalfPreparedError
from sigasers.errors.disk import NameTakenError
from sigasers.errors.keys import BadKeyFileError, KeyFileMissingError
from sigasers.formats import strict_json
from sigasers.formats.archive_comment import Role
from sigasers.formats.documents import KeyUse
from sigasers.formats.json_fields import Fields
from sigasers.formats.tlog import EMPTY_ROOT, Checkpoint
from sigasers.keys.checkpoint import sign_checkpoint
from sigasers.keys.kinds import PrivateKey
from sigasers.keys.sealing_store import SealingStore
from sigasers.keys.storage import KeyKind, create_key, load_key
from sigasers.keys.x509 import Authority, load_certificate, make_ca
from sigasers.model import Instant

_ED25519_USES = (KeyUse.ACUSE, KeyUse.BITACORA, KeyUse.PERFIL)
_IDENTITY = "centro.json"
_CA_CERTIFICATE = "ca.der"
LAST_CHECKPOINT = "ultimo-checkpoint"
_MAX_BYTES = 64 << 10


@dataclass(frozen=True, kw_only=True)
class CentreName:
    """What this centre is: its id, its época and the origin line of its log."""

    aud: str
    epoca: int

    @property
    def origen(self) -> str:
        """The log's origin line (``docs/spec/log.md``)."""
        return f"sigasers.pe/bitacora/{self.aud}/{self.epoca}"


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """Every private key of a prepared centre but the root's."""

    name: CentreName
    signing: dict[KeyUse, Ed25519PrivateKey]
    authority: Authority
    sealing: SealingStore

    def signer(self, use: KeyUse) -> Ed25519PrivateKey:
        """Give the key that signs for ``use``."""
        return self.signing[use]


def is_prepared(folder: Path) -> bool:
    """Tell whether the first start came to its end in this folder."""
    return (folder / _IDENTITY).exists()


def prepare(folder: Path, name: CentreName, now: Instant) -> None:
    """Make what keys are missing; what a stopped first start left behind is kept. The name comes last."""
    for use in _ED25519_USES:
        if not _key_path(folder, use).exists():
            create_key(_key_path(folder, use), KeyKind.ED25519, step="centro.keys_create")
    ca_path = _key_path(folder, KeyUse.CA)
    if not ca_path.exists():
        create_key(ca_path, KeyKind.P256, step="centro.keys_create_ca")
    if not (folder / _CA_CERTIFICATE).exists():
        authority = make_ca(_ec_key(ca_path), centre_id=name.aud, at=now)
        der = authority.certificate.public_bytes(Encoding.DER)
        durable.write_new(folder / _CA_CERTIFICATE, der, step="centro.keys_ca_certificate")
    store = SealingStore(folder=folder, role=Role.CENTRO)
    if not store.kids():
        store.create()
    _begin_log(folder, name)
    identity = json.dumps({"v": 1, "aud": name.aud, "epoca": name.epoca}).encode()
    try:
        durable.write_new(folder / _IDENTITY, identity, step="centro.keys_name")
    except NameTakenError:
        if _read_name(folder) != name:
            raise


def _begin_log(folder: Path, name: CentreName) -> None:
    """Write the checkpoint of the empty log: a folder that has none lost its memory, and must not sign again."""
    if (folder / LAST_CHECKPOINT).exists():
        return
    key = _load(_key_path(folder, KeyUse.BITACORA))
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKeyFileError("not an ed25519 key", ruta=str(_key_path(folder, KeyUse.BITACORA)))
    note = sign_checkpoint(Checkpoint(origin=name.origen, size=0, root=EMPTY_ROOT), key)
    durable.write_new(folder / LAST_CHECKPOINT, note.encode(), step="centro.keys_empty_log", mode=0o600)


def load(folder: Path) -> Keyring:
    """Read every key; raises ``HalfPreparedError``, ``KeyFileMissingError``, ``BadKeyFileError``."""
    signing: dict[KeyUse, Ed25519PrivateKey] = {}
    for use in _ED25519_USES:
        key = _load(_key_path(folder, use))
        if not isinstance(key, Ed25519PrivateKey):
            raise BadKeyFileError("not an ed25519 key", ruta=str(_key_path(folder, use)))
        signing[use] = key
    sealing = SealingStore(folder=folder, role=Role.CENTRO)
    if not sealing.kids():
        raise HalfPreparedError("no sealing key", falta=str(folder / "sellado-*.pem"))
    certificate = load_certificate(_read(folder / _CA_CERTIFICATE))
    authority = Authority(certificate=certificate, key=_ec_key(_key_path(folder, KeyUse.CA)))
    return Keyring(name=_read_name(folder), signing=signing, authority=authority, sealing=sealing)


def _read_name(folder: Path) -> CentreName:
    fields = Fields(strict_json.loads(_read(folder / _IDENTITY), max_bytes=_MAX_BYTES), _IDENTITY)
    return CentreName(aud=fields.text("aud"), epoca=fields.integer("epoca", minimum=1))


def _key_path(folder: Path, use: KeyUse) -> Path:
    return folder / f"{use.value}.pem"


def _ec_key(path: Path) -> EllipticCurvePrivateKey:
    key = _load(path)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise BadKeyFileError("not a p-256 key", ruta=str(path))
    return key


def _load(path: Path) -> PrivateKey:
    try:
        return load_key(path)
    except KeyFileMissingError as error:
        raise HalfPreparedError("key file missing", falta=str(path)) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise HalfPreparedError("file missing", falta=str(path)) from error
