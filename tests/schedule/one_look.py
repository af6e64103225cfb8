"""One look at the schedule in a process of its own, which a fail-point may end. Argument: the test's folder."""

import sys
from pathlib import Path

from tests.export.place import Place
from tests.schedule.installed import Scheduled

if __name__ == "__main__":
    root = Path(sys.argv[1])
    unit = Scheduled(place=Place(root=root / "inst", base=root / "base.db"))
    unit.at("2021-11-06T09:07")
    unit.look()
