"""The core of tus, without network or disk: an upload's states as a table, headers read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import SigasersError
from sigasers.errors.centro import (
    OffsetError,
    PieceTooLongError,
    TusHeaderError,
    TusVersionError,
    UploadBusyError,
    UploadGoneError,
)
from sigasers.protocol import tus
from sigasers.protocol.tus import Event, Piece, State, Upload


def piece(offset: int = 0, length: int | None = None) -> Piece:
    return Piece(offset_bytes=offset, length_bytes=length, checksum=None)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_pair_that_is_not_in_the_table_is_an_error(state: State, event: Event) -> None:
    """No state has a default: what is not foreseen is refused."""
    upload = Upload(size_bytes=10, offset_bytes=10 if state is State.WHOLE else 0, state=state)
    wanted = tus.TRANSITIONS.get((state, event))
    if wanted is None:
        with pytest.raises(UploadGoneError):
            upload._after(event)
    else:
        assert upload._after(event).state is wanted


def test_one_piece_at_a_time() -> None:
    """A second piece is refused while one is under way, also one that was told to end."""
    busy = Upload(size_bytes=10).begin(piece())
    for upload in (busy, busy.asked()):
        with pytest.raises(UploadBusyError):
            upload.begin(piece())


def test_piece_must_start_where_the_upload_stands() -> None:
    """The error tells where that is."""
    with pytest.raises(OffsetError) as caught:
        Upload(size_bytes=10, offset_bytes=4).begin(piece(3))
    assert caught.value.fields["desplazamiento"] == 4


def test_piece_may_not_run_over_the_size() -> None:
    """Announced or not: what is longer than the file is refused."""
    with pytest.raises(PieceTooLongError):
        Upload(size_bytes=10).begin(piece(0, 11))
    with pytest.raises(PieceTooLongError):
        Upload(size_bytes=10).begin(piece()).check_room(11)


def test_gone_upload_takes_nothing() -> None:
    """After a discard every piece says that the file is to be begun anew, wherever it starts."""
    gone = Upload(size_bytes=10).discarded()
    for offset in (0, 3):
        with pytest.raises(UploadGoneError):
            gone.begin(piece(offset))


def test_empty_file_is_whole_at_creation() -> None:
    """Nothing is missing of a file of 0 bytes."""
    assert Upload(size_bytes=0).kept(0).state is State.WHOLE


@given(
    st.integers(0, 10_000), st.lists(st.tuples(st.integers(0, 3_000), st.sampled_from("kdh")), max_size=30)
)
def test_offset_only_grows_and_ends_at_the_size(size: int, steps: list[tuple[int, str]]) -> None:
    """Whatever comes: the offset is the sum of what was kept, never more than the size; whole means all of it."""
    upload, kept = Upload(size_bytes=size), 0
    for length, action in steps:
        try:
            begun = upload.begin(piece(upload.offset_bytes, length))
        except SigasersError:
            continue
        if action == "h":
            begun = begun.asked()
        if action == "d":
            upload = begun.dropped()
        else:
            upload, kept = begun.kept(length), kept + length
        assert upload.offset_bytes == kept <= size
        assert (upload.state is State.WHOLE) == (action != "d" and kept == size)


@pytest.mark.parametrize("version", [None, "", "0.2.2", "1.0", "1.0.0 ", "2.0.0"])
def test_other_versions_are_refused(version: str | None) -> None:
    """Only 1.0.0 is spoken."""
    with pytest.raises(TusVersionError):
        tus.check_version({} if version is None else {"tus-resumable": version})


def test_metadata_is_read_with_and_without_values() -> None:
    """Keys may stand alone; values are base64; blanks around pairs do not count."""
    assert tus.read_metadata("sobre YWJj, sola ,vacia ") == {"sobre": b"abc", "sola": b"", "vacia": b""}


@pytest.mark.parametrize("text", ["a YQ==,a YQ==", "a !", "a YQ", "a " + "A" * 5000])
def test_malformed_metadata_is_refused(text: str) -> None:
    """Twice the same key, bad base64, too long."""
    with pytest.raises(TusHeaderError):
        tus.read_metadata(text)


@given(st.dictionaries(st.sampled_from(["upload-length", "upload-offset", "content-length", "upload-checksum",
                                        "upload-metadata"]), st.text(max_size=60)))  # fmt: skip
def test_any_headers_are_read_or_refused(headers: dict[str, str]) -> None:
    """Nothing but a value or an error of ours comes of any header."""
    for read in (tus.read_piece, tus.read_creation):
        try:
            found = read(headers)
        except TusHeaderError:
            continue
        assert found is not None
