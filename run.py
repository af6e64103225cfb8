#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""The two commands of a fresh clone: ``python3 run.py demo`` and ``python3 run.py test``.

Written so that every Python there is can read it, Python 2 included: an old one gets a sentence, not a
syntax error. What it does lies in ``scripts/commands.py``. ASCII alone: an old Python prints nothing else
safely.
"""

from __future__ import print_function

import sys

OLDEST = (3, 11)


def main():
    """Check the Python that runs this, then hand over; gives the exit code."""
    if sys.version_info < OLDEST:
        print(
            "Se necesita Python 3.11 o posterior, y este es Python %d.%d: instale uno de "
            "https://www.python.org/downloads/ y repita la orden con ese Python." % sys.version_info[:2],
            file=sys.stderr,
        )
        return 74
    from scripts import commands  # noqa: PLC0415 - an old Python cannot even read it

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
