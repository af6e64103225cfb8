"""The comment in clear: what is read, what is ignored, what waits and what is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import TheirError
from sigasers.errors.formats import FormatError, FormatTooNewError, NoCommentError
from sigasers.formats import base64url
from sigasers.formats.archive_comment import (
    ArchiveComment,
    PackageLabel,
    Role,
    SealedCopy,
    comment_bytes,
    label_bytes,
    parse_comment,
    parse_label,
)
from sigasers.model import Ambito, Ejercicio, Identifier, Nemonico, TipoTransmision

LABEL = PackageLabel(
    sistema="SIGA",
    unidad=Nemonico(1288),
    anio=Ejercicio(2021),
    ambito=Ambito.SISTEMA,
    tipo=TipoTransmision.PERIODICA,
    corrida=Identifier("AAAAAAAAAAAAAAAAAAAAAA"),
    turno="2021-10-21T16:00",
    raiz="MEF-SIGA-tr_1288_2021_202110211630_ÑAÑA",
)
KID = base64url.encode(bytes(32))
COPY = SealedCopy(role=Role.UNIDAD, kid=KID, sealed=b"sealed")
COMMENT = ArchiveComment(label=label_bytes(LABEL), copies=(COPY, replace(COPY, role=Role.CENTRO)))


def changed(**members: object) -> bytes:
    """Give the comment with some of its members replaced."""
    return json.dumps(json.loads(comment_bytes(COMMENT)) | members).encode()


def copy_of(**members: object) -> dict[str, object]:
    return {"rol": "unidad", "kid": KID, "c": "AA"} | members


@pytest.mark.parametrize("turno", [None, "2021-10-21T16:00"])
def test_label_and_comment_come_back(turno: str | None) -> None:
    """Byte for byte: the label's bytes are what the seal is bound to."""
    label = replace(LABEL, turno=turno)
    comment = ArchiveComment(label=label_bytes(label), copies=COMMENT.copies)
    assert parse_comment(comment_bytes(comment)) == comment
    assert parse_label(comment.label) == label


@pytest.mark.parametrize(
    "data", [b"", b"un comentario de otro programa", b"[1]", b'{"v":1}', b"\xff", b'{"p":1,"p":2}']
)
def test_a_comment_of_others_is_none_of_ours(data: bytes) -> None:
    """A RAR of another program may have any comment: that is not damage."""
    with pytest.raises(NoCommentError):
        parse_comment(data)


@pytest.mark.parametrize("members", [{"v": 2}, {"crit": ["nuevo"]}])
def test_what_is_too_new_waits(members: dict[str, object]) -> None:
    """Unknown version, or a critical member that we do not know."""
    with pytest.raises(FormatTooNewError):
        parse_comment(changed(**members))


def test_other_members_and_other_readers_are_ignored() -> None:
    """A later version may seal to readers that we do not know, and say more."""
    data = changed(nuevo=1, s=[copy_of(rol="auditor", kid="?"), copy_of(mas=1)])
    assert parse_comment(data).copies == (replace(COPY, sealed=b"\0"),)


@pytest.mark.parametrize(
    "members",
    [
        {"v": "1"},
        {"crit": None},
        {"p": 1},
        {"p": "a=="},
        {"s": {}},
        {"s": [copy_of()] * 2},
        {"s": [copy_of(kid=base64url.encode(bytes([n]) * 32)) for n in range(9)]},
        {"s": [copy_of(kid="AAAA")]},
        {"s": [copy_of(kid="../../etc/passwd")]},
        {"s": [copy_of(c="*")]},
        {"s": [{}]},
    ],
)
def test_a_member_that_is_not_as_it_should_be_is_refused(members: dict[str, object]) -> None:
    """One canonical form for each value, and a kid is a digest before any path is made of it."""
    with pytest.raises(FormatError):
        parse_comment(changed(**members))


@pytest.mark.parametrize(
    "members",
    [
        {"anio": 1},
        {"unidad": "x"},
        {"ambito": "todo"},
        {"corrida": "x"},
        {"raiz": "x" * 251},
        {"sistema": None},
    ],
)
def test_a_label_out_of_range_is_refused(members: dict[str, object]) -> None:
    """Its values are checked types before anyone uses them."""
    with pytest.raises(TheirError):
        parse_label(json.dumps(json.loads(COMMENT.label) | members).encode())


@given(st.binary(max_size=300))
def test_any_bytes_end_in_an_error_of_ours(data: bytes) -> None:
    """The comment is read before anything is known of the archive."""
    with pytest.raises(TheirError):
        parse_comment(data)
