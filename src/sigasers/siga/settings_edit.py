"""Changes the database of ``siga.toml`` and leaves the rest of the file as people wrote it, comments included.

The text is edited by lines, then read again: if anything else came out changed, nothing is written.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from sigasers import durable
from sigasers.siga.settings_file import SettingsFile, read_settings

Value = str | int | bool
_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]")
_ASSIGNMENT = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*[.=]")
_USUAL_MODE = 0o644


def write_base(path: Path, values: Mapping[str, Value]) -> None:
    """Make ``[base]`` of the file ``path`` hold ``values``; ``opciones`` and ``limite_consulta_s`` stay as they were.

    The file is whole at every moment, and durable on return. Raises ``ConfigurationError`` where the file cannot be
    edited without touching something else, the errors of ``read_settings``, and ``DiskError``.
    """
    file = read_settings(path)
    text = edited(file, values)
    durable.make_folder(path.parent, step="siga.settings.folder", mode=0o750)
    mode = path.stat().st_mode & 0o777 if path.exists() else _USUAL_MODE
    durable.replace(path, text.encode(), step="siga.settings.write", mode=mode)


def edited(file: SettingsFile, values: Mapping[str, Value]) -> str:
    """Give the text of ``file`` with ``values`` in ``[base]``; raises ``ConfigurationError`` as ``write_base``."""
    is_file = values.get("motor") == "sqlite"
    kept = [line for line, table, name in _lines(file.text) if not _goes(table, name, is_file=is_file)]
    header = next((number for number, line in enumerate(kept) if _table_of(line) == "base"), None)
    if header is None:
        # Before the tables below it, such as [base.opciones]: TOML takes them in any order.
        kept += ["", "[base]"] if kept and kept[-1].strip() else ["[base]"]
        header = len(kept) - 1
    kept[header + 1 : header + 1] = [f"{name} = {toml_value(value)}" for name, value in values.items()]
    text = "\n".join(kept) + "\n"
    if not _is_same_but_base(file.values, text, values):
        raise file.bad(
            "no se puede cambiar [base] sin tocar lo demás del archivo; escríbala usted con un editor de textos"
        )
    return text


def toml_value(value: Value) -> str:
    """Give ``value`` as TOML: its basic strings have the escapes of JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def _lines(text: str) -> list[tuple[str, str, str | None]]:
    """Give each line with the table it stands in (empty: none yet) and the name that it assigns."""
    found: list[tuple[str, str, str | None]] = []
    table = ""
    for line in text.splitlines():
        table = _table_of(line) or table
        assigned = _ASSIGNMENT.match(line)
        found.append((line, table, assigned[1].strip("\"'") if assigned else None))
    return found


def _table_of(line: str) -> str | None:
    header = _HEADER.match(line)
    return header[1].strip("\"'") if header else None


def _goes(table: str, name: str | None, *, is_file: bool) -> bool:
    """Tell whether a line is one of those that are written anew, or has no sense beside a file."""
    if table == "base.opciones":
        return is_file
    if table == "base":
        return name is not None and (is_file or name not in {"opciones", "limite_consulta_s"})
    return table == "" and name == "base"


def _is_same_but_base(before: Mapping[str, object], text: str, values: Mapping[str, Value]) -> bool:
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    base = after.pop("base", None)
    others = {name: value for name, value in before.items() if name != "base"}
    return after == others and isinstance(base, dict) and {name: base.get(name) for name in values} == values
