"""``confianza.json``: ``{v, huella, documento_raiz}``, whom this profile trusts; pinned at registration."""

import json
from pathlib import Path

from sigasers import durable
from sigasers.errors.formats import FormatError
from sigasers.errors.keys import TrustError
from sigasers.errors.sers import ProfileDamagedError, ProfileMissingError
from sigasers.formats import strict_json
from sigasers.formats.documents import Typ
from sigasers.formats.json_fields import Fields
from sigasers.keys.trust import Trust, open_root
from sigasers.sers.folder import ProfileFolder

_MAX_BYTES = Typ.RAIZ.max_token_bytes + 4096


def load(folder: ProfileFolder) -> Trust:
    """Give the trust of this profile; raises ``ProfileMissingError``, ``ProfileDamagedError``."""
    try:
        with folder.trust.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ProfileMissingError("no trust file", carpeta=str(folder.root)) from error
    except OSError as error:
        raise _damaged(folder.trust, "No se puede leer.") from error
    try:
        fields = Fields(strict_json.loads(data, max_bytes=_MAX_BYTES), "confianza")
        token = fields.text("documento_raiz", max_chars=Typ.RAIZ.max_token_bytes)
        return open_root(token, huella=fields.text("huella"))
    except (FormatError, TrustError) as error:
        raise _damaged(folder.trust, "Su contenido no es el que se guardó al registrar.") from error


def pin(folder: ProfileFolder, trust: Trust) -> None:
    """Write the file for the first time."""
    durable.write_new(folder.trust, _content(trust), step="sers.trust.pin")


def renew(folder: ProfileFolder, old: Trust, token: str) -> Trust:
    """Keep a newer root document of the same root; raises ``TrustError`` for another root or an older document."""
    trust = open_root(token, huella=old.huella).check_not_older(old.document.order)
    if trust.document.order != old.document.order:
        durable.replace(folder.trust, _content(trust), step="sers.trust.renew")
    return trust


def _content(trust: Trust) -> bytes:
    members = {"v": 1, "huella": trust.huella, "documento_raiz": trust.token}
    return json.dumps(members, indent=1).encode("ascii")


def _damaged(path: Path, reason: str) -> ProfileDamagedError:
    return ProfileDamagedError("trust file", ruta=str(path), motivo=reason)
