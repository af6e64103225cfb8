"""Uploads on the wire: tus 1.0.0 clause by clause, as a client that does everything wrong would try it."""

import contextlib
import hashlib
import os
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from sigasers.keys import jws
from sigasers.keys.receipts import verify_acuse
from tests.centro.running_centre import MadeUnit, Reply, ask, b64, digest_of, sha256

PIECE = "application/offset+octet-stream"


class Open:
    """An upload of 1,000 fresh bytes that was just created."""

    def __init__(self, unit: MadeUnit, size: int = 1000) -> None:
        self.unit = unit
        self.data = os.urandom(size)
        self.files = {"a.bin": self.data}
        self.token = unit.signed(self.files)
        unit.offer(self.token)
        self.created = unit.create(self.token, self.data)
        assert self.created.status == 201, self.created
        self.path = urlsplit(self.created.headers["location"]).path

    def offset(self) -> int:
        return int(self.unit.tus("HEAD", self.path).headers["upload-offset"])

    def patch(self, offset: int, piece: bytes | Iterator[bytes], **headers: str) -> Reply:
        return self.unit.patch(self.path, offset, piece, **headers)


@pytest.fixture
def upload(unit: MadeUnit) -> Open:
    return Open(unit)


def test_options_lists_what_there_is(unit: MadeUnit) -> None:
    """Version, extensions, algorithms and the largest size, without a Tus-Resumable header."""
    reply = ask(unit.centre.address("transmision"), "OPTIONS", "/v1/envios", unit.context())
    assert reply.status == 204
    assert reply.headers["tus-version"] == reply.headers["tus-resumable"] == "1.0.0"
    extensions = set(reply.headers["tus-extension"].split(","))
    assert extensions == {"creation", "creation-with-upload", "checksum", "termination", "expiration"}
    assert set(reply.headers["tus-checksum-algorithm"].split(",")) == {"sha256", "sha1"}
    assert int(reply.headers["tus-max-size"]) == 1 << 40


def test_creation_gives_an_absolute_location_and_its_end(upload: Open) -> None:
    """Clients refuse a relative Location; the upload lapses in the future."""
    parts = urlsplit(upload.created.headers["location"])
    base = urlsplit(upload.unit.centre.address("transmision"))
    assert (parts.scheme, parts.netloc) == ("https", base.netloc)
    assert parsedate_to_datetime(upload.created.headers["upload-expires"]) > datetime.now(UTC)
    assert upload.created.headers["tus-resumable"] == "1.0.0"


def test_head_tells_offset_length_metadata_and_forbids_caches(upload: Open) -> None:
    """Everything that a client needs to go on."""
    reply = upload.unit.tus("HEAD", upload.path)
    assert reply.headers["upload-offset"] == "0"
    assert reply.headers["upload-length"] == "1000"
    assert reply.headers["cache-control"] == "no-store"
    assert b64(str(digest_of(upload.data)).encode()) in reply.headers["upload-metadata"]


def test_creating_again_gives_the_same_upload(upload: Open) -> None:
    """A lost answer to the creation leaves no second upload."""
    upload.patch(0, upload.data[:10])
    again = upload.unit.create(upload.token, upload.data)
    assert (again.status, again.headers["location"]) == (201, upload.created.headers["location"])
    assert upload.offset() == 10


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
@pytest.mark.parametrize("version", ["", "0.2.2", "1.0.1"])
def test_other_versions_are_refused(upload: Open, method: str, version: str) -> None:
    """412 with the version that is known, and nothing happens."""
    headers = {"Tus-Resumable": version, "Content-Type": PIECE, "Upload-Offset": "0"}
    reply = upload.unit.tus(method, upload.path, b"" if method == "PATCH" else None, **headers)
    assert reply.status == 412
    assert reply.headers["tus-version"] == "1.0.0"
    assert upload.offset() == 0


def test_piece_moves_the_offset(upload: Open) -> None:
    """204 with the new offset, which HEAD tells too."""
    reply = upload.patch(0, upload.data[:400], **{"Upload-Checksum": f"sha256 {sha256(upload.data[:400])}"})
    assert (reply.status, reply.headers["upload-offset"]) == (204, "400")
    assert upload.offset() == 400


def test_sha1_is_taken_as_the_protocol_demands(upload: Open) -> None:
    """The checksum extension requires sha1."""
    digest = b64(hashlib.sha1(upload.data[:5], usedforsecurity=False).digest())
    assert upload.patch(0, upload.data[:5], **{"Upload-Checksum": f"sha1 {digest}"}).status == 204


def test_piece_with_a_wrong_checksum_leaves_nothing(upload: Open) -> None:
    """460, and the offset stands where it stood; the right piece is taken afterwards."""
    upload.patch(0, upload.data[:100])
    bad = upload.patch(100, b"x" * 50, **{"Upload-Checksum": f"sha256 {sha256(b'y')}"})
    assert (bad.status, bad.code) == (460, "CEN-044")
    assert upload.offset() == 100
    assert upload.patch(100, upload.data[100:]).status == 204
    assert upload.unit.offer(upload.token).status == 200


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha256 !!", "sha256 AAAA", "sha256"])
def test_checksum_that_is_none_is_refused_before_a_byte(upload: Open, checksum: str) -> None:
    """An unknown algorithm or a malformed value is a 400."""
    reply = upload.patch(0, upload.data, **{"Upload-Checksum": checksum})
    assert (reply.status, reply.code) == (400, "CEN-048")
    assert upload.offset() == 0


@pytest.mark.parametrize("offset", [1, 999, 10**12])
def test_wrong_offset_is_refused(upload: Open, offset: int) -> None:
    """409 with where the upload stands."""
    reply = upload.patch(offset, b"x")
    assert (reply.status, reply.code) == (409, "CEN-042")
    assert upload.offset() == 0


@pytest.mark.parametrize("offset", ["", "-1", "x", "9" * 40, "1.0"])
def test_offset_that_is_none_is_refused(upload: Open, offset: str) -> None:
    """A header that is no number is a 400."""
    reply = upload.patch(0, b"x", **{"Upload-Offset": offset})
    assert (reply.status, reply.code) == (400, "CEN-048")


def test_other_media_type_writes_nothing(upload: Open) -> None:
    """415, as the protocol says, and the bytes do not count."""
    reply = upload.patch(0, upload.data, **{"Content-Type": "text/plain"})
    assert (reply.status, reply.code) == (415, "CEN-003")
    assert upload.offset() == 0


def test_too_long_piece_is_refused_announced_or_not(upload: Open) -> None:
    """413 for what runs over the file's size; nothing of it is kept."""
    assert upload.patch(0, upload.data + b"x").status == 413
    assert upload.patch(0, iter([upload.data, b"x"])).status == 413
    assert upload.offset() == 0
    assert upload.patch(0, upload.data).status == 204


def test_chunked_piece_is_taken(upload: Open) -> None:
    """A piece of unknown length is as good as any."""
    chunks = (upload.data[start : start + 90] for start in range(0, 1000, 90))
    assert upload.patch(0, chunks).headers["upload-offset"] == "1000"
    assert verify_acuse(upload.unit.deliver(upload.token, upload.files), upload.unit.trust)


def test_empty_piece_changes_nothing(upload: Open) -> None:
    """Some clients send one to begin with."""
    assert upload.patch(0, b"").headers["upload-offset"] == "0"


def test_other_file_of_the_right_size_is_discarded(upload: Open) -> None:
    """The whole file must be the sobre's: 460 with its own code, the upload is gone, and anew it works."""
    reply = upload.patch(0, os.urandom(1000))
    assert (reply.status, reply.code) == (460, "CEN-041")
    assert upload.unit.tus("HEAD", upload.path).status == 404
    assert verify_acuse(upload.unit.deliver(upload.token, upload.files), upload.unit.trust)


def test_whole_file_is_read_back_when_its_hash_was_not_kept(upload: Open) -> None:
    """After many pieces the file is still judged whole."""
    for start in range(0, 1000, 250):
        assert upload.patch(start, upload.data[start : start + 250]).status == 204
    assert upload.unit.offer(upload.token).status == 200


def test_whole_upload_answers_once_more(upload: Open) -> None:
    """If the last answer was lost, HEAD tells that all is there."""
    upload.patch(0, upload.data)
    reply = upload.unit.tus("HEAD", upload.path)
    assert (reply.status, reply.headers["upload-offset"]) == (200, "1000")


def test_terminated_upload_is_gone(upload: Open) -> None:
    """DELETE ends it; the file can be begun anew."""
    upload.patch(0, upload.data[:10])
    assert upload.unit.tus("DELETE", upload.path).status == 204
    for method in ("HEAD", "PATCH", "DELETE"):
        headers = {"Content-Type": PIECE, "Upload-Offset": "0"}
        body = b"" if method == "PATCH" else None
        assert upload.unit.tus(method, upload.path, body, **headers).status in {404, 410}
    assert verify_acuse(upload.unit.deliver(upload.token, upload.files), upload.unit.trust)


def test_creation_with_upload(unit: MadeUnit) -> None:
    """The first piece may come with the creation."""
    data = os.urandom(300)
    token = unit.signed({"a": data})
    unit.offer(token)
    metadata = (
        f"sobre {b64(str(jws.document_id(token)).encode())},sha256 {b64(str(digest_of(data)).encode())}"
    )
    headers = {"Upload-Length": "300", "Upload-Metadata": metadata, "Content-Type": PIECE}
    reply = unit.tus("POST", "/v1/envios", data, **headers)
    assert (reply.status, reply.headers["upload-offset"]) == (201, "300")
    assert unit.offer(token).status == 200


def test_empty_file_is_whole_at_creation(unit: MadeUnit) -> None:
    """A file of 0 bytes needs no piece."""
    token = unit.signed({"a": b"", "b": os.urandom(3)})
    missing = unit.offer(token).json["faltan"]
    if str(digest_of(b"")) in missing:  # type: ignore[operator]  # only the unit's first empty file is missing
        assert unit.create(token, b"").status == 201
    assert str(digest_of(b"")) not in unit.offer(token).json["faltan"]  # type: ignore[operator]


def _create(unit: MadeUnit, **changes: str) -> Reply:
    data = os.urandom(50)
    token = unit.signed({"a": data})
    unit.offer(token)
    values = {"sobre": str(jws.document_id(token)), "sha256": str(digest_of(data)), "size": "50"} | changes
    pairs = f"sobre {b64(values['sobre'].encode())},sha256 {b64(values['sha256'].encode())}"
    headers = {"Upload-Length": values["size"], "Upload-Metadata": pairs}
    return unit.tus("POST", "/v1/envios", **headers)


@pytest.mark.parametrize(
    "changes",
    [{"size": "49"}, {"size": "51"}, {"sha256": "0" * 64}, {"sobre": "0" * 64}],
    ids=["shorter", "longer", "other file", "other sobre"],
)
def test_creation_for_what_nobody_misses_is_refused(unit: MadeUnit, changes: dict[str, str]) -> None:
    """Only a missing file of an open offer, with its very size: nobody fills the disk with anything else."""
    reply = _create(unit, **changes)
    assert (reply.status, reply.code) == (409, "CEN-040")


def test_creation_for_an_acknowledged_sobre_is_refused(unit: MadeUnit) -> None:
    """What is there is not taken twice."""
    files = {"a": os.urandom(20)}
    token = unit.signed(files)
    unit.deliver(token, files)
    assert unit.create(token, files["a"]).code == "CEN-040"


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "x"},
        {"Upload-Length": "-1"},
        {"Upload-Length": ""},
        {"Upload-Metadata": "sobre !!"},
        {"Upload-Metadata": "sobre AAAA,sobre AAAA"},
        {"Upload-Metadata": "a " + "A" * 5000},
    ],
)
def test_creation_with_malformed_headers_is_refused(unit: MadeUnit, headers: dict[str, str]) -> None:
    """Each is a 400 that names the header."""
    reply = unit.tus("POST", "/v1/envios", **({"Upload-Length": "1", "Upload-Metadata": ""} | headers))
    assert (reply.status, reply.code) == (400, "CEN-048")


def test_upload_over_the_largest_size_is_refused(unit: MadeUnit) -> None:
    """Over 1 TiB: 413."""
    assert unit.tus("POST", "/v1/envios", **{"Upload-Length": str(2**40 + 1)}).status == 413


def test_uploads_of_another_unit_are_not_there(upload: Open, neighbour: MadeUnit) -> None:
    """Knowing the address of another unit's upload is worth nothing."""
    assert neighbour.tus("HEAD", upload.path).status == 404
    assert neighbour.patch(upload.path, 0, upload.data).status == 404
    assert neighbour.tus("DELETE", upload.path).status == 404
    assert upload.offset() == 0


@contextlib.contextmanager
def raw(unit: MadeUnit) -> Iterator[ssl.SSLSocket]:
    """Give a TLS connection of the unit's, to be misused."""
    parts = urlsplit(unit.centre.address("transmision"))
    plain = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)
    with unit.context().wrap_socket(plain, server_hostname=parts.hostname) as wrapped:
        yield wrapped


def _begin(upload: Open, connection: ssl.SSLSocket, offset: int, body: bytes, *, checksum: str = "") -> None:
    """Send the head of a PATCH for all that is left, and only ``body`` of it."""
    lines = [
        f"PATCH {upload.path} HTTP/1.1",
        "Host: centro",
        "Tus-Resumable: 1.0.0",
        f"Content-Type: {PIECE}",
        f"Upload-Offset: {offset}",
        f"Content-Length: {len(upload.data) - offset}",
        *([f"Upload-Checksum: {checksum}"] if checksum else []),
    ]
    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def _on_disk(upload: Open) -> None:
    """Wait until a part of the piece lies on the disk; the test's time limit ends a wait in vain."""
    name = f"{upload.path.rpartition('/')[2]}.part"
    part = upload.unit.centre.root / "recepcion" / name
    while not part.exists() or not part.stat().st_size:
        pass


def _settled(upload: Open) -> int:
    """Wait until no request writes any more, without ending one, and give the offset."""
    while upload.patch(10**12, b"").status == 423:
        pass
    return upload.offset()


def test_bytes_before_a_cut_are_kept(unit: MadeUnit) -> None:
    """Without a checksum what arrived before the line broke counts."""
    upload = Open(unit, size=3_000_000)
    with raw(unit) as connection:
        _begin(upload, connection, 0, upload.data[:2_500_000])
        _on_disk(upload)
    kept = _settled(upload)
    assert 0 < kept <= 2_500_000
    assert upload.patch(kept, upload.data[kept:]).status == 204
    assert unit.offer(upload.token).status == 200


def test_cut_piece_with_a_checksum_is_cut_back(unit: MadeUnit) -> None:
    """A piece whose checksum cannot be judged leaves nothing."""
    upload = Open(unit, size=3_000_000)
    with raw(unit) as connection:
        checksum = f"sha256 {sha256(upload.data)}"
        _begin(upload, connection, 0, upload.data[:2_500_000], checksum=checksum)
        _on_disk(upload)
    assert _settled(upload) == 0
    assert upload.patch(0, upload.data).status == 204


def test_second_patch_waits_for_nobody(unit: MadeUnit) -> None:
    """423 while another one writes; a HEAD ends that one and the upload goes on from what it kept."""
    upload = Open(unit, size=3_000_000)
    with raw(unit) as connection:
        _begin(upload, connection, 0, upload.data[:2_000_000])
        while (refused := upload.patch(0, b"")).status == 204:
            pass  # the other request has not begun yet
        assert (refused.status, refused.code) in {(423, "CEN-043"), (409, "CEN-042")}
        kept = upload.offset()
        assert kept <= 2_000_000
        assert upload.patch(kept, upload.data[kept:]).status == 204
    assert unit.offer(upload.token).status == 200


def test_upload_survives_a_stop_of_the_centre(own_unit: MadeUnit) -> None:
    """Offset and bytes are there after a kill, and the upload ends as if nothing had been."""
    upload = Open(own_unit, size=500_000)
    assert upload.patch(0, upload.data[:200_000]).status == 204
    own_unit.centre.kill()
    own_unit.centre.start()
    assert upload.offset() == 200_000
    assert upload.patch(200_000, upload.data[200_000:]).status == 204
    assert verify_acuse(own_unit.deliver(upload.token, upload.files), own_unit.trust)
