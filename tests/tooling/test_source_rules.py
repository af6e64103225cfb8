"""Rules over the source that no linter has."""

import ast

from tests.tooling.source_tree import ROOT, dotted, modules

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 60
# Path: why it is longer.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def test_no_source_file_is_over_500_lines_without_a_reason() -> None:
    """A file that long does more than one thing."""
    paths = [path for folder in ("src", "tests", "scripts") for path in (ROOT / folder).rglob("*.py")]
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }
    assert {path: n for path, n in lines.items() if n > MAX_FILE_LINES and path not in LONG_FILES} == {}


def test_no_function_is_over_60_lines_without_a_reason() -> None:
    """Docstrings do not count."""
    found = {
        f"{path}:{node.name}": size
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := _code_lines(node)) > MAX_FUNCTION_LINES
    }
    assert {name: size for name, size in found.items() if name not in LONG_FUNCTIONS} == {}


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    doc = node.body[0] if ast.get_docstring(node, clean=False) is not None else None
    doc_lines = (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
    return (node.end_lineno or 0) - node.lineno + 1 - doc_lines


def test_text_files_are_opened_with_their_encoding() -> None:
    """A Windows machine would read UTF-8 as cp1252: the encoding is always said."""
    methods = {"read_text", "write_text"}
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
        and not any(keyword.arg == "encoding" for keyword in node.keywords)
    ]
    assert found == []


def test_no_shell_and_no_program_found_by_chance() -> None:
    """Programs are started with a list of arguments, never through a shell."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            dotted(node.func) in {"os.system", "os.popen"}
            or any(keyword.arg == "shell" for keyword in node.keywords)
        )
    ]
    assert found == []


def test_the_systems_english_reasons_never_reach_an_operator() -> None:
    """``strerror`` is English on every machine; ``mensajes.motivos`` says it in Spanish."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "strerror" and dotted(node.value) != "os"
    ]
    assert found == []
