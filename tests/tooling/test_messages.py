"""Every error has its stable code, and every code its operator's sentence."""

import importlib
import pkgutil
import string
from collections import Counter
from collections.abc import Iterator

import pytest

import sigasers.errors
from sigasers import mensajes
from sigasers.errors import SigasersError
from tests.tooling.source_tree import ROOT


def _errors() -> list[type[SigasersError]]:
    for module in pkgutil.iter_modules(sigasers.errors.__path__):
        importlib.import_module(f"sigasers.errors.{module.name}")
    return sorted(_below(SigasersError), key=lambda kind: kind.code)


def _below(kind: type[SigasersError]) -> Iterator[type[SigasersError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("sigasers."):
            yield child
            yield from _below(child)


def test_no_two_errors_share_a_code() -> None:
    """A code names one cause, for the help desk and for scripts."""
    counts = Counter(kind.__dict__["code"] for kind in _errors() if "code" in kind.__dict__)
    assert [code for code, count in counts.items() if count > 1] == []


def test_every_error_has_a_code_of_its_own() -> None:
    """A code inherited would hide one cause behind another."""
    assert [kind.__name__ for kind in _errors() if "code" not in kind.__dict__] == []


def test_errors_are_declared_in_the_error_tree() -> None:
    """One place to look for what can go wrong."""
    assert [kind for kind in _errors() if not kind.__module__.startswith("sigasers.errors.")] == []


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    """No operator sees a bare code, and no sentence waits for an error that is gone."""
    assert {kind.code for kind in _errors()} == set(mensajes.catalogue())


@pytest.mark.parametrize("code", sorted(mensajes.catalogue()))
def test_a_sentence_is_whole(code: str) -> None:
    """What happened, why, and the next step: each starts with a capital or a field and ends with a full stop."""
    sentence = mensajes.catalogue()[code]
    for part in (sentence.que, sentence.porque, sentence.haga):
        assert part.endswith((".", "?", "»"))
        assert part[0].isupper() or part[0] in "«{¿"


def test_every_field_of_a_sentence_is_given_where_its_error_is_raised() -> None:
    """A sentence never shows a question mark where a name belongs."""
    raised = _fields_where_raised()
    lacking = []
    for kind in _errors():
        wanted = _fields_of(kind.code)
        lacking += [
            f"{where}: {kind.__name__} lacks {sorted(wanted - fields)}"
            for where, fields in raised.get(kind.__name__, [])
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
    """Give for each class name the calls that build it: place and keywords, ``None`` where they are passed on."""
    import ast

    from tests.tooling.source_tree import dotted, modules

    found: dict[str, list[tuple[str, set[str] | None]]] = {}
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                names = [keyword.arg for keyword in node.keywords]
                fields = None if None in names else {name for name in names if name}
                found.setdefault(dotted(node.func).rpartition(".")[2], []).append(
                    (f"{path}:{node.lineno}", fields)
                )
    return found


def test_the_operators_guide_has_an_entry_for_every_code() -> None:
    """An operator with a code in hand finds it in the guide."""
    guide = (ROOT / "docs" / "guia" / "errores.md").read_text(encoding="utf-8")
    assert [code for code in mensajes.catalogue() if f"\n### {code}\n" not in guide] == []
