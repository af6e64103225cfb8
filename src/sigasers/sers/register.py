"""Registration: from an identity file and a one-time code to a profile that can send.

Order, each step durable before the next: folder, database bound to folder and machine, trust pinned, keys,
certificate, settings, first session, public profile. Killed anywhere and run again it goes on with the same key,
for which the centre gives the same certificate.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.errors import TheirError
from sigasers.errors.sers import HuellaMismatchError, IdentityFileError, OtherIdentityError
from sigasers.formats.documents import IdentityFile
from sigasers.formats.documents.identity import MAX_BYTES
from sigasers.host import locks
from sigasers.keys.trust import Trust, open_root
from sigasers.mensajes.motivos import motivo
from sigasers.model import Instant
from sigasers.sers import database, est, identity, public_profile, settings, trust_file
from sigasers.sers.agent import open_agent
from sigasers.sers.clock import Clock
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.line import Line, open_line
from sigasers.sers.session import open_session
from sigasers.sers.trace import Trace

_PENDING = "registro_pendiente"


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What a registration ended with: whom the centre takes us for and until when; where SourceOut is."""

    unidad: str
    nombre: str
    sistema: str
    registro: str
    expires: Instant
    source_out: Path


def read_identity(path: Path) -> tuple[IdentityFile, Trust]:
    """Give the identity file and the trust that its root document opens; raises ``IdentityFileError``."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        found = IdentityFile.from_bytes(data)
        return found, open_root(found.documento_raiz, huella=found.huella)
    except OSError as error:
        raise IdentityFileError(str(error), ruta=str(path), motivo=f"{motivo(error)}.") from error
    except TheirError as error:
        reason = "No es un archivo de identidad válido, o está dañado."
        raise IdentityFileError(str(error), ruta=str(path), motivo=reason) from error


def check_huella(trust: Trust, given: str) -> None:
    """Raise ``HuellaMismatchError`` unless ``given`` (any case, blanks or colons between) is the root's huella."""
    plain = "".join(char for char in given.lower() if char not in " \t:-")
    if not secrets.compare_digest(plain.encode("utf-8"), trust.huella.encode("ascii")):
        raise HuellaMismatchError("huella differs", huella=trust.huella)


def register(
    root: Path, file: IdentityFile, trust: Trust, *, ask_code: Callable[[], str], clock: Clock
) -> Registered:
    """Register the profile in ``root``, or finish what an earlier run began; ``ask_code`` is called when needed.

    The caller has confirmed the huella. Raises ``OtherIdentityError``, ``ProfileCopiedError``, the errors of the
    code (``est.enroll``), of the line, of the session and of the disk.
    """
    folder = ProfileFolder.at(root)
    folder.make()
    with locks.hold(folder.lock):
        _prepare(folder, file, trust)
        if not folder.certificate.exists():
            _enroll(folder, file, trust, ask_code)
        pinned = trust_file.load(folder)
        subject = identity.load(folder, pinned).subject
        settings.write_identity(
            folder,
            unidad=str(subject.unidad),
            sistema=subject.sistema,
            registro=str(subject.registro),
            centre=pinned.centre_id,
        )
    return _first_session(root, clock)


def enrolment_line(trust: Trust) -> Line:
    """Give the line to the enrolment listener; only the authorities of the root document are trusted."""
    return open_line(trust.document.inscripcion, trust.ca_certificates())


def _prepare(folder: ProfileFolder, file: IdentityFile, trust: Trust) -> None:
    """Make the profile as far as it goes without network; refuses a folder that belongs to another identity."""
    db = database.create(folder)
    try:
        pending = database.get(db, _PENDING)
        if pending not in {None, str(file.registro_pendiente)}:
            raise OtherIdentityError("another identity", carpeta=str(folder.root), identidad=pending)
        if pending is None:
            with durable.transaction(db, step="sers.register.pending"):
                database.put(db, _PENDING, str(file.registro_pendiente))
    finally:
        db.close()
    if not folder.trust.exists():
        trust_file.pin(folder, trust)
    elif trust_file.load(folder).huella != trust.huella:
        raise OtherIdentityError("another centre", carpeta=str(folder.root), identidad="de otro centro")
    settings.write_first(folder)
    public_profile.sealing_kid(folder)


def _enroll(folder: ProfileFolder, file: IdentityFile, trust: Trust, ask_code: Callable[[], str]) -> None:
    """Get the certificate: the key is durable before the request leaves."""
    key = identity.make_key(folder)
    with Trace(folder.logs) as trace, enrolment_line(trust) as line:
        try:
            est.check_authority(line, trust)
            code = ask_code()
            certificate = est.enroll(
                line, trust, registro=file.registro_pendiente, code=code.strip(), key=key
            )
        except TheirError as error:
            trace.failed(error)
            raise
        identity.keep_certificate(folder, certificate)
        trace.say("registro", f"certificado recibido para la unidad {file.unidad.nemonico}")


def _first_session(root: Path, clock: Clock) -> Registered:
    with open_agent(root, clock=clock) as agent:
        answer = open_session(agent)[1].answer
        return Registered(
            unidad=str(answer.unidad),
            nombre=answer.nombre,
            sistema=answer.sistema,
            registro=str(answer.registro),
            expires=agent.identity.expires,
            source_out=agent.settings.source_out,
        )
