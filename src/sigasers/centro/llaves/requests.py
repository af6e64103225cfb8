"""What the keys process does, request by request; what is not here cannot be asked of the keys.

Each request checks by itself that what it signs or opens is due: a checkpoint only as a continuation of the last
one, an acuse only with its asiento under that checkpoint, a password only for the unit that sent the archive.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers import durable
from sigasers.centro.llaves.keyring import LAST_CHECKPOINT, Keyring
from sigasers.errors import OwnError, SigasersError, TheirError
from sigasers.errors.centro import HalfPreparedError, KeysRefusedError, RolledBackError
from sigasers.errors.keys import BadCertificateError
from sigasers.formats import base64url
from sigasers.formats.archive_comment import parse_comment, parse_label
from sigasers.formats.cronograma import Cronograma
from sigasers.formats.documents import (
    Acuse,
    Asiento,
    Constancia,
    KeyUse,
    Oferta,
    Profile,
    SealingKey,
    Sobre,
    Typ,
)
from sigasers.formats.json_fields import Fields
from sigasers.formats.tlog import (
    Checkpoint,
    Note,
    Proof,
    entry_of,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from sigasers.keys import jws
from sigasers.keys.checkpoint import sign_checkpoint
from sigasers.keys.kinds import PublicKey, kid_of, spki_of
from sigasers.keys.x509 import (
    ClientSubject,
    check_issued,
    issue_client,
    issue_server,
    load_certificate,
    read_client,
    read_csr,
)
from sigasers.model import Digest, Identifier, Instant, Nemonico

_IN_ASIENTO = ("sobre", "registro", "instalacion", "n", "ofrecido", "completado")
_MAX_TEXT = 4 << 20


@dataclass(frozen=True, kw_only=True)
class _Point:
    """The last checkpoint signed: size, root, and the note's text."""

    size: int
    root: bytes
    note: str


class KeyService:
    """Answers requests with the keys of ``keyring``; keeps the last checkpoint in ``folder``, on its own disk."""

    def __init__(self, keyring: Keyring, folder: Path) -> None:
        """Read the last checkpoint.

        One that is missing (``HalfPreparedError``) or damaged (``BadNoteError``) stops the centre: without it a
        second history could be signed.
        """
        self._keyring = keyring
        self._path = folder / LAST_CHECKPOINT
        self._last = self._read_last()
        self._requests: Mapping[str, Callable[[Fields], dict[str, object]]] = {
            "ultimo": self._last_point,
            "cliente": self._client,
            "servidor": self._server,
            "oferta": self._oferta,
            "grupo": self._group,
            "constancia": self._constancia,
            "perfil": self._perfil,
            "abrir": self._open,
        }

    def answer(self, members: dict[str, object]) -> dict[str, object]:
        """Give the answer to one request; errors of ours are answers too, by code."""
        fields = Fields(members, "request")
        try:
            handler = self._requests[fields.text("pedido", max_chars=20)]
            return handler(fields)
        except KeyError as error:
            return {"error": KeysRefusedError.code, "detalle": f"no request {error}"}
        except SigasersError as error:
            return {"error": error.code, "detalle": error.detail, "fault": error.fault.value}
        except Exception as error:  # noqa: BLE001 - no request, whoever is behind it, ends the process that signs
            return {"error": OwnError.code, "detalle": type(error).__name__, "fault": OwnError.fault.value}

    def _read_last(self) -> _Point:
        try:
            note = self._path.read_text(encoding="utf-8")
        except OSError as error:
            raise HalfPreparedError("last checkpoint missing", falta=str(self._path)) from error
        checkpoint = Checkpoint.parse(Note.parse(note))
        return _Point(size=checkpoint.size, root=checkpoint.root, note=note)

    def _last_point(self, _fields: Fields) -> dict[str, object]:
        return {"tamano": self._last.size, "checkpoint": self._last.note}

    def _client(self, fields: Fields) -> dict[str, object]:
        key = read_csr(_binary(fields, "csr"))
        subject = ClientSubject(
            unidad=fields.parsed("unidad", Nemonico.parse),
            sistema=fields.text("sistema", max_chars=16),
            registro=fields.parsed("registro", Identifier),
        )
        at = fields.parsed("hora", Instant.parse)
        return _certificate(issue_client(self._keyring.authority, key, subject, at=at))

    def _server(self, fields: Fields) -> dict[str, object]:
        key = read_csr(_binary(fields, "csr"))
        names = fields.texts("nombres", max_items=50)
        at = fields.parsed("hora", Instant.parse)
        return _certificate(issue_server(self._keyring.authority, key, names, at=at))

    def _oferta(self, fields: Fields) -> dict[str, object]:
        oferta = Oferta(
            aud=self._keyring.name.aud,
            sobre=fields.parsed("sobre", Digest),
            unidad=fields.parsed("unidad", Nemonico.parse),
            registro=fields.parsed("registro", Identifier),
            ofrecido=fields.parsed("ofrecido", Instant.parse),
        )
        return self._signed(oferta.to_payload(), Typ.OFERTA, KeyUse.ACUSE)

    def _constancia(self, fields: Fields) -> dict[str, object]:
        constancia = Constancia.parse(fields.object("carga").raw)
        if constancia.aud != self._keyring.name.aud:
            raise KeysRefusedError("constancia of another centre")
        return self._signed(constancia.to_payload(), Typ.CONSTANCIA, KeyUse.ACUSE)

    def _perfil(self, fields: Fields) -> dict[str, object]:
        store = self._keyring.sealing
        keys = [store.load(kid).public_key() for kid in store.kids()]
        profile = Profile(
            aud=self._keyring.name.aud,
            unidad=fields.parsed("unidad", Nemonico.parse),
            sistema=fields.text("sistema", max_chars=16),
            registro=fields.parsed("registro", Identifier),
            epoca=self._keyring.name.epoca,
            n=fields.integer("n", minimum=1),
            emitido=fields.parsed("emitido", Instant.parse),
            vence=fields.parsed("vence", Instant.parse),
            sellado=tuple(SealingKey(kid=kid_of(key), publica=spki_of(key)) for key in keys),
            cronograma=_schedule(fields),
        )
        return self._signed(profile.to_payload(), Typ.PERFIL, KeyUse.PERFIL)

    def _group(self, fields: Fields) -> dict[str, object]:
        """Sign the checkpoint of a grown log, durably remembered first, and the acuses that are under it."""
        size, root = fields.integer("tamano"), _binary(fields, "raiz")
        path = [base64url.decode(text) for text in fields.texts("consistencia", max_items=128)]
        if size < self._last.size:
            raise RolledBackError(f"log of {size}, last signed {self._last.size}")
        if not verify_consistency(self._last.size, self._last.root, size, root, path):
            raise RolledBackError("log does not continue the last checkpoint")
        self._remember(size, root)
        acuses = [self._acuse(item) for item in fields.objects("acuses", max_items=10_000)]
        return {"checkpoint": self._last.note, "acuses": acuses}

    def _remember(self, size: int, root: bytes) -> None:
        if size == self._last.size and self._last.note:
            return
        checkpoint = Checkpoint(origin=self._keyring.name.origen, size=size, root=root)
        note = sign_checkpoint(checkpoint, self._keyring.signer(KeyUse.BITACORA))
        durable.replace(self._path, note.encode(), step="centro.keys_checkpoint", mode=0o600)
        self._last = _Point(size=size, root=root, note=note)

    def _acuse(self, item: Fields) -> str:
        """Sign one acuse whose asiento says the same and is under the last checkpoint."""
        index = item.integer("indice")
        path = tuple(base64url.decode(text) for text in item.texts("camino", max_items=64))
        proof = Proof(index=index, path=path, checkpoint=self._last.note)
        acuse = Acuse.parse(item.object("carga").raw | {"prueba": str(proof), "indice": index})
        asiento = Asiento.from_bytes(acuse.asiento)
        if any(getattr(asiento, name) != getattr(acuse, name) for name in _IN_ASIENTO):
            raise KeysRefusedError("acuse and asiento differ")
        leaf = leaf_hash(entry_of(acuse.asiento))
        if not verify_inclusion(leaf, index, self._last.size, path, self._last.root):
            raise KeysRefusedError("asiento is not under the last checkpoint")
        if acuse.aud != self._keyring.name.aud or acuse.epoca != self._keyring.name.epoca:
            raise KeysRefusedError("acuse of another centre or epoca")
        return jws.sign(acuse.to_payload(), typ=Typ.ACUSE, key=self._keyring.signer(KeyUse.ACUSE))

    def _open(self, fields: Fields) -> dict[str, object]:
        """Open a sealed password for the archive that the signer's own sobre names."""
        certificate = load_certificate(_binary(fields, "certificado"))
        subject = read_client(certificate)
        key = certificate.public_key()
        if not isinstance(key, PublicKey):
            raise BadCertificateError("key of no kind in use")
        check_issued(certificate, [self._keyring.authority.certificate], key=key)
        verified = jws.verify(fields.text("sobre", max_chars=_MAX_TEXT), typ=Typ.SOBRE, key=lambda _kid: key)
        sobre = Sobre.parse(verified.document)
        digest = fields.parsed("archivo", Digest)
        if all(item.sha256 != digest for item in sobre.archivos):
            raise KeysRefusedError("archive is not in the sobre")
        try:
            comment = parse_comment(_binary(fields, "comentario"))
            label = parse_label(comment.label)
            if {label.unidad, sobre.unidad} != {subject.unidad} or label.sistema != sobre.sistema:
                return {"rechazo": "CEN-080"}
            return {"clave": self._keyring.sealing.open_password(comment)}
        except TheirError as error:
            return {"rechazo": error.code}

    def _signed(self, payload: bytes, typ: Typ, use: KeyUse) -> dict[str, object]:
        return {"jws": jws.sign(payload, typ=typ, key=self._keyring.signer(use))}


def _schedule(fields: Fields) -> dict[str, object] | None:
    """Give the schedule to sign: what was asked, read and written anew, so that nothing else travels in its place."""
    if not fields.optional("cronograma"):
        return None
    return Cronograma.parse(fields.object("cronograma").raw).to_json()


def _certificate(certificate: x509.Certificate) -> dict[str, object]:
    return {"certificado": base64url.encode(certificate.public_bytes(Encoding.DER))}


def _binary(fields: Fields, name: str) -> bytes:
    return base64url.decode(fields.text(name, max_chars=_MAX_TEXT))
