"""application.properties: what people really write into it."""

import javaproperties
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sigasers.errors.formats import BadPropertiesError
from sigasers.formats import properties

GUIDE = rb"""authentication.sessionId=
authentication.userId=70270
configuration.maskMoveToIn=*.xml
configuration.pathFileAttachIn=C:\Users\Public\mef\sers_siga\AttachIn
configuration.pathapplication=C:\Users\Public\mef\sers_siga
proxy.active=false
"""


def test_reads_the_guides_raw_paths() -> None:
    """The guide's own file means what it shows (guide 6.7)."""
    values = properties.parse(GUIDE)
    assert values["configuration.pathFileAttachIn"] == r"C:\Users\Public\mef\sers_siga\AttachIn"
    assert values["authentication.sessionId"] == ""
    assert values["proxy.active"] == "false"


def test_a_plain_parser_loses_the_backslashes() -> None:
    """Why the pre-pass is there."""
    assert (
        javaproperties.loads(GUIDE.decode())["configuration.pathapplication"] == "C:UsersPublicmefsers_siga"
    )


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (rb"k=C:\Users\new\temp", r"C:\Users\new\temp"),
        (rb"k=C:\Users\user1", r"C:\Users\user1"),
        (rb"k = D:\datos\ " + b"\nz=1", "D:\\datos\\ "),
        (b"k=C:\\fin\\\nz=1", "C:\\fin\\"),
        (b"k=C:\\fin\\\r\nz=1", "C:\\fin\\"),
        (rb"k=C:\\Users\\Public", r"C:\Users\Public"),
        (rb"k=C\:\\Users\\Espa\u00f1a", r"C:\Users\España"),
        (rb"k=\\servidor\carpeta", r"\\servidor\carpeta"),
        (rb"k=\\\\servidor\\carpeta", r"\\servidor\carpeta"),
        (rb"k:/var/lib/sers", "/var/lib/sers"),
        ("k=C:\\Contraseña\\ñ".encode(), "C:\\Contraseña\\ñ"),
        ("k=C:\\Contraseña\\ñ".encode("cp1252"), "C:\\Contraseña\\ñ"),
        (b"\xef\xbb\xbfk=C:\\a", r"C:\a"),
    ],
)
def test_reads_paths_however_they_are_written(line: bytes, path: str) -> None:
    """Raw, doubled, escaped, of a server, in either encoding: one path."""
    assert properties.parse(line)["k"] == path


def test_truncated_escape_is_refused() -> None:
    """A file that no Java would read is said, with our error."""
    with pytest.raises(BadPropertiesError):
        properties.parse(rb"k=\u00")


def test_oversized_file_is_refused() -> None:
    """A stranger's file is bounded."""
    with pytest.raises(BadPropertiesError):
        properties.parse(b"#" * (properties.MAX_BYTES + 1))


def test_update_keeps_comments_and_order() -> None:
    """Only the named lines change; a value may run over several lines."""
    data = b"# nota\nuno=1\nlargo=a\\\n   b\ndos=2\n"
    assert properties.update(data, {"largo": "c", "tres": "3"}) == b"# nota\nuno=1\nlargo=c\ndos=2\ntres=3\n"


def test_update_keeps_raw_paths_readable() -> None:
    """Setting one key does not spoil the others."""
    values = properties.parse(properties.update(GUIDE, {"authentication.userId": "1288"}))
    assert values["configuration.pathapplication"] == r"C:\Users\Public\mef\sers_siga"
    assert values["authentication.userId"] == "1288"


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]))


@given(st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=8))
@example({"k": "\\"})
@example({"k": "\\a:=# "})
@example({"k": "\\servidor\\ñandú"})
@example({"k": "\\\\servidor\\ñandú"})
@example({"k": "C:\\ñandú"})
def test_what_is_written_is_read_back(values: dict[str, str]) -> None:
    """Any text without control characters survives writing and reading."""
    assert properties.parse(properties.update(b"", values)) == values
