"""What runs in the verifying child: ``python -I -m sigasers.centro.verificacion.child DESCRIPTOR``.

The one argument is the inherited descriptor (on Windows the handle) of the file. Exit 0 after a report; 3 when
memory ran out. ``examination`` is imported only after the network is left: it starts threads.
"""

import sys

from sigasers.centro.verificacion import confine

EXIT_MEMORY = 3


def main() -> None:
    """Give up rights, then examine; the only place where rights are given up."""
    isolated = confine.leave_network()
    from sigasers.centro.verificacion import examination  # noqa: PLC0415 - see above

    confine.limit_resources(confine.ChildLimits())
    isolated = confine.leave_files() and isolated
    with examination.inherited_file(int(sys.argv[1])) as file:
        try:
            examination.serve(file, sys.stdin.buffer, sys.stdout.buffer, isolated=isolated)
        except MemoryError:  # pyarrow's ArrowMemoryError is one
            sys.exit(EXIT_MEMORY)


if __name__ == "__main__":
    main()
