"""Transmisión without uploads: sessions, documents, sobres and their chain, acuses, constancias."""

import json
import os
import sqlite3
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from sigasers.centro.identity import new_identifier
from sigasers.formats.documents import Clase, Resultado, Typ
from sigasers.formats.documents.members import encode
from sigasers.keys import jws
from sigasers.keys.checkpoint import verify_checkpoint
from sigasers.keys.receipts import verify_acuse, verify_constancia, verify_oferta, verify_perfil
from sigasers.keys.trust import open_root
from sigasers.model import Digest, Identifier, Nemonico
from tests.centro.running_centre import MadeUnit, RunningCentre, digest_of, today

FILES = {"a.txt": b"uno", "b.txt": "dós".encode()}


def fresh(**files: bytes) -> dict[str, bytes]:
    """Give files that no other test has sent."""
    return files or {"a.txt": os.urandom(200), "b.txt": os.urandom(20)}


def test_session_tells_who_asks_and_what_is_newest(unit: MadeUnit) -> None:
    """The first answer names the unit, the centre's clock, the newest documents and the limits."""
    before = today()
    told = unit.session().json
    assert (told["unidad"], told["sistema"]) == ("1288", "SIGA")
    assert told["registro"] == str(unit.identity.registro_pendiente)
    assert before.plus(-timedelta(seconds=1)) <= type(before).parse(str(told["hora"])) <= today()
    assert told["raiz"] == [1, 1]
    newest = verify_perfil(unit.ask("GET", "/v1/perfil").text, unit.trust)
    assert told["perfil"] == list(newest.order)
    assert told["cabeza"] is None
    assert told["limites"] == {"tamano_maximo": 1 << 40, "trozo": 8 << 20}
    assert unit.session().json["sesion"] != told["sesion"]


def test_session_tells_the_head_of_the_asked_chain(unit: MadeUnit) -> None:
    """The agent learns how far its chain got, and nothing of other chains."""
    files = fresh()
    for _ in range(2):
        unit.deliver(unit.signed(files), files)
    head = unit.session(instalacion=str(unit.instalacion)).json["cabeza"]
    assert head == {"instalacion": str(unit.instalacion), "n": 2, "sobre": str(unit.anterior)}
    assert unit.session(instalacion=str(new_identifier())).json["cabeza"] is None


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"v":1}', b'{"v":1,"v":1}', b'{"v":"1"}', b"\xff", b"[" * 5000],
)
def test_session_that_is_none_is_refused(unit: MadeUnit, body: bytes) -> None:
    """What is not the asked object is a 400 with a code, never a defect."""
    reply = unit.ask("POST", "/v1/sesion", body=body, headers={"Content-Type": "application/json"})
    assert reply.status == 400
    assert reply.code.startswith(("CEN-", "FMT-"))


def test_root_and_profile_verify(unit: MadeUnit) -> None:
    """Both documents are the same bytes at each asking and hold by the identity file alone."""
    for path in ("/v1/raiz", "/v1/perfil"):
        first, second = (unit.ask("GET", path) for _ in range(2))
        assert first.headers["content-type"].startswith("application/jose")
        assert first.body == second.body
    trust = open_root(unit.ask("GET", "/v1/raiz").text, huella=unit.identity.huella)
    profile = verify_perfil(unit.ask("GET", "/v1/perfil").text, trust)
    assert (profile.unidad, profile.sistema) == (Nemonico(1288), "SIGA")
    assert profile.sellado


def test_whole_sobre_gets_an_acuse_that_verifies(unit: MadeUnit) -> None:
    """The main path: offer, missing files, uploads, acuse; proved by the huella alone."""
    files = fresh()
    token = unit.signed(files)
    offered = unit.offer(token)
    assert offered.status == 202
    assert offered.json["sobre"] == str(jws.document_id(token))
    assert offered.json["faltan"] == [str(digest_of(data)) for data in files.values()]
    assert offered.json["acuse"] is None
    acuse = verify_acuse(unit.deliver(token, files), unit.trust)
    oferta = verify_oferta(str(offered.json["oferta"]), unit.trust, sobre=acuse.sobre)
    assert acuse.sobre == jws.document_id(token)
    assert acuse.ofrecido == oferta.ofrecido <= acuse.completado
    assert {file.nombre: file.sha256 for file in acuse.archivos} == {
        name: digest_of(data) for name, data in files.items()
    }


def test_acknowledged_bytes_are_in_the_store(unit: MadeUnit) -> None:
    """An acuse means that the very bytes lie at the centre."""
    files = fresh()
    unit.deliver(unit.signed(files), files)
    stored = unit.centre.stored()
    assert all(stored[str(digest_of(data))] == data for data in files.values())


def test_same_sobre_gets_the_same_answers_byte_for_byte(unit: MadeUnit) -> None:
    """Whatever answer was lost, asking again gives it: one oferta, one acuse, for ever."""
    files = fresh()
    token = unit.signed(files)
    first = unit.offer(token).json["oferta"]
    acuse = unit.deliver(token, files)
    again = unit.offer(token)
    assert (again.status, again.json["acuse"], again.json["oferta"]) == (200, acuse, first)
    assert again.json["faltan"] == []
    path = f"/v1/acuses/{jws.document_id(token)}"
    assert unit.ask("GET", path).text == acuse


def test_other_signature_of_the_same_sobre_changes_nothing(unit: MadeUnit) -> None:
    """ES256 signatures can be made many ways; the sobre is its signing input, acknowledged once."""
    files = fresh()
    payload = unit.sobre(files).to_payload()
    first, second = unit.sign(payload), unit.sign(payload)
    assert first != second
    acuse = unit.deliver(first, files)
    assert unit.offer(second).json["acuse"] == acuse


def test_known_file_of_the_unit_is_not_sent_again(unit: MadeUnit) -> None:
    """The same bytes under another name are at the centre already."""
    files = fresh()
    unit.deliver(unit.signed(files), files)
    renamed = {f"otro-{name}": data for name, data in files.items()}
    reply = unit.offer(unit.signed(renamed))
    assert (reply.status, reply.json["faltan"]) == (200, [])


def test_known_file_of_another_unit_is_missing(unit: MadeUnit, neighbour: MadeUnit) -> None:
    """A unit learns nothing of what others sent, and gets nothing by knowing a digest."""
    files = fresh()
    neighbour.deliver(neighbour.signed(files), files)
    assert len(unit.offer(unit.signed(files)).json["faltan"]) == len(files)  # type: ignore[arg-type]


def test_sobres_of_other_units_are_not_there(unit: MadeUnit, neighbour: MadeUnit) -> None:
    """Acuses and constancias are the sender's alone; for others they do not exist."""
    files = fresh()
    token = neighbour.signed(files)
    neighbour.deliver(token, files)
    for kind in ("acuses", "constancias"):
        for name in (str(jws.document_id(token)), "0" * 64, "nada", "%2e%2e"):
            reply = unit.ask("GET", f"/v1/{kind}/{name}")
            assert (reply.status, reply.code) == (404, "CEN-004")


def test_acuse_of_an_open_sobre_is_to_come(unit: MadeUnit) -> None:
    """Offered and not whole: 202, no body that could be mistaken for an acuse."""
    token = unit.signed(fresh())
    unit.offer(token)
    assert unit.ask("GET", f"/v1/acuses/{jws.document_id(token)}").status == 202
    assert unit.ask("GET", f"/v1/constancias/{jws.document_id(token)}").status == 202


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "c-" + "0" * 32},
        {"unidad": Nemonico(1287)},
        {"sistema": "SIAF"},
        {"registro": Identifier("AAAAAAAAAAAAAAAAAAAAAA")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_sobre_in_anothers_name_is_refused(unit: MadeUnit, changes: dict[str, object]) -> None:
    """Centre, unit, system and registration must be those of the certificate."""
    reply = unit.offer(unit.sign(unit.sobre(FILES, **changes).to_payload()))
    assert (reply.status, reply.code) == (403, "CEN-030")


def test_sobre_signed_by_another_key_is_refused(unit: MadeUnit) -> None:
    """The signature must be of a certificate of this registration."""
    stranger = ec.generate_private_key(ec.SECP256R1())
    token = jws.sign(unit.sobre(FILES).to_payload(), typ=Typ.SOBRE, key=stranger)
    reply = unit.offer(token)
    assert (reply.status, reply.code) == (400, "CEN-031")


def _bent(token: str) -> list[bytes]:
    header, payload, signature = token.split(".")
    return [
        b"",
        b"hello",
        b"..",
        f"{header}.{payload}.".encode(),
        f"{header}.{payload}x.{signature}".encode(),
        f"{header}.{payload}.{signature}=".encode(),
        token.encode() + b".x",
        b"\xff" * 50,
    ]


@pytest.mark.parametrize("place", range(8))
def test_malformed_sobre_is_refused(unit: MadeUnit, place: int) -> None:
    """Damage anywhere is a 400 with its code, and nothing is stored."""
    reply = unit.offer(_bent(unit.sign(unit.sobre(FILES).to_payload()))[place])
    assert (reply.status, reply.code) == (400, "CEN-031")


def test_sobre_of_another_media_type_or_over_its_size_is_refused(unit: MadeUnit) -> None:
    """The bound is 64 KiB, and only application/jose is a sobre."""
    assert unit.offer(b"x" * 70_000).code == "CEN-031"
    reply = unit.ask("POST", "/v1/sobres", body=b"x", headers={"Content-Type": "text/plain"})
    assert (reply.status, reply.code) == (415, "CEN-003")


def test_two_sobres_of_one_number_are_both_acknowledged_and_marked(unit: MadeUnit) -> None:
    """A fork of the chain is a finding: received, acknowledged with its mark, never refused."""
    files, other = fresh(), fresh()
    acuse = verify_acuse(unit.deliver(unit.signed(files), files), unit.trust)
    twin = unit.sign(unit.sobre(other, n=1, anterior=None).to_payload())
    fork = verify_acuse(unit.deliver(twin, other), unit.trust)
    assert acuse.marcas == ()
    assert "bifurcacion" in fork.marcas
    assert fork.indice > acuse.indice


def test_gap_in_the_chain_is_received(unit: MadeUnit) -> None:
    """A missing number is a finding for people, never a refusal."""
    files = fresh()
    token = unit.sign(unit.sobre(files, n=5, anterior=Digest("7" * 64)).to_payload())
    assert verify_acuse(unit.deliver(token, files), unit.trust).n == 5
    listed = json.loads(unit.centre.command("envios", "listar", "--unidad", "1288", "--json").stdout)
    assert {row["sobre"]: row["hallazgos"] for row in listed}[str(jws.document_id(token))] == ["salto"]


def test_anulacion_is_acknowledged(unit: MadeUnit) -> None:
    """A sobre without files is whole at once."""
    files = fresh()
    unit.deliver(unit.signed(files), files)
    token = unit.signed({}, clase=Clase.ANULACION, anula=unit.anterior)
    assert verify_acuse(unit.deliver(token, {}), unit.trust).archivos == ()


@pytest.mark.parametrize("change", [{"v": 2}, {"crit": ["novedad"]}], ids=["v", "crit"])
def test_newer_sobre_is_kept_acknowledged_and_waits(unit: MadeUnit, change: dict[str, object]) -> None:
    """A unit that is ahead of its centre loses nothing: acuse now, constancia en espera."""
    files = fresh()
    payload = json.loads(unit.sobre(files).to_payload()) | change | {"novedad": {"a": 1}}
    token = unit.sign(encode(payload))
    acuse = unit.deliver(token, files)
    assert verify_acuse(acuse, unit.trust).sobre == jws.document_id(token)
    constancia = verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse)
    assert constancia.resultado is Resultado.EN_ESPERA


def constancia_of(unit: MadeUnit, token: str) -> str:
    """Ask until the constancia is there; the test's own time limit ends a wait in vain."""
    while True:
        reply = unit.ask("GET", f"/v1/constancias/{jws.document_id(token)}")
        if reply.status == 200:
            return reply.text
        assert reply.status == 202, reply


def test_constancia_of_files_that_are_no_package(unit: MadeUnit) -> None:
    """A courier's file that is no package is kept, and the constancia says that nothing was opened."""
    files = fresh()
    token = unit.signed(files)
    acuse = unit.deliver(token, files)
    constancia = verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse)
    assert constancia.resultado is Resultado.OBSERVADO
    assert [reason.codigo for reason in constancia.razones] == ["CEN-081"]


def test_constancia_of_a_cut_package_is_rechazado(unit: MadeUnit) -> None:
    """A RAR that cannot be read is refused with its reason; the acuse stands."""
    files = fresh(**{"a.rar": os.urandom(300), "a.html": b"<p>"})
    token = unit.signed(files)
    acuse = unit.deliver(token, files)
    constancia = verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse)
    assert constancia.resultado is Resultado.RECHAZADO
    assert constancia.razones[0].archivo == "a.rar"


def test_checkpoint_covers_what_was_acknowledged(unit: MadeUnit) -> None:
    """The log's head is signed and at least as long as any acuse's index; the session tells the same one."""
    files = fresh()
    acuse = verify_acuse(unit.deliver(unit.signed(files), files), unit.trust)
    reply = unit.ask("GET", "/v1/bitacora/checkpoint")
    assert reply.headers["content-type"].startswith("text/plain")
    checkpoint = verify_checkpoint(reply.body.decode(), unit.trust)
    assert checkpoint.size > acuse.indice
    told = unit.session(checkpoint=reply.body.decode()).json["bitacora"]
    assert verify_checkpoint(str(told), unit.trust).size >= checkpoint.size


def test_indices_are_dense_and_times_never_fall(unit: MadeUnit) -> None:
    """The log is one line: every index once, completion times in its order."""
    for _ in range(3):
        files = fresh()
        unit.deliver(unit.signed(files), files)
    connection = sqlite3.connect(unit.centre.root / "centro.db", timeout=30)
    rows = connection.execute("SELECT indice, completado FROM asientos ORDER BY indice").fetchall()
    connection.close()
    assert [index for index, _ in rows] == list(range(len(rows)))
    assert [at for _, at in rows] == sorted(at for _, at in rows)


def test_estado_answers(unit: MadeUnit) -> None:
    """The address that monitors ask."""
    assert unit.ask("GET", "/v1/estado").json == {"v": 1, "estado": "ok"}


def test_second_centre_is_another_centre(unit: MadeUnit, own_centre: RunningCentre) -> None:
    """A self-made second centre's acuse fails by the first one's huella, whatever it says."""
    own_centre.start()
    other = own_centre.unit("1288")
    files = fresh()
    acuse = other.deliver(other.signed(files), files)
    assert verify_acuse(acuse, other.trust).unidad == Nemonico(1288)
    with pytest.raises(Exception) as caught:
        verify_acuse(acuse, unit.trust)
    assert caught.value.code == "KEY-006"  # type: ignore[attr-defined]
