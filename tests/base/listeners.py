"""Services that are not the database: each answers on loopback what it is told, to whoever connects."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HOST = "127.0.0.1"


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run ``answer`` for each connection; give the port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(5)
            answer(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """The other end went away: that is what it is tested for."""

    with Server((HOST, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()


@contextmanager
def answering_udp(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Answer each datagram with ``answer``; give the port and what was asked."""
    asked: list[bytes] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, back = self.request
            asked.append(data)
            back.sendto(answer, self.client_address)

    with socketserver.UDPServer((HOST, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield int(server.server_address[1]), asked
        finally:
            server.shutdown()


def says(data: bytes) -> Callable[[socket.socket], None]:
    """Read what comes first, then send ``data`` and close."""

    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(data)

    return answer


def is_silent(connection: socket.socket) -> None:
    """Read until the other end gives up, and never answer."""
    while connection.recv(4096):
        pass


def closed_port() -> int:
    """Give a loopback port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
