"""Click's own sentences, read from its source, and their Spanish catalogue.

``python -m scripts.click_sentences`` compiles ``messages.po`` to ``messages.mo`` and prints what click says
that the catalogue lacks.
"""

import ast
from pathlib import Path

import click
import polib

LOCALE = Path(__file__).resolve().parent.parent / "src/sigasers/cli/locale/es/LC_MESSAGES"
PO = LOCALE / "messages.po"
MO = LOCALE / "messages.mo"


def sentences() -> set[tuple[str, str]]:
    """Give every sentence that click passes to gettext: (singular, plural or '')."""
    found = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == "_" and isinstance(node.args[0], ast.Constant):
                    found.add((_text(node.args[0]), ""))
                elif node.func.id == "ngettext":
                    found.add((_text(node.args[0]), _text(node.args[1])))
    return found


def compile_catalogue() -> bytes:
    """Give the bytes of ``messages.mo`` as ``messages.po`` has them now."""
    binary: bytes = polib.pofile(str(PO)).to_binary()
    return binary


def main() -> None:
    """Compile the catalogue and print what it lacks."""
    MO.write_bytes(compile_catalogue())
    known = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(PO))}
    for singular, plural in sorted(sentences() - known):
        print(repr(singular), repr(plural))


def _text(node: ast.expr) -> str:
    text = ast.literal_eval(node)
    if not isinstance(text, str):
        raise TypeError(ast.dump(node))
    return text


if __name__ == "__main__":
    main()
