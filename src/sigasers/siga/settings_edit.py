"""Changes settings in ``siga.toml`` and leaves the rest of the file as people wrote it, byte for byte.

The text is edited by lines, then read again: if anything else came out changed, nothing is written.
"""

import codecs
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from sigasers import durable
from sigasers.siga.settings_file import SettingsFile, read_settings

Value = str | int | bool
_KEY = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_KEY})\s*[.=]")
_PARTS = re.compile(rf"(\s*)({_KEY}[ \t]*=[ \t]*)(.*?)(\r?\n?)")
_AFTER_A_LINE = re.compile(r"(?<=\n)")
_USUAL_MODE = 0o644
_MOST_MARKS = 32


def write_base(path: Path, values: Mapping[str, Value]) -> None:
    """Make ``[base]`` of the file ``path`` hold ``values``; ``opciones`` and ``limite_consulta_s`` stay as they were.

    The file is whole at every moment, and durable on return. Raises ``ConfigurationError`` where the file cannot be
    edited without touching something else, the errors of ``read_settings``, and ``DiskError``.
    """
    _write(path, edited(read_settings(path), values))


def write_settings(path: Path, values: Mapping[str, Value | None]) -> None:
    """Set the names of ``values`` at the top level of the file ``path``; ``None`` takes one away.

    Whole, durable and refused as ``write_base`` says.
    """
    _write(path, edited_settings(read_settings(path), values))


def edited(file: SettingsFile, values: Mapping[str, Value]) -> str:
    """Give the text of ``file`` with ``values`` in ``[base]``; raises ``ConfigurationError`` as ``write_base``."""
    is_file = values.get("motor") == "sqlite"
    end = _line_end(file.text)
    kept = [line for line, table, name in _lines(file.text) if not _goes(table, name, is_file=is_file)]
    header = next((number for number, line in enumerate(kept) if _table_of(line) == "base"), None)
    if header is None:
        # Before the tables below it, such as [base.opciones]: TOML takes them in any order.
        kept = [*_ended(kept, end), *([end] if kept and kept[-1].strip() else []), f"[base]{end}"]
        header = len(kept) - 1
    written = [f"{name} = {toml_value(value)}{end}" for name, value in values.items()]
    text = "".join([*_ended(kept[: header + 1], end), *written, *kept[header + 1 :]])
    if not _is_same_but_base(file.values, text, values):
        raise file.bad(
            "no se puede cambiar [base] sin tocar lo demás del archivo; escríbala usted con un editor de textos"
        )
    return text


def edited_settings(file: SettingsFile, values: Mapping[str, Value | None]) -> str:
    """Give the text of ``file`` with ``values`` set or taken away; raises ``ConfigurationError`` as ``write_settings``.

    A line keeps its place, its comment and its spaces; what is new stands before the first section.
    """
    lines, left = [], dict(values)
    for line, table, name in _lines(file.text):
        lines.append(_changed(line, left.pop(name)) if table == "" and name in left else line)
    end = _line_end(file.text)
    new = [f"{name} = {toml_value(value)}{end}" for name, value in left.items() if value is not None]
    for place in dict.fromkeys((_before_sections(lines), 0)):
        text = _inserted(lines, new, place, end)
        if _is_same_but(file.values, text, values):
            return text
    names = ", ".join(f"«{name}»" for name in values)
    raise file.bad(
        f"no se puede cambiar {names} sin tocar lo demás del archivo; escríbalo usted con un editor de textos"
    )


def toml_value(value: Value) -> str:
    """Give ``value`` as TOML: a path of Windows as people write it, else with the escapes of JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    durable.make_folder(path.parent, step="siga.settings.folder", mode=0o750)
    mode, mark = _USUAL_MODE, b""
    if path.exists():
        mode = path.stat().st_mode & 0o777
        with path.open("rb") as file:
            mark = codecs.BOM_UTF8 if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else b""
    durable.replace(path, mark + text.encode(), step="siga.settings.write", mode=mode)


def _lines(text: str) -> list[tuple[str, str, str | None]]:
    """Give each line, its end included, with the table it stands in (empty: none yet) and the name that it assigns."""
    found: list[tuple[str, str, str | None]] = []
    table = ""
    for line in filter(None, _AFTER_A_LINE.split(text)):
        table = _table_of(line) or table
        assigned = _ASSIGNMENT.match(line)
        found.append((line, table, assigned[1].strip("\"'") if assigned else None))
    return found


def _line_end(text: str) -> str:
    """Give how the lines of ``text`` end."""
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


def _ended(lines: list[str], end: str) -> list[str]:
    """Give ``lines``, the last of which ends too."""
    return [*lines[:-1], lines[-1] + end] if lines and not lines[-1].endswith("\n") else lines


def _table_of(line: str) -> str | None:
    header = _HEADER.match(line)
    return header[1].strip("\"'") if header else None


def _changed(line: str, value: Value | None) -> str:
    """Give ``line`` with another value, its comment kept; one that cannot be told apart stays, and is noticed after."""
    parts = _PARTS.fullmatch(line)
    length = _value_length(parts[3]) if parts else None
    if parts is None or length is None:
        return line
    indent, head, rest, end = parts.groups()
    if value is not None:
        return f"{indent}{head}{toml_value(value)}{rest[length:]}{end}"
    comment = rest[length:].lstrip()
    return f"{indent}{comment}{end}" if comment else ""


def _value_length(rest: str) -> int | None:
    """Give how long the value is that ``rest`` begins with; a comment may follow, begun by a mark outside of texts."""
    marks = [place for place, char in enumerate(rest) if char == "#"][:_MOST_MARKS]
    for place in (*marks, len(rest)):
        try:
            tomllib.loads(f"x = {rest[:place]}")
        except tomllib.TOMLDecodeError:
            continue
        return len(rest[:place].rstrip())
    return None


def _before_sections(lines: list[str]) -> int:
    """Give where the last setting before the first section ends: above the section's own comment and blank lines."""
    place = next((number for number, line in enumerate(lines) if _table_of(line)), len(lines))
    if place < len(lines):
        while place and lines[place - 1].lstrip().startswith("#"):
            place -= 1
    while place and not lines[place - 1].strip():
        place -= 1
    return place


def _inserted(lines: list[str], new: list[str], place: int, end: str) -> str:
    if not new:
        return "".join(lines)
    apart = [end] if place < len(lines) and lines[place].strip() else []
    return "".join([*_ended(lines[:place], end), *new, *apart, *lines[place:]])


def _goes(table: str, name: str | None, *, is_file: bool) -> bool:
    """Tell whether a line is one of those that are written anew, or has no sense beside a file."""
    if table == "base.opciones":
        return is_file
    if table == "base":
        return name is not None and (is_file or name not in {"opciones", "limite_consulta_s"})
    return table == "" and name == "base"


def _is_same_but(before: Mapping[str, object], text: str, values: Mapping[str, Value | None]) -> bool:
    """Tell whether ``text`` says ``values`` and of everything else what was said before."""
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    wanted: dict[str, object] = {name: value for name, value in values.items() if value is not None}
    wanted |= {name: value for name, value in before.items() if name not in values}
    # By their texts: 1 is not true, and "nan" is itself.
    return {name: repr(value) for name, value in after.items()} == {
        name: repr(value) for name, value in wanted.items()
    }


def _is_same_but_base(before: Mapping[str, object], text: str, values: Mapping[str, Value]) -> bool:
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    base = after.pop("base", None)
    others = {name: value for name, value in before.items() if name != "base"}
    return after == others and isinstance(base, dict) and {name: base.get(name) for name in values} == values
