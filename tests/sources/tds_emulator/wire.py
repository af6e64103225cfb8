"""A TDS connection's bytes: messages in and out of packets, TLS around them where the client asks for it.

The handshake's pieces (framing, PRELOGIN, LOGIN7, TLS within packets, tokens) are pysqlbridge's; the loop is ours,
because an emulator must stream, notice an attention while it works, and be cut.
"""

import select
import socket
import ssl
from threading import Event

from pysqlbridge.tds import (
    Encryption,
    PacketStatus,
    PacketType,
    Prelogin,
    TlsTunnel,
    build_packet,
    parse_header,
    server_response,
    wrap_handshake,
)

from tests.sources.tds_emulator.errors import CancelledError

PACKET = 4096
_HEADER = 8
_SLICE_S = 0.02  # how often a wait looks at its event
_FLUSH = 1 << 16


class ClosedError(Exception):
    """The client hung up."""


class Wire:
    """Reads messages, writes a stream of tokens as packets."""

    def __init__(self, connection: socket.socket, context: ssl.SSLContext) -> None:
        self._socket, self._context = connection, context
        self._tunnel: TlsTunnel | None = None
        self._arrived = bytearray()
        self._out = bytearray()
        self._number = 1

    @property
    def is_encrypted(self) -> bool:
        """Whether TLS is around all that follows the handshake."""
        return self._tunnel is not None

    def handshake(self, *, tls: bool) -> None:
        """Answer PRELOGIN; encrypt all that follows where the client asks and ``tls`` allows, else nothing."""
        kind, payload = self.message()
        if kind is not PacketType.PRELOGIN:
            raise ClosedError
        asked = Prelogin.parse(payload)
        encrypted = tls and asked.encryption in {Encryption.ON, Encryption.REQUIRED}
        answer = server_response(
            encryption=Encryption.ON if encrypted else Encryption.NOT_SUPPORTED, asked=asked
        )
        self._socket.sendall(build_packet(PacketType.TABULAR_RESULT, answer.build()))
        if encrypted:
            self._encrypt()

    def _encrypt(self) -> None:
        tunnel = TlsTunnel(self._context)
        while not tunnel.handshake_complete:
            _, payload = self.message()
            for packet in wrap_handshake(tunnel.advance_handshake(payload)):
                self._socket.sendall(packet)
        self._tunnel = tunnel

    def message(self) -> tuple[PacketType, bytes]:
        """Give the next whole message; raises ``ClosedError`` at the end of the stream."""
        body = bytearray()
        while True:
            kind, status, payload = self._packet()
            body += payload
            if status & PacketStatus.END_OF_MESSAGE:
                return kind, bytes(body)

    def _packet(self) -> tuple[PacketType, PacketStatus, bytes]:
        while (
            len(self._arrived) < _HEADER or len(self._arrived) < parse_header(bytes(self._arrived[:8])).length
        ):
            self._receive()
        header = parse_header(bytes(self._arrived[:8]))
        payload = bytes(self._arrived[_HEADER : header.length])
        del self._arrived[: header.length]
        return header.type, header.status, payload

    def _receive(self) -> None:
        data = self._socket.recv(_FLUSH)
        if not data:
            raise ClosedError
        self._arrived += self._tunnel.unwrap(data) if self._tunnel else data

    def put(self, tokens: bytes) -> None:
        """Add to the answer under way; whole packets leave as they fill, and an attention is looked for."""
        self._out += tokens
        if len(self._out) >= _FLUSH:
            self.check()
            self._leave(last=False)

    def end(self) -> None:
        """Send the rest of the answer."""
        self._leave(last=True)

    def flush(self) -> None:
        """Send the whole packets that there are: what a cut leaves behind ends in the middle of a row."""
        self._leave(last=False)

    def _leave(self, *, last: bool) -> None:
        room = PACKET - _HEADER
        packets = bytearray()
        while len(self._out) > room or last:
            body, whole = bytes(self._out[:room]), len(self._out) <= room
            del self._out[:room]
            status = PacketStatus.END_OF_MESSAGE if last and whole else PacketStatus.NORMAL
            packets += build_packet(
                PacketType.TABULAR_RESULT, body, status=status, packet_id=self._number % 256
            )
            self._number = self._number + 1
            if last and whole:
                self._number = 1
                break
        if packets:
            self._socket.sendall(self._tunnel.wrap(bytes(packets)) if self._tunnel else bytes(packets))

    def check(self) -> None:
        """Raise ``CancelledError`` if the client has sent an attention."""
        self.wait(None, 0)

    def wait(self, event: Event | None, seconds: float | None) -> bool:
        """Wait for ``event`` or so many seconds (``None``: for ever); an attention or a hang-up ends it."""
        left = seconds
        while not (event and event.is_set()) and (left is None or left >= 0):
            ready, _, _ = select.select(
                [self._socket], [], [], _SLICE_S if left is None else min(_SLICE_S, left)
            )
            if ready:
                kind, _ = self.message()
                if kind is PacketType.ATTENTION:
                    raise CancelledError
            elif left is not None:
                left -= _SLICE_S
        return event is not None and event.is_set()
