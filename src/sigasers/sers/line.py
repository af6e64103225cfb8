"""The line to the centre: HTTP requests over TLS pinned to the centre's CA; every failure becomes one of ours.

Several addresses are tried in order; the one that answered is kept. Answers are read up to a bound. Variables of
the environment (proxies, CA bundles) are not heeded: they silently override a pinned CA. What it does not do: no
retries (``clock.retried``), no proxies yet, no meaning of paths and bodies (``centre``).
"""

import ssl
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers import __name__ as product
from sigasers.errors import SigasersError
from sigasers.errors.keys import BadKeyFileError
from sigasers.errors.sers import BadAnswerError, CentreUnreachableError
from sigasers.sers.line_errors import refusal, translate

TIMEOUT = httpx2.Timeout(connect=10, read=90, write=90, pool=10)
MAX_ANSWER_BYTES = 2 << 20  # the longest document is 1 MiB of payload in base64url


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer: status, headers (lower-case names) and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """Requests to the first of ``addresses`` (base URLs) that answers."""

    def __init__(self, client: httpx2.Client, addresses: Sequence[str]) -> None:
        """Ask through ``client``, which this line closes."""
        self._client = client
        self._addresses = list(addresses)
        self.headers: dict[str, str] = {}

    def ask(
        self,
        method: str,
        path: str,
        *,
        expect: Collection[int],
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> Answer:
        """Give the answer if its status is in ``expect``; raises what the problem document or the failure says."""
        failure: SigasersError | None = None
        for address in list(self._addresses):
            try:
                answer = self._ask_one(
                    address, method, path, content, {**self.headers, **(headers or {})}, auth
                )
            except CentreUnreachableError as error:
                failure = failure or error
                continue
            self._prefer(address)
            if answer.status not in expect:
                raise refusal(answer.status, answer.headers, answer.body)
            return answer
        raise failure or BadAnswerError("no address", motivo="El documento raíz no nombra direcciones")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _ask_one(
        self,
        address: str,
        method: str,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        auth: tuple[str, str] | None,
    ) -> Answer:
        try:
            with self._client.stream(
                method, address.rstrip("/") + path, content=content, headers=dict(headers), auth=auth
            ) as response:
                body = _bounded(response.iter_bytes())
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(status=response.status_code, headers=found, body=body)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise translate(error, address) from error

    def _prefer(self, address: str) -> None:
        self._addresses.remove(address)
        self._addresses.insert(0, address)


def open_line(
    addresses: Sequence[str],
    authorities: Iterable[x509.Certificate],
    *,
    client: tuple[Path, Path] | None = None,
) -> Line:
    """Give a line that trusts ``authorities`` alone; ``client``: files of certificate and private key (PEM).

    With a client certificate TLS 1.3 is the least, else 1.2. Raises ``BadKeyFileError`` if the two do not match.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3 if client else ssl.TLSVersion.TLSv1_2
    pems = [authority.public_bytes(Encoding.PEM).decode("ascii") for authority in authorities]
    context.load_verify_locations(cadata="".join(pems))
    if client is not None:
        try:
            context.load_cert_chain(*client)
        except (ssl.SSLError, OSError) as error:
            raise BadKeyFileError("certificate and key do not load together", ruta=str(client[1])) from error
    http = httpx2.Client(
        verify=context, trust_env=False, timeout=TIMEOUT, headers={"User-Agent": f"{product}-sers"}
    )
    return Line(http, addresses)


def _bounded(pieces: Iterable[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise BadAnswerError("answer too long", motivo="La respuesta es demasiado larga")
    return bytes(body)
