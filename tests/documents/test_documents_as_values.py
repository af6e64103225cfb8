"""Each document comes back as it was written, whatever it holds; what could not be read is never made."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.formats import FormatError
from sigasers.formats.documents import (
    Acuse,
    Asiento,
    Clase,
    Constancia,
    KeyUse,
    Nivel,
    Oferta,
    Profile,
    Razon,
    Resultado,
    RootDocument,
    RootKey,
    SealingKey,
    Sobre,
    centre_id,
    log_origin,
)
from sigasers.formats.documents.members import numbered
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico

AUD = "c-" + "0" * 32
AT = Instant(datetime(2021, 10, 21, 21, 30, tzinfo=UTC))
COUNTS = st.integers(1, 2**53 - 1)
EPOCAS = st.integers(1, 10**9 - 1)
RUNNING = st.integers(0, 10**15 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DIGESTS = st.binary(min_size=32, max_size=32).map(lambda raw: Digest(raw.hex()))
IDENTIFIERS = st.from_regex(r"[A-Za-z0-9_-]{21}[AQgw]", fullmatch=True).map(Identifier)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(Instant)
UNITS = st.integers(1, 999_999).map(Nemonico)
SYSTEMS = st.from_regex(r"[A-Z0-9_]{1,16}", fullmatch=True)
MARKS = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True), max_size=4).map(tuple)
NAMES = st.from_regex(r"archivo [a-zñ]{1,20}\.rar", fullmatch=True)
FILES = st.lists(
    st.builds(FileStatement, nombre=NAMES, tamano_bytes=st.integers(0, 1 << 40), sha256=DIGESTS),
    min_size=1,
    max_size=16,
    unique_by=lambda item: item.nombre,
).map(tuple)
BYTES = st.binary(min_size=1, max_size=100)
KEYS = st.builds(
    RootKey.of, st.sampled_from([use for use in KeyUse if use is not KeyUse.CA]), BYTES, desde=INSTANTS
) | st.builds(RootKey.of, st.just(KeyUse.CA), BYTES, desde=INSTANTS, certificado=BYTES)
REASONS = st.builds(
    Razon,
    codigo=TEXTS,
    nivel=st.sampled_from(Nivel),
    texto=TEXTS,
    archivo=st.none() | TEXTS,
    tabla=st.none() | TEXTS,
    columna=st.none() | TEXTS,
    fila=st.none() | COUNTS,
)
SEALING = st.binary(min_size=1, max_size=60).map(
    lambda raw: SealingKey(kid=RootKey.of(KeyUse.SELLADO, raw, desde=AT).kid, publica=raw)
)


@st.composite
def sobres(draw: st.DrawFn) -> Sobre:
    n = draw(st.just(1) | COUNTS)
    annuls = draw(st.none() | DIGESTS)
    return Sobre(
        aud=AUD,
        registro=draw(IDENTIFIERS),
        unidad=draw(UNITS),
        sistema=draw(SYSTEMS),
        instalacion=draw(IDENTIFIERS),
        n=n,
        anterior=None if n == 1 else draw(DIGESTS),
        cabeza_anterior=draw(st.none() | DIGESTS) if n == 1 else None,
        creado=draw(INSTANTS),
        desfase_ms=draw(st.none() | st.integers(-(2**53) + 1, 2**53 - 1)),
        archivos=draw(FILES) if annuls is None else (),
        clase=Clase.ENVIO if annuls is None else Clase.ANULACION,
        anula=annuls,
        marcas=draw(MARKS),
    )


@st.composite
def constancias(draw: st.DrawFn) -> Constancia:
    orden = draw(st.just(1) | st.integers(2, 2**53 - 1))
    return Constancia(
        aud=AUD,
        epoca=draw(EPOCAS),
        correlativo=draw(RUNNING),
        sobre=draw(DIGESTS),
        acuse=draw(DIGESTS),
        unidad=draw(UNITS),
        registro=draw(IDENTIFIERS),
        resultado=draw(st.sampled_from(Resultado)),
        razones=tuple(draw(st.lists(REASONS, max_size=3))),
        archivos=draw(FILES),
        emitida=draw(INSTANTS),
        orden=orden,
        reemplaza=None if orden == 1 else draw(DIGESTS),
    )


@st.composite
def root_documents(draw: st.DrawFn) -> RootDocument:
    raiz, epoca = draw(BYTES), draw(EPOCAS)
    huella = hashlib.sha256(raiz).hexdigest()
    claves = draw(st.lists(KEYS, max_size=4, unique_by=lambda key: key.kid))
    return RootDocument(
        n=draw(COUNTS),
        epoca=epoca,
        emitido=draw(INSTANTS),
        raiz=raiz,
        claves=tuple(replace(key, retirada=draw(st.none() | INSTANTS)) for key in claves),
        origen=log_origin(centre_id(huella), epoca),
        inscripcion=tuple(draw(st.lists(TEXTS, max_size=2))),
        transmision=tuple(draw(st.lists(TEXTS, max_size=2))),
    )


ASIENTOS = st.builds(
    Asiento, sobre=DIGESTS, registro=IDENTIFIERS, instalacion=IDENTIFIERS, n=COUNTS, ofrecido=INSTANTS,
    completado=INSTANTS, sal=IDENTIFIERS,
)  # fmt: skip
ACUSES = st.builds(
    Acuse, aud=st.just(AUD), epoca=EPOCAS, sobre=DIGESTS, unidad=UNITS, sistema=SYSTEMS, registro=IDENTIFIERS,
    instalacion=IDENTIFIERS, n=COUNTS, archivos=FILES, ofrecido=INSTANTS, completado=INSTANTS,
    asiento=st.binary(max_size=400), indice=RUNNING, prueba=TEXTS, marcas=MARKS,
)  # fmt: skip
OFERTAS = st.builds(
    Oferta, aud=st.just(AUD), sobre=DIGESTS, unidad=UNITS, registro=IDENTIFIERS, ofrecido=INSTANTS
)
BOUNDS = st.tuples(COUNTS, COUNTS).map(lambda pair: (min(pair), max(pair)))
PROFILES = st.builds(
    Profile, aud=st.just(AUD), unidad=UNITS, sistema=SYSTEMS, registro=IDENTIFIERS, epoca=COUNTS, n=COUNTS,
    emitido=INSTANTS, vence=INSTANTS, sellado=st.lists(SEALING, min_size=1, max_size=3).map(tuple),
    cronograma=st.none() | st.dictionaries(TEXTS, COUNTS, max_size=3),
    formatos=st.fixed_dictionaries({"paquete": BOUNDS, "manifiesto": BOUNDS, "sobre": BOUNDS}),
)  # fmt: skip
DOCUMENTS = sobres() | constancias() | root_documents() | ACUSES | OFERTAS | PROFILES
Document = Sobre | Constancia | RootDocument | Acuse | Oferta | Profile


@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was_written(document: Document) -> None:
    """Any values within the bounds, through JSON and back."""
    assert type(document).parse(json.loads(document.to_payload())) == document


@given(DOCUMENTS, st.from_regex(r"nuevo_[a-z]{1,8}", fullmatch=True))
def test_members_that_nobody_knows_are_ignored(document: Document, name: str) -> None:
    """A newer program may say more within the same version."""
    payload = json.loads(document.to_payload()) | {name: [{"x": None}]}
    assert type(document).parse(payload) == document


@given(ASIENTOS)
def test_an_asiento_has_one_spelling(asiento: Asiento) -> None:
    """Its exact bytes are what the log holds the digest of."""
    data = asiento.to_payload()
    assert Asiento.from_bytes(data) == asiento
    for other in (data + b"\n", data.replace(b",", b", ", 1), data[:-1] + b',"x":1}'):
        with pytest.raises(FormatError):
            Asiento.from_bytes(other)


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"x"', b"", b"x" * 2000])
def test_what_is_no_object_is_no_asiento(data: bytes) -> None:
    """Nor what is longer than any asiento."""
    with pytest.raises(FormatError):
        Asiento.from_bytes(data)


ACUSE = Acuse(
    aud=AUD, epoca=1, sobre=Digest("5" * 64), unidad=Nemonico(1288), sistema="SIGA",
    registro=Identifier("A" * 22), instalacion=Identifier("A" * 22), n=1, archivos=(), ofrecido=AT,
    completado=AT, asiento=b"", indice=0, prueba="",
)  # fmt: skip
CONSTANCIA = Constancia(
    aud=AUD, epoca=1, correlativo=0, sobre=Digest("5" * 64), acuse=Digest("6" * 64), unidad=Nemonico(1288),
    registro=Identifier("A" * 22), resultado=Resultado.CONFORME, razones=(), archivos=(), emitida=AT,
)  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"epoca": 0}, {"indice": -1}, {"n": 0}, {"sistema": "siga"}, {"sistema": ""}, {"marcas": ("Mal",)}],
    ids=str,
)
def test_no_acuse_is_made_that_could_not_be_read(changes: dict[str, object]) -> None:
    """What is wrong is found before it is signed."""
    with pytest.raises(FormatError):
        replace(ACUSE, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"epoca": 0},
        {"correlativo": -1},
        {"orden": 0, "reemplaza": Digest("7" * 64)},
        {"orden": 2},
        {"reemplaza": Digest("7" * 64)},
    ],
    ids=["epoca", "correlativo", "orden", "supersedes nothing", "first supersedes"],
)
def test_no_constancia_is_made_that_could_not_be_read(changes: dict[str, object]) -> None:
    """The época counts from 1; the first supersedes nothing and every later one something."""
    with pytest.raises(FormatError):
        replace(CONSTANCIA, **changes)  # type: ignore[arg-type]


def test_a_kid_is_the_digest_of_its_key() -> None:
    """In the root document and in a profile alike."""
    with pytest.raises(FormatError):
        RootKey(kid="A" * 43, uso=KeyUse.ACUSE, publica=b"x", desde=AT)
    with pytest.raises(FormatError):
        SealingKey(kid="A" * 43, publica=b"x")


def test_a_certificate_stands_with_an_authority_and_nowhere_else() -> None:
    """Use ``ca`` has one, every other use none."""
    with pytest.raises(FormatError):
        RootKey.of(KeyUse.CA, b"x", desde=AT)
    with pytest.raises(FormatError):
        RootKey.of(KeyUse.ACUSE, b"x", desde=AT, certificado=b"y")


def test_numbers_are_told_with_six_digits_or_more() -> None:
    """As people say them by phone."""
    assert [ACUSE.numero, CONSTANCIA.numero] == ["A-1-000000", "C-1-000000"]
    assert numbered("A", 12, 1_234_567) == "A-12-1234567"
