"""Every error has its stable code, and every code its operator's sentence."""

import ast
import string
from collections import Counter

import pytest

from scripts.docs import errors
from sigasers import mensajes
from tests.tooling.source_tree import dotted, modules

# Fields that are known only later, and where they are added.
GIVEN_LATER = {
    "CutRarError": {"archivo", "carpeta"},  # sers/aside.py, when the file has its place aside
    "BadFileNameError": {"archivo", "carpeta"},  # as CutRarError
    "StrayFileError": {"archivo", "carpeta"},  # as CutRarError
}


def test_no_two_errors_share_a_code() -> None:
    """A code names one cause, for the help desk and for scripts."""
    counts = Counter(kind.__dict__["code"] for kind in errors() if "code" in kind.__dict__)
    assert [code for code, count in counts.items() if count > 1] == []


def test_every_error_has_a_code_of_its_own() -> None:
    """A code inherited would hide one cause behind another."""
    assert [kind.__name__ for kind in errors() if "code" not in kind.__dict__] == []


def test_errors_are_declared_in_the_error_tree() -> None:
    """One place to look for what can go wrong."""
    assert [kind for kind in errors() if not kind.__module__.startswith("sigasers.errors.")] == []


def test_every_code_has_its_sentence() -> None:
    """No operator sees a bare code."""
    assert {kind.code for kind in errors()} - set(mensajes.catalogue()) == set()


def test_every_sentence_has_its_error_or_its_finding() -> None:
    """No sentence waits for an error that is gone; a finding of a verdict names its code in the source."""
    literals = {
        node.value
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(mensajes.catalogue()) - {kind.code for kind in errors()} - literals == set()


@pytest.mark.parametrize("code", sorted(mensajes.catalogue()))
def test_a_sentence_is_whole(code: str) -> None:
    """What happened, why, and the next step: each a whole sentence, or a field that is one."""
    sentence = mensajes.catalogue()[code]
    for part in (sentence.que, sentence.porque, sentence.haga):
        assert part.endswith((".", "?", "»", "}"))
        assert part[0].isupper() or part[0] in "«{¿"


def test_every_field_of_a_sentence_is_given_where_its_error_is_raised() -> None:
    """A sentence never shows a question mark where a name belongs."""
    raised = _fields_where_raised()
    lacking = []
    for kind in errors():
        wanted = _fields_of(kind.code) - GIVEN_LATER.get(kind.__name__, set())
        lacking += [
            f"{where}: {kind.__name__} lacks {sorted(wanted - fields)}"
            for where, fields in raised.get(f"{kind.__module__}.{kind.__name__}", [])
            if fields is not None and wanted - fields
        ]
    assert lacking == []


def _fields_of(code: str) -> set[str]:
    sentence = mensajes.catalogue().get(code)
    if sentence is None:
        return set()
    parts = (sentence.que, sentence.porque, sentence.haga)
    return {
        name.partition(".")[0].partition("[")[0]
        for part in parts
        for _, name, _, _ in string.Formatter().parse(part)
        if name
    }


def _fields_where_raised() -> dict[str, list[tuple[str, set[str] | None]]]:
    """Give for each error class the calls that build it: place and keywords, ``None`` where they are passed on."""
    found: dict[str, list[tuple[str, set[str] | None]]] = {}
    for path, tree in modules().items():
        imported = _imported_errors(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and dotted(node.func) in imported:
                names = [keyword.arg for keyword in node.keywords]
                fields = None if None in names else {name for name in names if name}
                found.setdefault(imported[dotted(node.func)], []).append((f"{path}:{node.lineno}", fields))
    return found


def _imported_errors(tree: ast.Module) -> dict[str, str]:
    """Give the full name of each error class that a module imports, by the name that it has there."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sigasers.errors")
        for alias in node.names
    }
