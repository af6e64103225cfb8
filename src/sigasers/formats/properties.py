r"""``application.properties``: Java properties behind a pre-pass for what people really write into them.

Every strict parser turns the guide's raw ``C:\Users\Public\mef`` into ``C:UsersPublicmef``: a value that starts
like a raw Windows path (a drive or a server, then backslashes that are not doubled) has its single backslashes
doubled first. A value whose first backslashes are doubled already is left as it is. Text is UTF-8, with or without
a byte order mark, else Windows-1252.

What it does not do: it knows no key and no default (``sers.settings``).
"""

import re
from collections.abc import Mapping

import javaproperties

from sigasers.errors.formats import BadPropertiesError

MAX_BYTES = 1 << 20  # the guide's file has 19 lines; a mebibyte bounds a stranger's
_LINE = re.compile(
    r"(?m)^(?P<head>[ \t\f]*[^#!\s:=\\][^\s:=\\]*(?:[ \t\f]*[:=][ \t\f]*|[ \t\f]+))(?P<value>.*)$"
)
_RAW_PATH = re.compile(r"[A-Za-z]:\\(?!\\)|\\\\[^\\]+\\(?![\\:=#! ])")
_SINGLE = re.compile(r"(?<!\\)\\(?!\\)")


def parse(data: bytes) -> dict[str, str]:
    """Give the values by key (the last of a repeated key counts); raises ``BadPropertiesError``."""
    if len(data) > MAX_BYTES:
        raise BadPropertiesError("file too large", motivo="el archivo es demasiado grande")
    try:
        return dict(javaproperties.loads(_LINE.sub(_double, _decode(data))))
    except ValueError as error:  # among them InvalidUEscapeError
        raise BadPropertiesError("malformed", motivo="una línea tiene un escape \\u incompleto") from error


def update(data: bytes, values: Mapping[str, str]) -> bytes:
    r"""Give ``data`` with the keys of ``values`` set, all other lines kept; what is new goes to the end.

    What is set is read back by ``parse`` as it was, but for a path with control characters in it.
    """
    left = dict(values)
    kept: list[str] = []
    for element in javaproperties.parse(_LINE.sub(_double, _decode(data))):
        key = element.key if isinstance(element, javaproperties.KeyValue) else None
        if key not in values:
            kept.append(element.source.rstrip("\r\n"))
        elif key in left:
            kept.append(_line(key, left.pop(key)))
    kept.extend(_line(key, value) for key, value in left.items())
    return ("\n".join(kept) + "\n").encode("utf-8")


def _line(key: str, value: str) -> str:
    r"""Write one line; beyond ASCII as UTF-8, since a ``\u`` in a path would look like a raw one."""
    return javaproperties.join_key_value(key, value, ensure_ascii=False)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _double(match: re.Match[str]) -> str:
    r"""Double the single backslashes of a value that is a raw Windows path; a server's leading ``\\`` too."""
    head, value = match["head"], match["value"]
    if not _RAW_PATH.match(value):
        return match[0]
    server = "\\\\" if value.startswith("\\\\") else ""
    return head + server + _SINGLE.sub(r"\\\\", value)
