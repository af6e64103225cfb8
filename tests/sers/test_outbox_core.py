"""The outbox's table of states and the decision what makes one sobre."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import OwnError, Retry
from sigasers.protocol.outbox import (
    ACKNOWLEDGED,
    FINAL,
    TRANSITIONS,
    Batch,
    Event,
    Pairing,
    SeenFile,
    State,
    advance,
    diagram,
    lone_htmls,
    ready,
)
from sigasers.protocol.retry import BETWEEN_PASSES, IN_ONE_PASS, RetryPolicy

PAIRED = Pairing(enabled=True, wait_html_s=600)
SPEC = Path(__file__).parents[2] / "docs" / "spec" / "outbox.md"


def seen(name: str, *, size: int = 1, at_s: int = 0) -> SeenFile:
    return SeenFile(name=name, size_bytes=size, modified_ns=at_s * 10**9, arrived_ns=at_s * 10**9)


def names(batches: list[Batch]) -> list[tuple[str, ...]]:
    return [tuple(file.name for file in batch.files) for batch in batches]


def test_every_pair_outside_the_table_is_a_defect() -> None:
    """No default: what the table does not name cannot happen."""
    for state, event in itertools.product(State, Event):
        if (state, event) in TRANSITIONS:
            assert advance(state, event) is TRANSITIONS[state, event]
        else:
            with pytest.raises(OwnError):
                advance(state, event)


def test_only_an_acuse_makes_a_sobre_sent() -> None:
    """Into the acknowledged states leads one event alone, and no way leads out of them."""
    for (old, event), new in TRANSITIONS.items():
        if new in ACKNOWLEDGED and old not in ACKNOWLEDGED:
            assert event is Event.ACKNOWLEDGED
        if old in ACKNOWLEDGED:
            assert new in ACKNOWLEDGED


def test_every_state_can_be_left_until_it_is_final() -> None:
    """No dead end but the two ends."""
    for state in State:
        reached, todo = {state}, [state]
        while todo:
            here = todo.pop()
            news = {new for (old, _), new in TRANSITIONS.items() if old is here} - reached
            reached |= news
            todo += news
        assert reached & FINAL


def test_the_page_shows_the_table() -> None:
    """docs/spec/outbox.md holds the diagram drawn from the table."""
    assert f"```mermaid\n{diagram()}```" in SPEC.read_text(encoding="utf-8")


def test_a_pair_waits_for_its_slower_half() -> None:
    """RAR stable, HTML still growing: nothing goes."""
    rar, html = seen("a.rar"), seen("a.html")
    assert ready([rar, html], [rar, replace(html, size_bytes=2)], clock_ns=10**18, pairing=PAIRED) == []
    assert names(ready([rar, html], [rar, html], clock_ns=0, pairing=PAIRED)) == [("a.rar", "a.html")]


def test_case_of_the_extension_does_not_matter() -> None:
    """Windows writes .RAR and .Html."""
    files = [seen("a.RAR"), seen("a.Html")]
    assert names(ready(files, files, clock_ns=0, pairing=PAIRED)) == [("a.RAR", "a.Html")]


def test_one_html_goes_with_one_rar() -> None:
    """`a.RAR` and `a.rar` side by side: the HTML is not stated twice."""
    files = [seen("a.RAR"), seen("a.rar"), seen("a.html")]
    late = 10**18
    assert sorted(names(ready(files, files, clock_ns=late, pairing=PAIRED))) == [
        ("a.RAR", "a.html"),
        ("a.rar",),
    ]


def test_lone_htmls_are_named() -> None:
    """What nobody will send is told."""
    assert lone_htmls(["a.html", "b.html", "b.rar", "c.dat"]) == ["a.html"]


STEMS = st.sampled_from(["a", "b", "c", "a.b"])
ENDINGS = st.sampled_from([".rar", ".html", ".RAR", ".HTML", ".dat", ""])
SEEN = st.builds(
    lambda stem, ending, size, at: seen(stem + ending, size=size, at_s=at),
    STEMS, ENDINGS, st.integers(0, 2), st.integers(0, 1000),
)  # fmt: skip
SCANS = st.lists(SEEN, unique_by=lambda file: file.name)


@given(SCANS, SCANS, st.integers(0, 2000), st.booleans())
def test_whatever_lies_there_no_file_is_stated_twice(
    before: list[SeenFile],
    now: list[SeenFile],
    clock_s: int,
    paired: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    """Only stable files, each in one sobre; no lone HTML where pairs are wanted; newest first."""
    pairing = Pairing(enabled=paired, wait_html_s=600)
    batches = ready(before, now, clock_ns=clock_s * 10**9, pairing=pairing)
    taken = [file for batch in batches for file in batch.files]
    assert len({file.name for file in taken}) == len(taken)
    assert all(file in before and file in now for file in taken)
    assert [batch.modified_ns for batch in batches] == sorted((b.modified_ns for b in batches), reverse=True)
    if paired:
        assert all(not batch.files[0].name.lower().endswith(".html") for batch in batches)
        for batch in batches:
            lone_rar = len(batch.files) == 1 and batch.files[0].name.lower().endswith(".rar")
            assert (batch.marks == ("rar_sin_html",)) == lone_rar


@given(
    st.integers(1, 10_000), st.sampled_from(Retry), st.floats(0, 1, exclude_max=True),
    st.none() | st.floats(0, 10**6), st.none() | st.integers(1, 9),
)  # fmt: skip
def test_backoff_is_bounded_and_heeds_the_peer(
    failures: int, retry: Retry, jitter: float, asked: float | None, tries: int | None
) -> None:
    """Never under what the peer asks (within an hour), never over the cap else; never for what cannot help."""
    policy = RetryPolicy(first_s=1, cap_s=60, tries=tries)
    delay = policy.delay_s(failures=failures, retry=retry, jitter=jitter, asked_s=asked)
    if retry is not Retry.LATER or (tries is not None and failures >= tries):
        assert delay is None
        return
    assert delay is not None
    assert min(asked or 0, 3600) <= delay <= max(60, min(asked or 0, 3600))
    assert delay >= 0.5


def test_the_policies_end_and_do_not_end() -> None:
    """A pass gives up within a minute; the service never."""
    waits = [IN_ONE_PASS.delay_s(failures=n, retry=Retry.LATER, jitter=0.99) for n in range(1, 7)]
    assert waits[-1] is None
    assert sum(wait for wait in waits if wait is not None) < 60
    assert BETWEEN_PASSES.delay_s(failures=10**6, retry=Retry.LATER, jitter=0.99) is not None
