"""The real programs as the demo runs them: orders one after the other, and two services that stay."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

from sigasers.errors.demo import DemoServiceError, DemoStepError, DemoWaitError

_POLL_S = 0.1
_END_S = 20.0


def command_of(arguments: Sequence[str]) -> list[str]:
    """Give the process's arguments for an order as people type it (``siga exportar ...``)."""
    return [sys.executable, "-X", "utf8", "-m", "sigasers", *arguments]


def shown(arguments: Sequence[str]) -> str:
    """Give an order as a person types it."""
    return " ".join(f'"{item}"' if " " in item else item for item in arguments)


def run_order(
    arguments: Sequence[str], *, environment: Mapping[str, str] | None = None, capture: bool = False
) -> str:
    """Run an order to its end; its output is the terminal's, or given back with ``capture``.

    Raises ``DemoStepError`` unless it ends with 0.
    """
    done = subprocess.run(
        command_of(arguments),
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE if capture else None,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise DemoStepError("order failed", orden=shown(arguments[:2]), codigo=done.returncode)
    return done.stdout or ""


class Service:
    """A program that stays, its output in a file; end it by leaving the block."""

    def __init__(self, name: str, arguments: Sequence[str], output: Path) -> None:
        """Start it."""
        self._name, self._output = name, output
        with output.open("wb") as file:
            self._process = subprocess.Popen(
                command_of(arguments), stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )

    def wait_until(self, ready: Callable[[], bool], limit_s: float) -> None:
        """Wait until ``ready``; raises ``DemoServiceError`` if the program ends, ``DemoWaitError`` after the limit."""
        end = time.monotonic() + limit_s
        while not ready():
            self.check()
            if time.monotonic() > end:
                raise DemoWaitError("not ready", segundos=int(limit_s), registro=str(self._output))
            time.sleep(_POLL_S)

    def said(self, text: str) -> bool:
        """Tell whether ``text`` stands in the program's output."""
        return text in self._output.read_text(encoding="utf-8", errors="replace")

    def check(self) -> None:
        """Raise ``DemoServiceError`` if the program has ended."""
        if self._process.poll() is not None:
            raise DemoServiceError("service ended", programa=self._name, registro=str(self._output))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Ask the program to end, and end it when it does not; killed anywhere, it loses nothing."""
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def end_on_signal() -> None:
    """Take a request to end (SIGTERM) as Ctrl-C: centre and courier end too, and are not left behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def stay(services: Sequence[Service]) -> None:
    """Wait until the operator presses Ctrl-C; raises ``DemoServiceError`` if a service ends before."""
    stopped = threading.Event()
    while not stopped.wait(1.0):
        for service in services:
            service.check()
