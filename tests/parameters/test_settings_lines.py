"""Any setting of ``siga.toml`` is changed in its line; all else of the file stays, byte for byte."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.siga import ConfigurationError
from sigasers.siga.settings_edit import edited_settings, write_base, write_settings
from sigasers.siga.settings_file import SettingsFile

WRITTEN = """# La unidad, como está en el SIGA
unidad = 1288   # Rezola
  "zona_horaria" = 'America/Lima' # no la cambie # en serio
ruta_transmision = 'C:\\salida # vieja'

# la base de la unidad
[base]
motor = "sqlserver" # el de siempre
unidad = 7
[base.opciones]
PacketSize = 8192
"""


def parsed(text: str) -> SettingsFile:
    return SettingsFile(path=Path("siga.toml"), values=tomllib.loads(text), text=text)


def test_only_the_value_changes_in_its_line() -> None:
    """Spaces, quoted names, comments with marks in them stay; a setting of that name in a section is another."""
    text = edited_settings(parsed(WRITTEN), {"unidad": 1436, "zona_horaria": "America/Bogota"})
    assert text == WRITTEN.replace("1288", "1436").replace("'America/Lima'", '"America/Bogota"')


def test_a_mark_within_a_text_begins_no_comment() -> None:
    """The path is replaced whole; one of Windows is written as people write it."""
    text = edited_settings(parsed(WRITTEN), {"ruta_transmision": r"D:\mef\SourceOut"})
    assert text == WRITTEN.replace("C:\\salida # vieja", "D:\\mef\\SourceOut")


def test_what_is_new_stands_before_the_first_section_and_its_comment() -> None:
    """After it, it would belong to the section."""
    text = edited_settings(parsed(WRITTEN), {"anio_sistema": 2020})
    assert text == WRITTEN.replace("vieja'\n", "vieja'\nanio_sistema = 2020\n")


def test_what_is_taken_away_leaves_its_comment() -> None:
    """Somebody wrote it for somebody; what was not there is no error."""
    text = edited_settings(parsed(WRITTEN), {"unidad": None, "ruta_transmision": None, "anio_sistema": None})
    expected = WRITTEN.replace("unidad = 1288   # Rezola", "# Rezola").replace(
        "ruta_transmision = 'C:\\salida # vieja'\n", ""
    )
    assert text == expected


@pytest.mark.parametrize(
    "text", ["", "# nada\n", "[base]\nmotor = 'x'\n", "# sin fin", "a = [\n 1,\n[2]\n]\n"]
)
def test_any_file_takes_a_new_setting(text: str) -> None:
    """Empty, without a last line's end, with a section at once, with a value of several lines."""
    new = edited_settings(parsed(text), {"unidad": 1})
    assert tomllib.loads(new) == {**tomllib.loads(text), "unidad": 1}
    assert text.rstrip("\n") in new or new.endswith(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('unidad = """\n7"""\n', {"unidad": 8}),
        ("unidad.x = 7\n", {"unidad": 8}),
        ('"unid\\u0061d" = 7\n', {"unidad": 8}),
        ('nota = """\nunidad = 1\n"""\nunidad = 2\n', {"unidad": 8}),
        ("unidad = [\n1,\n]\n", {"unidad": None}),
    ],
)
def test_what_cannot_be_changed_by_lines_is_left_to_a_person(
    text: str, values: dict[str, int | None]
) -> None:
    """Nothing is written that would lose or bend another setting."""
    with pytest.raises(ConfigurationError):
        edited_settings(parsed(text), values)


def test_the_file_keeps_its_mark_its_line_ends_and_its_rights(tmp_path: Path) -> None:
    """Windows' Notepad writes both; a setting of the file or its base changes nothing else."""
    path = tmp_path / "siga.toml"
    path.write_bytes(
        b"\xef\xbb\xbf# uno\xe2\x80\xa8dos\r\nunidad = 1 # x\r\n[base]\r\nmotor = 'sqlite'\r\n# fin"
    )
    path.chmod(0o640)
    write_settings(path, {"unidad": 2, "anio_sistema": 2020})
    expected = (
        b"\xef\xbb\xbf# uno\xe2\x80\xa8dos\r\nunidad = 2 # x\r\nanio_sistema = 2020\r\n\r\n"
        b"[base]\r\nmotor = 'sqlite'\r\n# fin"
    )
    assert path.read_bytes() == expected
    write_base(path, {"motor": "sqlite", "archivo": "a.db"})
    assert path.read_bytes() == expected.replace(
        b"motor = 'sqlite'\r\n", b'motor = "sqlite"\r\narchivo = "a.db"\r\n'
    )
    assert path.stat().st_mode & 0o777 == 0o640


NAMES = ("unidad", "anio_sistema", "ruta_transmision", "zona_horaria", "cierre_anio_anterior")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
VALUES = st.one_of(st.integers(-9, 9_999), st.booleans(), TEXTS)
COMMENTS = TEXTS.map(lambda text: f"# {text}")


def literal(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A TOML file with comments, blank lines, settings in any of the ways of one line, and sections."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines: list[str] = []
    names = draw(st.lists(st.sampled_from((*NAMES, "otra", "nota")), unique=True))
    for section in (
        "",
        *draw(st.lists(st.sampled_from(["base", "base.opciones", "otra-cosa"]), unique=True)),
    ):
        if section:
            lines += [*draw(st.lists(st.one_of(COMMENTS, st.just("")), max_size=2)), f"[{section}]"]
        for name in names:
            lines += draw(st.lists(st.one_of(COMMENTS, st.just("")), max_size=2))
            key = draw(st.sampled_from([name, f'"{name}"', f" '{name}' "]))
            value = draw(
                st.one_of(VALUES.map(literal), st.sampled_from(["[1, '#']", "{ a = '# no' }", "1.5", "nan"]))
            )
            lines.append(
                f"{key}={value}{draw(st.one_of(st.just(''), COMMENTS.map(lambda text: ' ' + text)))}"
            )
    return end.join(lines) + draw(st.sampled_from(["", end]))


@given(text=files(), values=st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), VALUES)))
def test_whatever_the_file_only_the_named_values_change(
    text: str, values: dict[str, int | str | None]
) -> None:
    """Every other line is there as it was, in its order; the named ones say what was asked."""
    new = edited_settings(parsed(text), values)
    after, before = tomllib.loads(new), tomllib.loads(text)
    wanted = {name: value for name, value in before.items() if name not in values}
    wanted |= {name: value for name, value in values.items() if value is not None}
    assert {name: repr(value) for name, value in after.items()} == {
        name: repr(value) for name, value in wanted.items()
    }
    assert edited_settings(parsed(new), values) == new
    kept = iter(new.split("\n"))
    for line in untouched(text, values):
        assert any(line.rstrip("\r") == each.rstrip("\r") for each in kept), line


def untouched(text: str, values: dict[str, int | str | None]) -> list[str]:
    """Give the lines that say nothing about ``values``: all below a section, and the other ones above."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.startswith("[")), len(lines))
    return [
        line
        for number, line in enumerate(lines)
        if line.strip() and (number >= first or line.split("=")[0].strip(" \"'") not in values)
    ]
