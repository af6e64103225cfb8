"""Click's own sentences: all of them have their Spanish, whatever the machine's language is."""

import re
import string

import click
import polib
import pytest

from scripts import click_sentences
from sigasers.cli import espanol
from sigasers.cli.core import run_with


@click.group("prueba")
def grupo() -> None:
    """Grupo de prueba."""


@grupo.command("orden")
@click.argument("archivo", type=click.Path(exists=True, dir_okay=False))
@click.option("--numero", type=int)
@click.option("--rango", type=click.IntRange(1, 5))
@click.option("--decimal", type=float)
@click.option("--marca", type=bool)
@click.option("--clase", type=click.Choice(["chica", "media"]))
@click.option("--clave", required=True)
@click.option("--par", nargs=2)
@click.option("--bandera", is_flag=True)
@click.option("--carpeta", type=click.Path(exists=True, file_okay=False))
@click.option("--fecha", type=click.DateTime())
@click.option("--id", "ident", type=click.UUID)
@click.option("--texto", default="nada", show_default=True, envvar="PRUEBA_TEXTO", show_envvar=True)
def orden(**_values: object) -> None:
    """Orden de prueba."""


ENGLISH = re.compile(
    r"\b(the|is|are|not|with|without|options?|arguments?|commands?|usage|such|missing|invalid|values?|requires?|takes?|"
    r"try|did you mean|show|exit|version|file|directory|path|exists?|unexpected|got|required|default|env var|number|"
    r"integer|text|float|boolean|range)\b",
    re.IGNORECASE,
)
USAGE_ERRORS = {
    "no command": [],
    "unknown command": ["nada"],
    "unknown command like a known one": ["ordem"],
    "unknown option": ["orden", "--nada"],
    "unknown option like a known one": ["orden", "--numeros", "1"],
    "missing argument": ["orden", "--clave", "x"],
    "missing option": ["orden", __file__],
    "not a number": ["orden", "--numero", "x"],
    "not a decimal": ["orden", "--decimal", "x"],
    "not yes or no": ["orden", "--marca", "x"],
    "out of range": ["orden", "--rango", "9"],
    "not a choice": ["orden", "--clase", "x"],
    "not a date": ["orden", "--fecha", "x"],
    "not an identifier": ["orden", "--id", "x"],
    "no value": ["orden", "--clave"],
    "one value of two": ["orden", "--par", "x"],
    "a flag with a value": ["orden", "--bandera=1"],
    "no such file": ["orden", "--clave", "x", "nada.txt"],
    "no such folder": ["orden", "--carpeta", "nada", "--clave", "x", __file__],
    "a folder that is a file": ["orden", "--carpeta", __file__, "--clave", "x", __file__],
    "a file that is a folder": ["orden", "--clave", "x", "."],
    "extra argument": ["orden", "--clave", "x", __file__, "sobra"],
    "extra arguments": ["orden", "--clave", "x", __file__, "sobra", "mas"],
    "bad option name": ["orden", "-é"],
}


def english_in(text: str, known: str = "") -> list[str]:
    """Give the English words of ``text``, less the names that the caller knows to stand in it."""
    bare = re.sub(
        r"'[^']*'|\"[^\"]*\"|«[^»]*»|--?[\w-]+|\S*/\S*", " ", text.replace(known, " ") if known else text
    )
    return ENGLISH.findall(bare)


@pytest.mark.parametrize("language", ["en_US.UTF-8", "C", "fr_FR.UTF-8", ""])
@pytest.mark.parametrize("arguments", USAGE_ERRORS.values(), ids=USAGE_ERRORS)
def test_usage_errors_are_wholly_in_spanish(
    arguments: list[str], language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every wrong use ends with exit code 2 and says what is wrong, in Spanish."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.setenv(name, language)
    assert run_with(grupo, arguments) == 2
    shown = capsys.readouterr()
    assert "Error: " in shown.err or "Uso: prueba" in shown.err
    assert english_in(shown.out + shown.err) == []


def test_help_is_wholly_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    """Placeholders, defaults and the help of the help included."""
    for arguments in (["--help"], ["-h"], ["orden", "--help"]):
        assert run_with(grupo, arguments) == 0
        assert english_in(capsys.readouterr().out) == []


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` names the program and its version."""
    assert run_with(grupo, ["--version"]) == 0
    assert re.fullmatch(r"prueba, versión \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize("text", ["Usage: x", "Error: No such option", "Missing argument", "is a directory"])
def test_the_judge_of_these_tests_sees_english(text: str) -> None:
    """What finds no English must be able to find it."""
    assert english_in(text)


def test_the_catalogue_has_every_sentence_of_this_click() -> None:
    """A new version of click with a new sentence fails here, before an operator reads English."""
    known = {
        (entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(click_sentences.PO))
        if entry.translated()
    }
    assert click_sentences.sentences() - known == set()


def test_the_catalogue_says_nothing_that_click_no_longer_says() -> None:
    """``required`` is the one that click translates by a variable."""
    known = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(click_sentences.PO))}
    assert known - click_sentences.sentences() == {("required", "")}


def test_translations_use_only_fields_that_the_sentence_has() -> None:
    """A field that click does not give would end the program while it explains an error."""
    for entry in polib.pofile(str(click_sentences.PO)):
        pairs = zip([entry.msgid, entry.msgid_plural], entry.msgstr_plural.values(), strict=True)
        for source, translation in [(entry.msgid, entry.msgstr)] if not entry.msgid_plural else pairs:
            assert _fields(translation) <= _fields(source)


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_compiled_catalogue_is_in_step() -> None:
    """``python -m scripts.click_sentences`` compiles it."""
    assert click_sentences.MO.read_bytes() == click_sentences.compile_catalogue()


def test_commands_below_a_group_are_all_found() -> None:
    """What walks the tree walks all of it."""
    assert [command.name for command in espanol.walk(grupo)] == ["prueba", "orden"]
