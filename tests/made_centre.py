"""Makes the signed documents of a small centre through the public functions, and lets a test bend one thing."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sigasers.formats.documents import (
    Acuse,
    Asiento,
    Constancia,
    KeyUse,
    Resultado,
    RootDocument,
    RootKey,
    Typ,
    centre_id,
    log_origin,
)
from sigasers.formats.tlog import Checkpoint, Proof, entry_of, leaf_hash
from sigasers.keys import jws
from sigasers.keys.checkpoint import sign_checkpoint
from sigasers.keys.kinds import huella_of, spki_of
from sigasers.keys.trust import Trust, make_root_document, open_root, root_key
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico
from sigasers.protocol import merkle

AT = Instant(datetime(2021, 10, 21, 21, 30, tzinfo=UTC))
CONTENT = {"a.rar": b"R" * 100, "a.html": "<p>año</p>".encode()}
USES = (KeyUse.ACUSE, KeyUse.BITACORA, KeyUse.PERFIL)


def files() -> tuple[FileStatement, ...]:
    """Give the statements of ``CONTENT``."""
    return tuple(
        FileStatement(nombre=name, tamano_bytes=len(data), sha256=Digest(hashlib.sha256(data).hexdigest()))
        for name, data in CONTENT.items()
    )


@dataclass
class MadeCentre:
    """A centre with fresh keys; ``withdrawn`` maps a use to the time from which its key counts no more."""

    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    keys: dict[KeyUse, Ed25519PrivateKey] = field(
        default_factory=lambda: {use: Ed25519PrivateKey.generate() for use in USES}
    )
    withdrawn: dict[KeyUse, Instant] = field(default_factory=dict)
    log_size: int = 11

    @property
    def huella(self) -> str:
        """The root's huella."""
        return huella_of(self.root.public_key())

    @property
    def aud(self) -> str:
        """The centre's id."""
        return centre_id(self.huella)

    @property
    def root_document(self) -> str:
        """The signed root document."""
        claves = tuple(self._entry(use) for use in USES)
        document = RootDocument(
            n=1,
            epoca=1,
            emitido=AT,
            raiz=spki_of(self.root.public_key()),
            claves=claves,
            origen=log_origin(self.aud, 1),
            inscripcion=("https://127.0.0.1:1",),
            transmision=("https://127.0.0.1:2",),
        )
        return make_root_document(document, self.root)

    def _entry(self, use: KeyUse) -> RootKey:
        entry = root_key(use, self.keys[use].public_key(), desde=AT)
        return replace(entry, retirada=self.withdrawn.get(use))

    @property
    def trust(self) -> Trust:
        """What a unit that pinned the huella trusts."""
        return open_root(self.root_document, huella=self.huella)

    def asiento(self) -> Asiento:
        """Give the asiento of the one acuse that the tests look at."""
        later = AT.plus(timedelta(minutes=1))
        return Asiento(
            sobre=Digest("5" * 64),
            registro=Identifier("AAAAAAAAAAAAAAAAAAAAAA"),
            instalacion=Identifier("BBBBBBBBBBBBBBBBBBBBBA"),
            n=1,
            ofrecido=AT,
            completado=later,
            sal=Identifier("CCCCCCCCCCCCCCCCCCCCCA"),
        )

    def proof(self, asiento: bytes, *, index: int = 6, signer: Ed25519PrivateKey | None = None) -> str:
        """Give the proof of ``asiento`` at ``index`` in a log of ``log_size`` entries."""
        leaves = [leaf_hash(f"other {n}".encode()) for n in range(self.log_size)]
        leaves[index] = leaf_hash(entry_of(asiento))
        nodes: dict[tuple[int, int], bytes] = {}

        def read(level: int, position: int) -> bytes:
            return nodes[level, position]

        nodes |= {(node.level, node.position): node.hash for node in merkle.grow(read, 0, leaves)}
        checkpoint = Checkpoint(
            origin=log_origin(self.aud, 1), size=self.log_size, root=merkle.root(read, self.log_size)
        )
        note = sign_checkpoint(checkpoint, signer or self.keys[KeyUse.BITACORA])
        path = tuple(merkle.inclusion_path(read, index, self.log_size))
        return str(Proof(index=index, path=path, checkpoint=note))

    def acuse(self, **changes: object) -> Acuse:
        """Give the true acuse, with ``changes``."""
        asiento = self.asiento()
        true = Acuse(
            aud=self.aud,
            epoca=1,
            sobre=asiento.sobre,
            unidad=Nemonico(1288),
            sistema="SIGA",
            registro=asiento.registro,
            instalacion=asiento.instalacion,
            n=asiento.n,
            archivos=files(),
            ofrecido=asiento.ofrecido,
            completado=asiento.completado,
            asiento=asiento.to_payload(),
            indice=6,
            prueba=self.proof(asiento.to_payload()),
        )
        return replace(true, **changes)  # type: ignore[arg-type]

    def sign(self, document: Acuse | Constancia, use: KeyUse = KeyUse.ACUSE) -> str:
        """Sign with the key of ``use``."""
        typ = Typ.ACUSE if isinstance(document, Acuse) else Typ.CONSTANCIA
        return jws.sign(document.to_payload(), typ=typ, key=self.keys[use])

    def constancia(self, acuse: str, /, **changes: object) -> Constancia:
        """Give the true constancia on ``acuse``, with ``changes``."""
        asiento = self.asiento()
        true = Constancia(
            aud=self.aud,
            epoca=1,
            correlativo=3,
            sobre=asiento.sobre,
            acuse=jws.document_id(acuse),
            unidad=Nemonico(1288),
            registro=asiento.registro,
            resultado=Resultado.CONFORME,
            razones=(),
            archivos=files(),
            emitida=AT.plus(timedelta(minutes=2)),
        )
        return replace(true, **changes)  # type: ignore[arg-type]
