"""Sobres as they are offered: signature and sender judged, the oferta signed, the place in the chain noted."""

import asyncio
from dataclasses import dataclass
from sqlite3 import Connection

from cryptography import x509

from sigasers.centro import offers, registrations
from sigasers.centro.clock import Clock
from sigasers.centro.committer import Committer
from sigasers.centro.database import Writer
from sigasers.centro.identity import Identity
from sigasers.centro.limits import Limits
from sigasers.centro.llaves.client import KeysClient
from sigasers.centro.offers import Offer, Status
from sigasers.errors import TheirError
from sigasers.errors.centro import ForeignSobreError, NotThereError, SobreError, TooManyOffersError
from sigasers.errors.keys import UnknownKeyError
from sigasers.formats.documents import Sobre, Typ
from sigasers.keys import jws
from sigasers.keys.kinds import PublicKey
from sigasers.model import Digest, Instant, Nemonico

FORK = "bifurcacion"


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A sobre whose signature holds and whose sender is who it says."""

    token: str
    id: Digest
    sobre: Sobre
    signer: Digest


class Reception:
    """What is done with an offered sobre. Offering the same one again gives the same answer."""

    def __init__(
        self,
        *,
        writer: Writer,
        reader: Connection,
        keys: KeysClient,
        committer: Committer,
        clock: Clock,
        limits: Limits,
        aud: str,
    ) -> None:
        self._writer, self._reader, self._keys = writer, reader, keys
        self._committer, self._clock, self._limits, self._aud = committer, clock, limits, aud

    async def offer(self, who: Identity, body: bytes) -> Status:
        """Take a sobre and give what it misses, or its acuse.

        Raises ``SobreError`` (malformed, or its signature does not hold), ``ForeignSobreError``,
        ``TooManyOffersError``.
        """
        sobre = _id_of(body)
        status = offers.read_status(self._reader, sobre, who.unidad)
        if status is None:  # else these very bytes were judged when they came first: the id is their digest
            judged = await asyncio.to_thread(self._judge, who, body, self._signers(who))
            await self._store(who, judged)
            status = self._status(sobre, who)
        if not status.missing and status.acuse is None:
            await self._committer.wait_for(sobre, self._limits.acuse_wait_s)
            status = self._status(sobre, who)
        return status

    def _signers(self, who: Identity) -> list[tuple[Digest, x509.Certificate]]:
        return registrations.certificates(self._reader, who.registro)

    def _judge(self, who: Identity, body: bytes, signers: list[tuple[Digest, x509.Certificate]]) -> _Judged:
        """Verify the signature by any certificate of the same registro, expired ones included."""
        found: dict[str, tuple[Digest, PublicKey]] = {}
        for fingerprint, certificate in signers:
            key = certificate.public_key()
            if isinstance(key, PublicKey):
                found[jws.kid_of(key)] = (fingerprint, key)

        def key_of(kid: str) -> PublicKey:
            if kid not in found:
                raise UnknownKeyError("not a key of this registration", kid=kid[:60])
            return found[kid][1]

        try:
            verified = jws.verify(body.strip(), typ=Typ.SOBRE, key=key_of)
            sobre = Sobre.parse(verified.document, any_version=True)
        except TheirError as error:
            raise SobreError(str(error), motivo=error.code) from error
        self._check_sender(who, sobre)
        token = body.strip().decode("ascii")
        return _Judged(token=token, id=verified.id, sobre=sobre, signer=found[verified.kid][0])

    def _check_sender(self, who: Identity, sobre: Sobre) -> None:
        expected = (self._aud, who.registro, Nemonico.parse(who.unidad), who.sistema)
        if (sobre.aud, sobre.registro, sobre.unidad, sobre.sistema) != expected:
            raise ForeignSobreError("sobre of another centre, registration, unit or system")

    async def _store(self, who: Identity, judged: _Judged) -> None:
        now = self._clock()
        sobre = judged.sobre
        oferta = await self._keys.oferta(judged.id, unidad=sobre.unidad, registro=sobre.registro, at=now)

        def insert(connection: Connection) -> list[Digest]:
            if offers.count_open(connection, who.unidad) >= self._limits.max_open_offers:
                raise TooManyOffersError("too many open offers", limite=self._limits.max_open_offers)
            self._insert(connection, _offer(judged, now, oferta), now)
            return offers.mark_whole(connection, [judged.id])

        self._committer.whole(await self._writer.run(insert))

    def _insert(self, connection: Connection, offer: Offer, now: Instant) -> None:
        """Insert with what is wrong with its place in the chain: noted, marked, never refused."""
        findings = offers.chain_findings(connection, offer)
        if FORK in findings and FORK not in offer.marcas:
            offer = offers.with_mark(offer, FORK)
        if offers.insert_offer(connection, offer):
            for finding in findings:
                offers.record_finding(connection, offer.id, finding, f"n={offer.n}", now)

    def _status(self, sobre: Digest, who: Identity) -> Status:
        status = offers.read_status(self._reader, sobre, who.unidad)
        if status is None:
            raise NotThereError("no such sobre of this unit")
        return status


def _id_of(body: bytes) -> Digest:
    """Give the id of a token before anything in it is believed; raises ``SobreError``."""
    try:
        return jws.document_id(body.strip())
    except TheirError as error:
        raise SobreError(str(error), motivo=error.code) from error


def _offer(judged: _Judged, now: Instant, oferta: str) -> Offer:
    sobre = judged.sobre
    return Offer(
        id=judged.id,
        registro=sobre.registro,
        unidad=str(sobre.unidad),
        sistema=sobre.sistema,
        instalacion=sobre.instalacion,
        n=sobre.n,
        anterior=sobre.anterior,
        clase=sobre.clase.value,
        nuevo=sobre.too_new,
        jws=judged.token,
        firmante=judged.signer,
        ofrecido=now,
        oferta=oferta,
        marcas=sobre.marcas,
        archivos=sobre.archivos,
    )
