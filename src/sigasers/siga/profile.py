"""What the exporter takes from the courier: ``perfil-publico.json`` in the SERS folder, verified before use.

The root's huella is pinned in ``huella-raiz.txt`` of the exporter's own folder at first use (and shown, to be
compared); afterwards only that centre is believed. The unsigned ``local`` part gives the unit's public sealing
key and the root document, which proves itself.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sigasers import durable, mensajes
from sigasers.errors import SigasersError, TheirError
from sigasers.errors.formats import FormatTooNewError
from sigasers.errors.siga import BadProfileError, NoProfileError, ProfileRollbackError, RootChangedError
from sigasers.formats import base64url, strict_json
from sigasers.formats.archive_comment import Role
from sigasers.formats.documents import KeyUse, Profile, Typ
from sigasers.formats.json_fields import Fields
from sigasers.keys import jws
from sigasers.keys.kinds import load_spki
from sigasers.keys.sealing import Recipient
from sigasers.keys.trust import Trust, open_root, show_huella
from sigasers.mensajes.motivos import motivo
from sigasers.model import Nemonico

FILE_NAME = "perfil-publico.json"
PIN_NAME = "huella-raiz.txt"
SISTEMA = "SIGA"
_MAX_BYTES = 4 << 20
_RAW_X25519_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class VerifiedProfile:
    """A profile that holds: for whom packages are sealed. ``nueva_huella`` if its root was pinned just now."""

    profile: Profile
    huella: str
    recipients: tuple[Recipient, ...]
    nueva_huella: bool

    @property
    def huella_legible(self) -> str:
        """The root's huella in groups of four, as people compare it."""
        return show_huella(self.huella)


def profile_exists(sers_folder: Path) -> bool:
    """Tell whether the courier in ``sers_folder`` has a profile, good or bad."""
    return (sers_folder / FILE_NAME).exists()


def read_profile(
    sers_folder: Path, siga_folder: Path, unidad: Nemonico, *, seen: tuple[int, int]
) -> VerifiedProfile:
    """Give the verified profile of ``unidad``; ``seen`` is the highest (época, n) used before.

    Raises ``NoProfileError``, ``BadProfileError``, ``RootChangedError``, ``ProfileRollbackError``,
    ``FormatTooNewError`` and, when the pin cannot be stored, ``DiskError``.
    """
    path = sers_folder / FILE_NAME
    raw = _read(path)
    try:
        fields = Fields(strict_json.loads(raw, max_bytes=_MAX_BYTES), "perfil-publico")
        trust, pinned = _trust(
            fields.object("local").text("documento_raiz", max_chars=_MAX_BYTES), siga_folder
        )
        profile = _profile(fields.text("firmado", max_chars=_MAX_BYTES), trust, unidad)
        recipients = (*_centre(profile), _unit(fields.object("local").object("sellado")))
    except (BadProfileError, RootChangedError, FormatTooNewError):
        raise
    except TheirError as error:
        raise _bad(path, mensajes.sentence(error.code, error.fields).que) from error
    if profile.order < seen:
        raise ProfileRollbackError("profile went back", ruta=str(path))
    if not pinned:
        durable.write_new(
            siga_folder / PIN_NAME, f"{trust.huella}\n".encode(), step="siga.profile.pin", mode=0o644
        )
    return VerifiedProfile(
        profile=profile, huella=trust.huella, recipients=recipients, nueva_huella=not pinned
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise NoProfileError("no profile", ruta=str(path)) from error
    except OSError as error:
        raise _bad(path, f"no se puede leer ({motivo(error)})") from error


def _trust(token: str, siga_folder: Path) -> tuple[Trust, bool]:
    """Open the root document by the pinned huella, or, before there is a pin, by its own."""
    claimed = base64url.decode(Fields(jws.unverified(token, typ=Typ.RAIZ), "raiz").text("raiz"))
    received = hashlib.sha256(claimed).hexdigest()
    pin = _pinned(siga_folder)
    if pin is not None and pin != received:
        raise RootChangedError("another root", fijada=show_huella(pin), recibida=show_huella(received))
    return open_root(token, huella=received), pin is not None


def _pinned(siga_folder: Path) -> str | None:
    path = siga_folder / PIN_NAME
    try:
        return "".join(path.read_text(encoding="ascii").split()).lower()[:64]
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path, "no se puede leer la huella confirmada") from error


def _profile(token: str, trust: Trust, unidad: Nemonico) -> Profile:
    verified = jws.verify(token, typ=Typ.PERFIL, key=lambda kid: trust.public_key(kid, use=KeyUse.PERFIL))
    profile = Profile.parse(verified.document)
    trust.public_key(verified.kid, use=KeyUse.PERFIL, at=profile.emitido)
    if profile.aud != trust.centre_id:
        raise BadProfileError("aud of another centre", ruta=FILE_NAME, motivo="es de otro centro")
    if (profile.unidad, profile.sistema) != (unidad, SISTEMA):
        raise BadProfileError(
            "profile of another unit",
            ruta=FILE_NAME,
            motivo=f"es de la unidad {profile.unidad} ({profile.sistema}), no de la {unidad}",
        )
    return profile


def _centre(profile: Profile) -> tuple[Recipient, ...]:
    """Give the centre's key to seal to: the first of the list."""
    first = profile.sellado[0]
    return (Recipient(role=Role.CENTRO, public_key=_x25519(first.publica)),)


def _unit(fields: Fields) -> Recipient:
    return Recipient(role=Role.UNIDAD, public_key=_x25519(base64url.decode(fields.text("publica"))))


def _x25519(data: bytes) -> X25519PublicKey:
    """Give the key in ``data``: 32 raw bytes, or SubjectPublicKeyInfo. A point of low order can seal nothing."""
    if len(data) == _RAW_X25519_BYTES:
        key = X25519PublicKey.from_public_bytes(data)
    else:
        loaded = load_spki(data, "X25519")
        assert isinstance(loaded, X25519PublicKey)  # noqa: S101 - what load_spki promises for this algorithm
        key = loaded
    try:
        X25519PrivateKey.generate().exchange(key)
    except ValueError as error:
        raise BadProfileError(
            "key of low order", ruta=FILE_NAME, motivo="una llave de sellado no sirve para sellar"
        ) from error
    return key


def _bad(path: Path, motivo: str) -> SigasersError:
    return BadProfileError("bad profile", ruta=str(path), motivo=motivo.rstrip("."))
