"""The keys process itself: ``python -I -m sigasers.centro.llaves.process FOLDER``.

It ends when its standard input ends, and its end ends the engine. It ignores interrupts and requests to end, which
reach the whole group: the engine decides when it stops. Nothing but frames goes to standard output.
"""

import signal
import sys
from pathlib import Path

from sigasers.centro.llaves import frames, keyring
from sigasers.centro.llaves.requests import KeyService
from sigasers.errors import SigasersError


def main() -> int:
    """Answer until the engine is gone; gives the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGBREAK", signal.SIGTERM)):
        signal.signal(number, signal.SIG_IGN)
    folder = Path(sys.argv[1])
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        service = KeyService(keyring.load(folder), folder)
    except SigasersError as error:
        answers.write(frames.encode({"error": error.code, "detalle": str(error)}))
        answers.flush()
        return error.exit_code
    answers.write(frames.encode({"listo": True}))
    answers.flush()
    while (question := frames.read(questions)) is not None:
        answers.write(frames.encode(service.answer(question)))
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
