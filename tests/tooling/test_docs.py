"""The pages made from the program are in step with it, and links of the documents lead somewhere."""

import re
from pathlib import Path

import pytest

from scripts import docs
from tests.tooling.source_tree import ROOT


@pytest.mark.parametrize("name", ["ordenes.md", "errores.md", "reglas.md"])
def test_generated_pages_are_in_step(name: str) -> None:
    """``python3 run.py docs`` writes them again."""
    assert (docs.GUIDE / name).read_text(encoding="utf-8") == docs.pages()[docs.GUIDE / name]


def test_every_error_stands_in_the_operators_guide() -> None:
    """An operator with a code in hand finds it; an area that the page does not know would lose its errors."""
    page = docs.pages()[docs.GUIDE / "errores.md"]
    assert [kind.code for kind in docs.errors() if f"\n### {kind.code}\n" not in page] == []


@pytest.mark.parametrize("page", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("*.md")))
def test_links_of_the_front_pages_lead_somewhere(page: str) -> None:
    """Relative links only; what is elsewhere may go away without us."""
    _assert_links(ROOT / page)


@pytest.mark.parametrize(
    "page", sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
)
def test_links_of_the_documents_lead_somewhere(page: str) -> None:
    """A moved page breaks here."""
    _assert_links(ROOT / page)


def _assert_links(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [
        target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target
    ]
    assert [target for target in targets if target and not (path.parent / target).exists()] == []


def test_every_decision_stands_in_the_index_under_a_number_of_its_own() -> None:
    """Two pages with one number cannot be cited."""
    folder = ROOT / "docs" / "decisions"
    names = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if f"]({name})" not in index] == []
    assert len({name[:4] for name in names}) == len(names)


def test_every_page_of_a_format_stands_in_the_index() -> None:
    """A page nobody finds is not a specification."""
    folder = ROOT / "docs" / "spec"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [
        path.name
        for path in folder.glob("*.md")
        if path.name != "README.md" and f"]({path.name})" not in index
    ] == []
