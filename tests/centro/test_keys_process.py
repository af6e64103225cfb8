"""The keys process, as the engine meets it: a real process over real pipes, and what it refuses to do."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from sigasers.centro.llaves import keyring
from sigasers.centro.llaves.client import KeysClient
from sigasers.centro.llaves.keyring import CentreName
from sigasers.errors.centro import (
    HalfPreparedError,
    KeysProcessError,
    KeysRefusedError,
    RolledBackError,
    SealRefusedError,
)
from sigasers.formats import base64url
from sigasers.formats.archive_comment import Role, label_bytes
from sigasers.formats.documents import (
    Acuse,
    Asiento,
    KeyUse,
    Resultado,
    RootDocument,
    Sobre,
    Typ,
    log_origin,
)
from sigasers.formats.strict_json import loads
from sigasers.formats.tlog import EMPTY_ROOT, entry_of, leaf_hash
from sigasers.keys import jws
from sigasers.keys.kinds import spki_of
from sigasers.keys.receipts import verify_acuse, verify_constancia, verify_oferta, verify_perfil
from sigasers.keys.sealing import Recipient, new_password, seal_password
from sigasers.keys.trust import Trust, make_root_document, open_root, root_key
from sigasers.keys.x509 import ClientSubject, check_issued, load_certificate, make_csr, read_client
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico
from sigasers.protocol import merkle
from tests.made_centre import MadeCentre, files
from tests.package import packages

T = TypeVar("T")
AT = Instant(datetime(2021, 10, 21, 21, 30, tzinfo=UTC))
LATER = AT.plus(timedelta(minutes=1))
REGISTRO, INSTALACION, SALT = (Identifier(letter * 21 + "A") for letter in "ABC")
UNIT = Nemonico(1288)


@dataclass
class Prepared:
    """The keys of a fresh centre, the trust that a unit would have, and a small log of its own."""

    folder: Path
    root: MadeCentre = field(default_factory=MadeCentre)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    size: int = 0

    def __post_init__(self) -> None:
        keyring.prepare(self.folder, self.name, AT)

    @property
    def name(self) -> CentreName:
        return CentreName(aud=self.root.aud, epoca=1)

    @property
    def trust(self) -> Trust:
        """What follows from a root document that names these very keys."""
        keys = keyring.load(self.folder)
        document = RootDocument(
            n=1,
            epoca=1,
            emitido=AT,
            raiz=spki_of(self.root.root.public_key()),
            claves=tuple(root_key(use, key.public_key(), desde=AT) for use, key in keys.signing.items()),
            origen=log_origin(self.root.aud, 1),
        )
        return open_root(make_root_document(document, self.root.root), huella=self.root.huella)

    def read(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]

    def grow(self, *asientos: bytes) -> None:
        """Append entries to the log that the engine would hold."""
        leaves = [leaf_hash(entry_of(item)) for item in asientos]
        for node in merkle.grow(self.read, self.size, leaves):
            self.nodes[node.level, node.position] = node.hash
        self.size += len(asientos)

    def state(self, signed: int) -> tuple[int, bytes, list[bytes]]:
        """Give size, root and consistency path from ``signed`` entries."""
        return (
            self.size,
            merkle.root(self.read, self.size),
            merkle.consistency_path(self.read, signed, self.size),
        )

    def item(self, acuse: Acuse) -> Mapping[str, object]:
        """Give the request for one acuse, with its path in the log as it stands."""
        path = merkle.inclusion_path(self.read, acuse.indice, self.size)
        return {
            "indice": acuse.indice,
            "camino": [base64url.encode(item) for item in path],
            "carga": loads(acuse.to_payload(), max_bytes=1 << 20),
        }


@pytest.fixture
def made(tmp_path: Path) -> Prepared:
    folder = tmp_path / "claves"
    folder.mkdir(mode=0o700)
    return Prepared(folder)


def asked(folder: Path, talk: Callable[[KeysClient], Awaitable[T]]) -> T:
    """Start the process, talk to it, close it."""

    async def run() -> T:
        client = await KeysClient.start(folder)
        try:
            return await talk(client)
        finally:
            await client.close()

    return asyncio.run(run())


def asiento_of(n: int) -> Asiento:
    return Asiento(
        sobre=Digest(hashlib.sha256(bytes([n])).hexdigest()),
        registro=REGISTRO,
        instalacion=INSTALACION,
        n=n,
        ofrecido=AT,
        completado=LATER,
        sal=SALT,
    )


def acuse_of(made: Prepared, asiento: Asiento, indice: int) -> Acuse:
    return Acuse(
        aud=made.root.aud,
        epoca=1,
        sobre=asiento.sobre,
        unidad=UNIT,
        sistema="SIGA",
        registro=REGISTRO,
        instalacion=INSTALACION,
        n=asiento.n,
        archivos=files(),
        ofrecido=AT,
        completado=LATER,
        asiento=asiento.to_payload(),
        indice=indice,
        prueba="",
    )


def test_group_of_acuses_verifies_as_a_unit_would(made: Prepared) -> None:
    """One question signs the grown log and every acuse under it, and each acuse holds by itself."""
    asientos = [asiento_of(n) for n in range(1, 4)]
    made.grow(*(item.to_payload() for item in asientos))
    items = [made.item(acuse_of(made, asiento, index)) for index, asiento in enumerate(asientos)]
    note, tokens = asked(made.folder, lambda keys: keys.group(*made.state(0), items))
    assert [verify_acuse(token, made.trust).n for token in tokens] == [1, 2, 3]
    assert note.startswith(log_origin(made.root.aud, 1) + "\n3\n")


def test_second_group_continues_the_first_across_a_restart(made: Prepared) -> None:
    """The last checkpoint is the process's own memory, on its own disk: a new process knows it."""
    made.grow(asiento_of(1).to_payload())
    asked(made.folder, lambda keys: keys.group(*made.state(0), []))
    made.grow(asiento_of(2).to_payload(), asiento_of(3).to_payload())

    async def second(keys: KeysClient) -> tuple[int, int]:
        before, _ = await keys.last()
        await keys.group(*made.state(before), [])
        after, _ = await keys.last()
        return before, after

    assert asked(made.folder, second) == (1, 3)


def test_same_log_is_signed_with_the_same_note(made: Prepared) -> None:
    """Asking again for a log that did not grow gives the stored note: nothing is signed twice."""
    made.grow(asiento_of(1).to_payload())

    async def twice(keys: KeysClient) -> tuple[str, str]:
        first, _ = await keys.group(*made.state(0), [])
        second, _ = await keys.group(*made.state(1), [])
        return first, second

    first, second = asked(made.folder, twice)
    assert first == second


def test_shorter_log_is_refused_for_ever(made: Prepared) -> None:
    """A machine that was rolled back cannot sign a second history."""
    made.grow(asiento_of(1).to_payload(), asiento_of(2).to_payload())
    asked(made.folder, lambda keys: keys.group(*made.state(0), []))
    rolled = Prepared.__new__(Prepared)
    rolled.folder, rolled.root, rolled.nodes, rolled.size = made.folder, made.root, {}, 0
    rolled.grow(asiento_of(1).to_payload())
    with pytest.raises(RolledBackError):
        asked(made.folder, lambda keys: keys.group(*rolled.state(0), []))


def test_longer_log_with_another_past_is_refused(made: Prepared) -> None:
    """More entries do not help: the new log must contain the one that was signed."""
    made.grow(asiento_of(1).to_payload())
    asked(made.folder, lambda keys: keys.group(*made.state(0), []))
    other = Prepared.__new__(Prepared)
    other.folder, other.root, other.nodes, other.size = made.folder, made.root, {}, 0
    other.grow(asiento_of(7).to_payload(), asiento_of(8).to_payload())
    size, root, path = other.state(1)
    for proof in (path, [], [EMPTY_ROOT]):
        with pytest.raises(RolledBackError):
            asked(made.folder, lambda keys, proof=proof: keys.group(size, root, proof, []))


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2},
        {"sobre": Digest("9" * 64)},
        {"completado": LATER.plus(timedelta(seconds=1))},
        {"aud": "c-" + "0" * 32},
        {"epoca": 2},
    ],
    ids=lambda change: next(iter(change)),
)
def test_acuse_that_is_not_its_asiento_is_refused(made: Prepared, change: dict[str, object]) -> None:
    """The engine cannot have an acuse signed that says another thing than the log, or speaks for another centre."""
    made.grow(asiento_of(1).to_payload())
    bent = made.item(replace(acuse_of(made, asiento_of(1), 0), **change))  # type: ignore[arg-type]
    with pytest.raises(KeysRefusedError):
        asked(made.folder, lambda keys: keys.group(*made.state(0), [bent]))


def test_acuse_of_an_asiento_outside_the_log_is_refused(made: Prepared) -> None:
    """Without an inclusion proof under the signed checkpoint there is no acuse."""
    made.grow(asiento_of(1).to_payload(), asiento_of(2).to_payload())
    bent = dict(made.item(acuse_of(made, asiento_of(1), 0)))
    bent["carga"] = loads(acuse_of(made, asiento_of(5), 0).to_payload(), max_bytes=1 << 20)
    with pytest.raises(KeysRefusedError):
        asked(made.folder, lambda keys: keys.group(*made.state(0), [bent]))


def test_certificates_are_what_was_asked_for(made: Prepared) -> None:
    """A unit's certificate names unit and registration; a server's is of the same authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    csr = make_csr(key)

    async def both(keys: KeysClient) -> tuple[bytes, bytes]:
        client = await keys.client_certificate(csr, unidad=UNIT, sistema="SIGA", registro=REGISTRO, at=AT)
        return client, await keys.server_certificate(csr, ["127.0.0.1", "centro.example"], at=AT)

    client, server = (load_certificate(der) for der in asked(made.folder, both))
    authority = keyring.load(made.folder).authority.certificate
    for certificate in (client, server):
        check_issued(certificate, [authority], key=key.public_key())
    assert read_client(client) == ClientSubject(unidad=UNIT, sistema="SIGA", registro=REGISTRO)


@pytest.mark.parametrize("registro", ["____________________-A", "--------------------_w"])
def test_certificate_holds_every_registration(made: Prepared, registro: str) -> None:
    """Identifiers with signs that a PrintableString has not once ended the keys process, and with it the centre."""
    key = ec.generate_private_key(ec.SECP256R1())
    der = asked(
        made.folder,
        lambda keys: keys.client_certificate(
            make_csr(key), unidad=UNIT, sistema="SIGA", registro=Identifier(registro), at=AT
        ),
    )
    assert str(read_client(load_certificate(der)).registro) == registro


@pytest.mark.parametrize("csr", [b"", b"x" * 100, b"\x30" * 9000])
def test_request_that_is_none_is_refused(made: Prepared, csr: bytes) -> None:
    """Bytes that are no certificate request do not end the process; the next question is answered."""

    async def talk(keys: KeysClient) -> int:
        with pytest.raises(KeysRefusedError):
            await keys.client_certificate(csr, unidad=UNIT, sistema="SIGA", registro=REGISTRO, at=AT)
        return (await keys.last())[0]

    assert asked(made.folder, talk) == 0


def test_oferta_and_profile_hold(made: Prepared) -> None:
    """What is signed for a unit at its session verifies by the root document, each by the key of its use."""

    async def both(keys: KeysClient) -> tuple[str, str]:
        oferta = await keys.oferta(Digest("5" * 64), unidad=UNIT, registro=REGISTRO, at=AT)
        perfil = await keys.perfil(
            unidad=UNIT, sistema="SIGA", registro=REGISTRO, n=4, issued=AT, expires=LATER
        )
        return oferta, perfil

    oferta, perfil = asked(made.folder, both)
    assert verify_oferta(oferta, made.trust, sobre=Digest("5" * 64)).ofrecido == AT
    profile = verify_perfil(perfil, made.trust)
    sealing = keyring.load(made.folder).sealing.kids()
    assert (profile.n, tuple(key.kid for key in profile.sellado)) == (4, sealing)


def test_constancia_holds_and_one_for_another_centre_is_refused(made: Prepared) -> None:
    """The constancia is the same bytes that were asked for, and only in this centre's name."""
    made.grow(asiento_of(1).to_payload())
    item = made.item(acuse_of(made, asiento_of(1), 0))
    acuse = asked(made.folder, lambda keys: keys.group(*made.state(0), [item]))[1][0]
    true = made.root.constancia(
        acuse, sobre=asiento_of(1).sobre, resultado=Resultado.OBSERVADO, emitida=LATER
    )
    payload = loads(true.to_payload(), max_bytes=1 << 20)
    foreign = loads(replace(true, aud="c-" + "0" * 32).to_payload(), max_bytes=1 << 20)

    async def talk(keys: KeysClient) -> str:
        with pytest.raises(KeysRefusedError):
            await keys.constancia(foreign)  # type: ignore[arg-type]
        return await keys.constancia(payload)  # type: ignore[arg-type]

    token = asked(made.folder, talk)
    assert verify_constancia(token, made.trust, acuse=acuse).resultado is Resultado.OBSERVADO


@dataclass
class Sealed:
    """A package's comment sealed to this centre, and the sobre that names the package."""

    made: Prepared
    unidad: Nemonico = UNIT
    label_unidad: Nemonico = UNIT
    named: Digest = field(default_factory=lambda: Digest("a" * 64))
    password: str = field(default_factory=new_password)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def comment(self) -> bytes:
        label = replace(packages.label_of(packages.manifest_of()), unidad=self.label_unidad)
        store = keyring.load(self.made.folder).sealing
        public = store.load(store.kids()[0]).public_key()
        return seal_password(
            self.password, label_bytes(label), [Recipient(role=Role.CENTRO, public_key=public)]
        )

    @property
    def sobre(self) -> str:
        file = FileStatement(nombre="a.rar", tamano_bytes=9, sha256=self.named)
        document = Sobre(
            aud=self.made.root.aud,
            registro=REGISTRO,
            unidad=self.unidad,
            sistema="SIGA",
            instalacion=INSTALACION,
            n=1,
            anterior=None,
            creado=AT,
            desfase_ms=None,
            archivos=(file,),
        )
        return jws.sign(document.to_payload(), typ=Typ.SOBRE, key=self.key)

    def ask(self, **changes: object) -> str:
        """Ask for the password with a certificate for ``UNIT``; ``changes`` replace what is asked."""

        async def talk(keys: KeysClient) -> str:
            certificate = await keys.client_certificate(
                make_csr(self.key), unidad=UNIT, sistema="SIGA", registro=REGISTRO, at=AT
            )
            question = {
                "sobre": self.sobre,
                "certificate": certificate,
                "archive": Digest("a" * 64),
                "comment": self.comment,
            }
            return await keys.open_seal(**(question | changes))  # type: ignore[arg-type]

        return asked(self.made.folder, talk)


def test_password_is_given_for_the_archive_of_the_signers_sobre(made: Prepared) -> None:
    """The one rightful question has an answer."""
    sealed = Sealed(made)
    assert sealed.ask() == sealed.password


def test_package_of_another_unit_is_not_opened(made: Prepared) -> None:
    """A package whose label names another unit than the certificate's stays shut: the unit's fault, with its code."""
    with pytest.raises(SealRefusedError) as caught:
        Sealed(made, label_unidad=Nemonico(1287)).ask()
    assert caught.value.fields["codigo"] == "CEN-080"


def test_archive_that_the_sobre_does_not_name_is_not_opened(made: Prepared) -> None:
    """The engine cannot have any archive opened with any sobre."""
    with pytest.raises(KeysRefusedError):
        Sealed(made, named=Digest("b" * 64)).ask()


def test_certificate_of_another_authority_opens_nothing(made: Prepared, tmp_path: Path) -> None:
    """Whoever holds the engine cannot make up a unit: the certificate must be this authority's."""
    other = tmp_path / "otro"
    other.mkdir(mode=0o700)
    foreign = Sealed(Prepared(other))
    der = asked(
        other,
        lambda keys: keys.client_certificate(
            make_csr(foreign.key), unidad=UNIT, sistema="SIGA", registro=REGISTRO, at=AT
        ),
    )
    with pytest.raises(KeysRefusedError):
        Sealed(made, key=foreign.key).ask(certificate=der)


def test_sobre_signed_by_another_key_opens_nothing(made: Prepared) -> None:
    """The sobre must carry the signature of the certificate's key."""
    with pytest.raises(KeysRefusedError):
        Sealed(made).ask(sobre=Sealed(made).sobre)


@pytest.mark.parametrize("comment", [b"", b"{}", b"\xff"])
def test_comment_that_is_none_is_a_refusal_of_the_package(made: Prepared, comment: bytes) -> None:
    """An archive without a comment of ours is the sender's affair, not a defect here."""
    with pytest.raises(SealRefusedError):
        Sealed(made).ask(comment=comment)


def test_missing_key_stops_the_start_with_a_sentence(made: Prepared) -> None:
    """A key that is gone is never made anew: the units' trust would be gone with it."""
    (made.folder / f"{KeyUse.ACUSE.value}.pem").unlink()
    with pytest.raises(HalfPreparedError):
        asked(made.folder, KeysClient.last)


def test_prepare_twice_keeps_every_key(made: Prepared) -> None:
    """A first start that was stopped and repeated changes nothing that is there."""
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    keyring.prepare(made.folder, made.name, LATER)
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before


def test_end_of_the_process_is_noticed(made: Prepared) -> None:
    """A keys process that is gone is an error for whoever asks, at once."""

    async def talk(keys: KeysClient) -> int:
        keys._process.kill()
        with pytest.raises(KeysProcessError):
            await keys.last()
        return await keys.wait()

    assert asked(made.folder, talk) != 0


def test_process_has_no_environment_and_ends_with_its_engine(made: Prepared) -> None:
    """Nothing of the engine's environment reaches the keys, and closing the pipe ends the process by itself."""

    async def talk() -> tuple[dict[str, str], int]:
        client = await KeysClient.start(made.folder)
        environment = psutil.Process(client._process.pid).environ()
        client._process.stdin.close()  # type: ignore[union-attr]
        return environment, await client.wait()

    environment, code = asyncio.run(talk())
    assert set(environment) <= {"SIGASERS_FAILPOINT", "LC_CTYPE", "SYSTEMROOT"}
    assert code == 0


def test_questions_at_once_get_their_own_answers(made: Prepared) -> None:
    """Many tasks may ask at the same time."""
    digests = [Digest(f"{n:064x}") for n in range(40)]

    async def talk(keys: KeysClient) -> list[str]:
        return await asyncio.gather(
            *(keys.oferta(digest, unidad=UNIT, registro=REGISTRO, at=AT) for digest in digests)
        )

    assert [verify_oferta(token, made.trust).sobre for token in asked(made.folder, talk)] == digests


def test_question_whose_asker_went_away_does_not_shift_the_answers(made: Prepared) -> None:
    """A connection that ends while the keys are asked must not hand its answer to the next one."""

    async def talk(keys: KeysClient) -> str:
        left = asyncio.create_task(keys.oferta(Digest("1" * 64), unidad=UNIT, registro=REGISTRO, at=AT))
        while not keys._turn.locked():  # noqa: ASYNC110 - a lock tells nobody when it is taken
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        left.cancel()
        return await keys.oferta(Digest("2" * 64), unidad=UNIT, registro=REGISTRO, at=AT)

    assert verify_oferta(asked(made.folder, talk), made.trust).sobre == Digest("2" * 64)
