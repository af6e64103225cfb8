"""One export, run as a program: ``python one_export.py ROOT``. The fault table ends it on the way.

Exit code 0 done, 3 told as an error of ours; anything else is the test's failure or the kill.
"""

import sys
from pathlib import Path

from sigasers.errors import SigasersError
from tests.export.place import PERIODICA, Place


def main() -> int:
    """Export both years of the base beside the installation."""
    root = Path(sys.argv[1])
    try:
        Place(root=root, base=root / "base.db").export(PERIODICA)
    except SigasersError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
