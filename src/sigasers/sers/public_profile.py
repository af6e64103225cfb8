"""``perfil-publico.json``: what ``siga`` reads of the courier; ``firmado`` is the centre's, ``local`` is ours."""

import json

from sigasers import durable
from sigasers.errors.formats import FormatError
from sigasers.errors.keys import TrustError
from sigasers.formats import base64url, strict_json
from sigasers.formats.archive_comment import Role
from sigasers.formats.documents import Profile, Typ
from sigasers.formats.json_fields import Fields
from sigasers.keys.receipts import verify_perfil
from sigasers.keys.sealing_store import SealingStore
from sigasers.keys.trust import Trust
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.settings import Settings

_MAX_BYTES = 2 * Typ.PERFIL.max_token_bytes + 4096


def sealing_kid(folder: ProfileFolder) -> str:
    """Give the id of the unit's newest sealing key; the first call makes one, durable."""
    store = SealingStore(folder=folder.keys, role=Role.UNIDAD)
    kids = store.kids()
    if not kids:
        store.create()
    return store.kids()[0]


def write(folder: ProfileFolder, settings: Settings, trust: Trust, token: str) -> None:
    """Make the file hold the profile ``token``, which was verified; an equal file is left alone."""
    kid = sealing_kid(folder)
    public = SealingStore(folder=folder.keys, role=Role.UNIDAD).load(kid).public_key()
    local = {
        "outbox": str(settings.source_out),
        "documento_raiz": trust.token,
        "sellado": {"kid": kid, "publica": base64url.encode(public.public_bytes_raw())},
    }
    members = {"v": 1, "firmado": token, "local": local}
    data = json.dumps(members, ensure_ascii=False, indent=1).encode("utf-8")
    if read(folder) != data:
        durable.replace(folder.public_profile, data, step="sers.profile.write")


def known(folder: ProfileFolder, trust: Trust) -> Profile | None:
    """Give the profile that the file holds, or ``None`` if there is none that still verifies."""
    data = read(folder)
    if data is None:
        return None
    try:
        fields = Fields(strict_json.loads(data, max_bytes=_MAX_BYTES), "perfil-publico")
        return verify_perfil(fields.text("firmado", max_chars=Typ.PERFIL.max_token_bytes), trust)
    except (FormatError, TrustError):
        return None


def read(folder: ProfileFolder) -> bytes | None:
    """Give the file's bytes, or ``None``."""
    try:
        with folder.public_profile.open("rb") as file:
            return file.read(_MAX_BYTES)
    except OSError:
        return None
