"""Signed documents against the vectors of their spec page, which another hand made."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sigasers.errors import SigasersError, TheirError
from sigasers.formats import base64url
from sigasers.formats.documents import (
    Acuse,
    Asiento,
    Clase,
    Constancia,
    Oferta,
    Profile,
    RootDocument,
    Sobre,
    Typ,
)
from sigasers.formats.tlog import Proof, entry_of, leaf_hash
from sigasers.keys import jws
from sigasers.keys.kinds import load_spki
from sigasers.keys.receipts import verify_acuse, verify_constancia, verify_oferta, verify_perfil
from sigasers.keys.trust import Trust, open_root

MAKER = Path(__file__).parents[1] / "vectors/documents/make.py"
VECTORS = json.loads(MAKER.with_name("vectors.json").read_text(encoding="utf-8"))
VALID = {vector["nombre"]: vector["jws"] for vector in VECTORS["validos"]}
PARSERS = {
    Typ.RAIZ: RootDocument,
    Typ.PERFIL: Profile,
    Typ.OFERTA: Oferta,
    Typ.ACUSE: Acuse,
    Typ.CONSTANCIA: Constancia,
    Typ.SOBRE: Sobre,
}


def trust() -> Trust:
    return open_root(VALID["raíz"], huella=VECTORS["huella"])


def open_sobre(token: str) -> Sobre:
    key = load_spki(base64url.decode(VECTORS["unidad_publica"]), "ES256")
    return Sobre.parse(jws.verify(token, typ=Typ.SOBRE, key=lambda _kid: key).document)


def opener(token: str) -> Callable[[str], object]:
    """Give what reads a token of this typ; one whose typ cannot be read is taken for an acuse."""
    try:
        typ = jws.peek(token).typ
    except TheirError:
        typ = Typ.ACUSE
    return {
        Typ.RAIZ: lambda text: open_root(text, huella=VECTORS["huella"]),
        Typ.SOBRE: open_sobre,
        Typ.PERFIL: lambda text: verify_perfil(text, trust()),
        Typ.CONSTANCIA: lambda text: verify_constancia(text, trust(), acuse=VALID["acuse"]),
    }.get(typ, lambda text: verify_acuse(text, trust()))


@pytest.mark.parametrize("vector", VECTORS["validos"], ids=lambda vector: vector["nombre"])
def test_holds(vector: dict[str, str]) -> None:
    """A true document is taken, and has the id of its signing input."""
    token = vector["jws"]
    if jws.peek(token).typ is Typ.OFERTA:
        verify_oferta(token, trust())
    else:
        opener(token)(token)
    assert str(jws.document_id(token)) == vector["id"]


@pytest.mark.parametrize("vector", VECTORS["rechazados"], ids=lambda vector: vector["nombre"])
def test_is_refused_for_its_own_reason(vector: dict[str, str]) -> None:
    """Each bent document is refused with the error that its defect has, and no other."""
    with pytest.raises(TheirError) as refusal:
        opener(vector["jws"])(vector["jws"])
    assert refusal.value.code == vector["codigo"], refusal.value


@pytest.mark.parametrize("name", [name for name in VALID if "desconocidos" not in name])
def test_writes_what_it_reads(name: str) -> None:
    """Reading a payload and writing it again gives the same members, and always the same bytes."""
    payload = json.loads(base64url.decode(VALID[name].split(".")[1]))
    parse = PARSERS[jws.peek(VALID[name]).typ].parse
    written = parse(payload).to_payload()
    assert json.loads(written) == payload
    assert parse(json.loads(written)).to_payload() == written


def test_two_signatures_of_one_sobre_are_one_document() -> None:
    """Anyone can change an ES256 signature into another valid one; the id does not move."""
    one, other = VALID["sobre"], VALID["sobre, la otra firma ES256 válida"]
    assert one != other
    assert open_sobre(one) == open_sobre(other)
    assert jws.document_id(one) == jws.document_id(other)


def test_newer_sobre_is_read_by_the_members_that_never_change() -> None:
    """The centre acknowledges what it cannot open yet: files and place in the chain are known."""
    token = next(
        vector["jws"]
        for vector in VECTORS["rechazados"]
        if vector["jws"] != VALID["sobre"]
        and vector["nombre"] == "v 2"
        and jws.peek(vector["jws"]).typ is Typ.SOBRE
    )
    found = Sobre.parse(json.loads(base64url.decode(token.split(".")[1])), any_version=True)
    true = open_sobre(VALID["sobre"])
    assert found.too_new
    assert found.clase is Clase.DESCONOCIDA
    assert (found.archivos, found.n, found.instalacion) == (true.archivos, true.n, true.instalacion)


def test_any_version_does_not_excuse_a_known_one() -> None:
    """A sobre of this version is held to all of it."""
    payload = json.loads(base64url.decode(VALID["sobre"].split(".")[1]))
    assert Sobre.parse(payload, any_version=True) == Sobre.parse(payload)
    with pytest.raises(SigasersError):
        Sobre.parse(payload | {"clase": "regalo"}, any_version=True)


def test_asiento_leaf_and_proof_are_the_vectors() -> None:
    """The bytes of the log's page."""
    data = VECTORS["asiento"].encode()
    assert Asiento.from_bytes(data).to_payload() == data
    assert leaf_hash(entry_of(data)).hex() == VECTORS["hoja"]
    assert str(Proof.parse(VECTORS["prueba"])) == VECTORS["prueba"]


def test_vectors_are_what_their_script_makes() -> None:
    """Nobody changed the file by hand; the script imports nothing of ours."""
    code = "import runpy, sys, json; print(json.dumps(runpy.run_path(sys.argv[1])['vectors']()))"
    made = subprocess.run([sys.executable, "-I", "-c", code, str(MAKER)], capture_output=True, check=True)
    assert json.loads(made.stdout) == VECTORS
    assert "sigasers." not in MAKER.read_text(encoding="utf-8").replace("sigasers.pe", "")
