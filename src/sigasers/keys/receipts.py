"""What the centre signs for a unit, verified whole: acuse, constancia, oferta, profile.

The steps of an acuse are those of ``docs/spec/signed-documents.md``, in that order, each with its own error;
``verificador.py`` does the same without a line of this code.
"""

from sigasers.errors.keys import (
    AsientoMismatchError,
    ConstanciaMismatchError,
    NotInLogError,
    WrongCentreError,
    WrongLogError,
)
from sigasers.formats.documents import Acuse, Asiento, Constancia, KeyUse, Oferta, Profile, Typ, log_origin
from sigasers.formats.tlog import Checkpoint, Proof, entry_of, leaf_hash, verify_inclusion
from sigasers.keys import jws
from sigasers.keys.checkpoint import check_signature
from sigasers.keys.trust import Trust
from sigasers.model import Digest, Instant

Token = str | bytes
_IN_ASIENTO = ("sobre", "registro", "instalacion", "n", "ofrecido", "completado")
_IN_CONSTANCIA = ("sobre", "unidad", "registro", "archivos")


def verify_acuse(token: Token, trust: Trust) -> Acuse:
    """Give the acuse in ``token`` if all of it holds.

    Raises, in this order: the errors of ``jws.verify`` and ``Trust.public_key``; ``WrongCentreError``;
    ``AsientoMismatchError``; ``NotInLogError``; ``WrongLogError``; ``BadCheckpointSignatureError``; and
    ``FormatError``, ``FormatTooNewError`` wherever bytes are not of their format.
    """
    verified = _open(token, trust, Typ.ACUSE, KeyUse.ACUSE)
    acuse = Acuse.parse(verified.document)
    _check_signer(verified, trust, KeyUse.ACUSE, acuse.aud, acuse.completado)
    _check_asiento(acuse)
    _check_log(acuse, trust)
    return acuse


def verify_constancia(token: Token, trust: Trust, *, acuse: Token) -> Constancia:
    """Give the constancia in ``token`` if it holds and speaks of ``acuse``, which is verified too.

    Raises as ``verify_acuse``, and ``ConstanciaMismatchError``.
    """
    verified = _open(token, trust, Typ.CONSTANCIA, KeyUse.ACUSE)
    constancia = Constancia.parse(verified.document)
    _check_signer(verified, trust, KeyUse.ACUSE, constancia.aud, constancia.emitida)
    if constancia.acuse != jws.document_id(acuse):
        raise ConstanciaMismatchError("another acuse", campo="acuse")
    answered = verify_acuse(acuse, trust)
    for name in _IN_CONSTANCIA:
        if getattr(constancia, name) != getattr(answered, name):
            raise ConstanciaMismatchError(f"{name} differs", campo=name)
    return constancia


def verify_oferta(token: Token, trust: Trust, *, sobre: Digest | None = None) -> Oferta:
    """Give the oferta in ``token`` if it holds and, where given, is for ``sobre``; raises as ``verify_acuse``."""
    verified = _open(token, trust, Typ.OFERTA, KeyUse.ACUSE)
    oferta = Oferta.parse(verified.document)
    _check_signer(verified, trust, KeyUse.ACUSE, oferta.aud, oferta.ofrecido)
    if sobre is not None and oferta.sobre != sobre:
        raise AsientoMismatchError("oferta of another sobre", campo="sobre")
    return oferta


def verify_perfil(token: Token, trust: Trust) -> Profile:
    """Give the profile in ``token`` if it holds; past its ``vence`` it holds still. Raises as ``verify_acuse``."""
    verified = _open(token, trust, Typ.PERFIL, KeyUse.PERFIL)
    profile = Profile.parse(verified.document)
    _check_signer(verified, trust, KeyUse.PERFIL, profile.aud, profile.emitido)
    return profile


def _open(token: Token, trust: Trust, typ: Typ, use: KeyUse) -> jws.Verified:
    """Check the signature by a key of ``use``; the time it must have counted at stands in the payload."""
    return jws.verify(token, typ=typ, key=lambda kid: trust.public_key(kid, use=use))


def _check_signer(verified: jws.Verified, trust: Trust, use: KeyUse, aud: str, at: Instant) -> None:
    """Raise unless the document is of this centre and its signer's key counted at ``at``."""
    if aud != trust.centre_id:
        raise WrongCentreError("another centre's document", esperado=trust.centre_id, encontrado=aud)
    trust.public_key(verified.kid, use=use, at=at)


def _check_asiento(acuse: Acuse) -> None:
    """Raise unless the bytes that the log holds say the same as the acuse."""
    asiento = Asiento.from_bytes(acuse.asiento)
    for name in _IN_ASIENTO:
        if getattr(asiento, name) != getattr(acuse, name):
            raise AsientoMismatchError(f"{name} differs", campo=name)


def _check_log(acuse: Acuse, trust: Trust) -> None:
    """Raise unless the asiento is under a checkpoint of this centre's log, signed by the log's key."""
    proof = Proof.parse(acuse.prueba)
    note = proof.note
    checkpoint = Checkpoint.parse(note)
    if proof.index != acuse.indice:
        raise AsientoMismatchError("proof of another index", campo="indice")
    leaf = leaf_hash(entry_of(acuse.asiento))
    if not verify_inclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root):
        raise NotInLogError("path does not lead to the checkpoint")
    origin = log_origin(acuse.aud, acuse.epoca)
    if checkpoint.origin != origin:
        raise WrongLogError("another epoca", esperado=origin, encontrado=checkpoint.origin[:200])
    check_signature(note, checkpoint, trust, at=acuse.completado)
