"""What the exporter takes from the courier: ``perfil-publico.json`` in the SERS folder, verified before use.

The root's huella is pinned in ``huella-raiz.txt`` of the exporter's own folder: confirmed when Ruta de Instalación SERS
is set, else at first use (and shown, to be compared); afterwards only that centre is believed. The unsigned ``local``
part gives the unit's public sealing key and the root document, which proves itself.
"""

import hashlib
import stat
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
_MAX_PATH = 32_767  # characters, the longest of Windows
_RAW_X25519_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class VerifiedProfile:
    """A profile that holds: for whom packages are sealed. ``nueva_huella`` if no root had been pinned before.

    ``outbox`` is the courier's own word for its SourceOut; empty if it says none.
    """

    profile: Profile
    huella: str
    recipients: tuple[Recipient, ...]
    nueva_huella: bool
    trust: Trust
    outbox: str = ""

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
    ``FormatTooNewError``. Nothing is written: ``pin_root`` does.
    """
    found = _verified(sers_folder, unidad=unidad, pin=pinned_huella(siga_folder))
    if found.profile.order < seen:
        raise ProfileRollbackError("profile went back", ruta=str(sers_folder / FILE_NAME))
    return found


def pin_root(siga_folder: Path, found: VerifiedProfile) -> None:
    """Believe the centre of ``found`` from now on, where none was believed before; durable on return."""
    if found.nueva_huella:
        durable.write_new(
            siga_folder / PIN_NAME, f"{found.huella}\n".encode(), step="siga.profile.pin", mode=0o644
        )


def inspect_profile(sers_folder: Path) -> VerifiedProfile:
    """Give the profile of whatever unit and centre, held against the root that it names itself; nothing is pinned.

    Raises ``NoProfileError``, ``BadProfileError``, ``FormatTooNewError``.
    """
    return _verified(sers_folder, unidad=None, pin=None)


def pinned_huella(siga_folder: Path) -> str | None:
    """Give the huella of the root that is believed, 64 hexadecimal digits; ``None`` before there is one.

    Raises ``BadProfileError`` for a file that cannot be read.
    """
    path = siga_folder / PIN_NAME
    try:
        return "".join(path.read_text(encoding="ascii").split()).lower()[:64]
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path, "no se puede leer la huella confirmada") from error


def confirm_root(siga_folder: Path, huella: str) -> None:
    """Believe the centre of ``huella`` from now on, and no other; durable on return.

    The exporter's folder must be there. Raises ``DiskError``.
    """
    path = siga_folder / PIN_NAME
    durable.replace(path, f"{huella}\n".encode(), step="siga.parameters.huella", mode=0o644)


def _verified(sers_folder: Path, *, unidad: Nemonico | None, pin: str | None) -> VerifiedProfile:
    path = sers_folder / FILE_NAME
    raw = _read(path)
    try:
        fields = Fields(strict_json.loads(raw, max_bytes=_MAX_BYTES), "perfil-publico")
        local = fields.object("local")
        trust = _trust(local.text("documento_raiz", max_chars=_MAX_BYTES), pin)
        profile = _profile(fields.text("firmado", max_chars=_MAX_BYTES), trust, unidad)
        recipients = (*_centre(profile), _unit(local.object("sellado")))
        outbox = local.text("outbox", max_chars=_MAX_PATH) if local.optional("outbox") else ""
    except (BadProfileError, RootChangedError, FormatTooNewError):
        raise
    except TheirError as error:
        raise _bad(path, mensajes.sentence(error.code, error.fields).que) from error
    return VerifiedProfile(
        profile=profile,
        huella=trust.huella,
        recipients=recipients,
        nueva_huella=pin is None,
        trust=trust,
        outbox=outbox,
    )


def _read(path: Path) -> bytes:
    try:
        # Asked before it is opened: the open of a pipe waits for a writer, for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _bad(path, "no es un archivo")
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise NoProfileError("no profile", ruta=str(path)) from error
    except OSError as error:
        raise _bad(path, f"no se puede leer ({motivo(error)})") from error


def _trust(token: str, pin: str | None) -> Trust:
    """Open the root document by the pinned huella, or, before there is a pin, by its own."""
    claimed = base64url.decode(Fields(jws.unverified(token, typ=Typ.RAIZ), "raiz").text("raiz"))
    received = hashlib.sha256(claimed).hexdigest()
    if pin is not None and pin != received:
        raise RootChangedError("another root", fijada=show_huella(pin), recibida=show_huella(received))
    return open_root(token, huella=received)


def _profile(token: str, trust: Trust, unidad: Nemonico | None) -> Profile:
    verified = jws.verify(token, typ=Typ.PERFIL, key=lambda kid: trust.public_key(kid, use=KeyUse.PERFIL))
    profile = Profile.parse(verified.document)
    trust.public_key(verified.kid, use=KeyUse.PERFIL, at=profile.emitido)
    if profile.aud != trust.centre_id:
        raise BadProfileError("aud of another centre", ruta=FILE_NAME, motivo="es de otro centro")
    if (profile.unidad, profile.sistema) != (unidad or profile.unidad, SISTEMA):
        wanted = f"la {unidad}" if unidad else SISTEMA
        raise BadProfileError(
            "profile of another unit",
            ruta=FILE_NAME,
            motivo=f"es de la unidad {profile.unidad} ({profile.sistema}), no de {wanted}",
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
