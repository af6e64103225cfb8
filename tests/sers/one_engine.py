"""Runs one part of the agent in a process of its own, to be killed there: ``recover ROOT`` or ``renew ROOT TOKEN``."""

import sys
from pathlib import Path

from sigasers.sers import engine, trust_file
from sigasers.sers.agent import open_agent
from sigasers.sers.clock import SystemClock
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.line import Line

NO_LINE = "https://127.0.0.1:1"


def main() -> None:
    what, root = sys.argv[1], Path(sys.argv[2])
    if what == "renew":
        folder = ProfileFolder.at(root)
        trust_file.renew(folder, trust_file.load(folder), Path(sys.argv[3]).read_text(encoding="ascii"))
        return
    import httpx2

    with open_agent(root, clock=SystemClock(), line=lambda _f, _t: Line(httpx2.Client(), [NO_LINE])) as agent:
        engine.recover(agent)


if __name__ == "__main__":
    main()
