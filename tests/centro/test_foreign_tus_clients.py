"""Two tus clients that other people wrote deliver to a running centre: tuspy and aiotus."""

import asyncio
import io
import os
from collections.abc import Callable

import aiohttp
import aiotus
import pytest
from tusclient.client import TusClient

from sigasers.keys import jws
from sigasers.keys.receipts import verify_acuse
from tests.centro.running_centre import MadeUnit, digest_of

SIZE = 700_000
PIECE = 200_000


def with_tuspy(unit: MadeUnit, metadata: dict[str, str], data: bytes) -> None:
    """Send in pieces, each with its checksum; a new uploader goes on from a known address."""
    files = (str(unit.certificate_file), str(unit.key_file))
    client = TusClient(f"{unit.centre.address('transmision')}/v1/envios", client_cert=files)
    options: dict[str, object] = {
        "chunk_size": PIECE,
        "metadata": metadata,
        "upload_checksum": True,
    }
    first = client.uploader(file_stream=io.BytesIO(data), **options)  # type: ignore[arg-type]
    first.upload_chunk()
    again = client.uploader(file_stream=io.BytesIO(data), url=first.url, **options)  # type: ignore[arg-type]
    assert again.offset == PIECE
    again.upload()


def with_aiotus(unit: MadeUnit, metadata: dict[str, str], data: bytes) -> None:
    """Create and send as the library does by itself."""

    async def run() -> None:
        connector = aiohttp.TCPConnector(ssl=unit.context())
        async with aiohttp.ClientSession(connector=connector) as session:
            location = await aiotus.upload(
                f"{unit.centre.address('transmision')}/v1/envios",
                io.BytesIO(data),
                {name: value.encode() for name, value in metadata.items()},
                client_session=session,
                chunksize=PIECE,
            )
            assert location is not None
            told = await aiotus.metadata(location, client_session=session)
            assert told["sha256"] == metadata["sha256"].encode()

    asyncio.run(run())


@pytest.mark.parametrize("send", [with_tuspy, with_aiotus])
def test_foreign_client_delivers_a_file(
    unit: MadeUnit, send: Callable[[MadeUnit, dict[str, str], bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever speaks tus 1.0.0 can bring a file; the sobre is whole afterwards and its acuse holds."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(unit.ca_file))  # tuspy takes no other authority
    data = os.urandom(SIZE)
    token = unit.signed({"a.bin": data})
    unit.offer(token)
    send(unit, {"sobre": str(jws.document_id(token)), "sha256": str(digest_of(data))}, data)
    reply = unit.offer(token)
    assert (reply.status, reply.json["faltan"]) == (200, [])
    assert verify_acuse(str(reply.json["acuse"]), unit.trust).archivos[0].tamano_bytes == SIZE
