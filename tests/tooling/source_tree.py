"""The program's source files as syntax trees, for the tests that hold rules over all of them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sigasers"


@cache
def modules() -> dict[str, ast.Module]:
    """Give every module of the program by its path below ``src/sigasers``."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def dotted(node: ast.expr) -> str:
    """Give ``os.path.join`` for such an expression; what is no plain name is shown as ``?``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
