"""``auditoria.jsonl``: appended whole, chained, and checked by us and by programs that know nothing of us."""

import hashlib
import json
import multiprocessing
import subprocess
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import TheirError
from sigasers.errors.accounts import AuditDamagedError
from sigasers.formats.audit_log import EMPTY, MAX_LINE_BYTES, MAX_TEXT, Entry, Head, digest_of, parse_line
from sigasers.host.audit import FILE_NAME, Audit, head
from sigasers.host.audit_check import entries, verify
from sigasers.model import Instant

AT = Instant.parse("2021-10-21T21:30:00.000Z")
TEXTS = st.text(max_size=400)
VALUES = st.none() | st.booleans() | st.integers() | TEXTS | st.text(st.characters(categories=["Cs", "Cc"]))


def audit(folder: Path, at: Instant = AT) -> Audit:
    return Audit(folder=folder, programa="siga", clock=lambda: at)


def written(folder: Path, acts: int = 3) -> list[bytes]:
    """Record so many acts and give the lines."""
    for number in range(acts):
        audit(folder).record("base.configurada", {"vuelta": number}, quien="ana")
    return (folder / FILE_NAME).read_bytes().splitlines(keepends=True)


def entry(**changes: object) -> Entry:
    values = {
        "n": 1,
        "cuando": AT,
        "quien": "ana",
        "cuenta": "svc",
        "equipo": "pc",
        "programa": "siga",
        "hecho": "base.configurada",
        "datos": {},
        "anterior": EMPTY.digest,
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


def test_an_act_says_who_what_when_and_where(tmp_path: Path) -> None:
    """The account of the program and that of the operating system are two."""
    audit(tmp_path).record("base.configurada", {"antes": "a.db", "despues": "b.db"}, quien="ana")
    (found,) = entries(tmp_path / FILE_NAME)
    assert (found.n, found.cuando, found.quien, found.programa) == (1, AT, "ana", "siga")
    assert found.datos == {"antes": "a.db", "despues": "b.db"}
    assert found.cuenta
    assert found.equipo


def test_each_entry_carries_the_digest_of_the_line_before_it(tmp_path: Path) -> None:
    """The head is the last line's, and is what ``verify`` and ``head`` give."""
    lines = written(tmp_path)
    assert [json.loads(line)["anterior"] for line in lines] == [EMPTY.digest, *map(digest_of, lines[:-1])]
    assert verify(tmp_path / FILE_NAME).head == head(tmp_path) == Head(3, digest_of(lines[-1]))


def test_sha256sum_and_jq_free_shell_agree_with_the_chain(tmp_path: Path) -> None:
    """A foreign check: coreutils alone walk the chain."""
    written(tmp_path, 4)
    script = """
    before=0000000000000000000000000000000000000000000000000000000000000000
    while IFS= read -r line; do
      case "$line" in *'{"anterior":"'"$before"'"'*) ;; *) exit 1;; esac
      before=$(printf '%s\\n' "$line" | sha256sum | cut -d' ' -f1)
    done < "$1"
    echo "$before"
    """
    judged = subprocess.run(
        ["sh", "-c", script, "sh", tmp_path / FILE_NAME], capture_output=True, text=True, check=True
    )
    assert judged.stdout.strip() == head(tmp_path).digest


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True), VALUES, max_size=24), TEXTS)
def test_any_text_becomes_one_bounded_line_that_reads_back(datos: dict[str, str], who: str) -> None:
    """Controls, halves of pairs, long texts: whatever somebody typed cannot break the file or the screen."""
    line = entry(datos=datos, quien=who, cuenta=who).to_line()
    assert line.count(b"\n") == 1
    assert len(line) <= MAX_LINE_BYTES
    found = parse_line(line)
    assert found.to_line() == line
    texts = [text for text in (*found.datos.values(), found.quien) if isinstance(text, str)]
    assert all(len(text) <= MAX_TEXT for text in texts)
    assert not any(sign in text for text in texts for sign in "\x00\n\x1b\u202e")


@given(st.binary(max_size=300))
def test_any_bytes_are_an_entry_or_a_refusal(data: bytes) -> None:
    """Nothing else comes out."""
    with pytest.raises(TheirError):
        parse_line(data + b"\n")


@given(st.data())
def test_any_changed_byte_is_found_at_its_entry(data: st.DataObject) -> None:
    """Or at the one after it, which carries the digest of what was there."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / FILE_NAME
        lines = [entry().to_line()]
        for n in (2, 3, 4):
            lines.append(entry(n=n, anterior=digest_of(lines[-1]), datos={"vuelta": n}).to_line())
        whole = b"".join(lines)
        anchor = Head(4, digest_of(lines[-1]))
        at = data.draw(st.integers(0, len(whole) - 1))
        changed = bytearray(whole)
        changed[at] ^= data.draw(st.integers(1, 255))
        path.write_bytes(changed)
        broken = verify(path, [anchor]).broken
        line = whole[:at].count(b"\n") + 1
        assert broken is not None
        assert broken.n in {line, line + 1}


@pytest.mark.parametrize(
    ("order", "first"), [([0, 2], 2), ([1, 2], 1), ([0, 2, 1], 2), ([0, 0, 1, 2], 2), ([0, 1, 1], 3)]
)
def test_a_line_removed_moved_or_doubled_is_named(order: list[int], first: int, tmp_path: Path) -> None:
    """The first entry that does not hold; what stands above it holds."""
    lines = written(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"".join(lines[number] for number in order))
    found = verify(tmp_path / FILE_NAME)
    assert found.broken is not None
    assert found.broken.n == first
    assert found.head.n == first - 1


def test_a_file_written_anew_or_cut_holds_until_an_earlier_head_is_known(tmp_path: Path) -> None:
    """The chain alone cannot show it; a head that left the machine does."""
    lines = written(tmp_path)
    path = tmp_path / FILE_NAME
    anchors = [Head(1, digest_of(lines[0])), Head(3, digest_of(lines[2]))]
    assert verify(path, anchors).broken is None
    path.write_bytes(b"".join(lines[:2]))
    assert verify(path).broken is None
    cut = verify(path, anchors).broken
    assert cut is not None
    assert cut.n == 3
    path.unlink()
    for number in range(3):
        audit(tmp_path).record("base.configurada", {"otra": number}, quien="ana")
    assert verify(path).broken is None
    rewritten = verify(path, anchors).broken
    assert rewritten is not None
    assert rewritten.n == 1
    path.unlink()
    gone = verify(path, anchors).broken
    assert gone is not None
    assert gone.n == 1


def test_a_clock_set_back_is_counted_and_breaks_nothing(tmp_path: Path) -> None:
    """Times are the machine's; the order is the chain's."""
    written(tmp_path, 1)
    audit(tmp_path, Instant.parse("2020-01-01T00:00:00.000Z")).record("base.configurada", {})
    found = verify(tmp_path / FILE_NAME)
    assert (found.broken, found.backwards, found.head.n) == (None, 1, 2)


@pytest.mark.parametrize("keep", [1, 20, -1])
def test_a_torn_last_line_is_completed_or_put_aside_and_nothing_is_lost(keep: int, tmp_path: Path) -> None:
    """What a power cut left: an entry that lacks its end alone counts; a piece of one is kept beside the file."""
    lines = written(tmp_path)
    path = tmp_path / FILE_NAME
    torn = lines[2][:keep]
    path.write_bytes(b"".join(lines[:2]) + torn)
    assert verify(path).torn_bytes == len(torn)
    assert head(tmp_path) == Head(2, digest_of(lines[1]))
    audit(tmp_path).record("base.configurada", {"despues": 1})
    assert verify(path).broken is None
    found = [(each.hecho, each.datos) for each in entries(path)]
    pieces = list(tmp_path.glob("auditoria-trozo-*"))
    if keep == -1:
        assert [act for act, _ in found] == ["base.configurada"] * 4
        assert pieces == []
    else:
        assert [act for act, _ in found][2:] == ["auditoria.trozo", "base.configurada"]
        assert [piece.read_bytes() for piece in pieces] == [torn]
        assert found[2][1] == {"archivo": pieces[0].name, "bytes": len(torn)}


@pytest.mark.parametrize("bad", [b"hola\n", b"\n", b"x" * (3 * MAX_LINE_BYTES), b"\xef\xbb\xbf{}\n"])
def test_an_end_that_is_no_entry_is_refused_and_left_alone(bad: bytes, tmp_path: Path) -> None:
    """An editor's doing: no new chain is begun over it in silence."""
    lines = written(tmp_path)
    path = tmp_path / FILE_NAME
    path.write_bytes(b"".join(lines) + bad)
    with pytest.raises(AuditDamagedError):
        audit(tmp_path).record("base.configurada", {})
    with pytest.raises(AuditDamagedError):
        head(tmp_path)
    assert path.read_bytes() == b"".join(lines) + bad


def test_a_file_of_ten_gigabytes_costs_no_memory(tmp_path: Path) -> None:
    """One endless line (a sparse file) is a break at its place."""
    path = tmp_path / FILE_NAME
    with path.open("wb") as file:
        file.truncate(10 << 30)
    tracemalloc.start()
    found = verify(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.broken is not None
    assert peak < 2 << 20


def test_entries_of_many_processes_make_one_chain(tmp_path: Path) -> None:
    """Four processes, ten acts each: all there, each once."""
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(_ten_acts, [(tmp_path, name) for name in "abcd"])
    found = list(entries(tmp_path / FILE_NAME))
    assert verify(tmp_path / FILE_NAME).broken is None
    assert sorted((each.quien, each.datos["vuelta"]) for each in found) == [
        (name, number) for name in "abcd" for number in range(10)
    ]


def _ten_acts(given: tuple[Path, str]) -> None:
    folder, name = given
    for number in range(10):
        audit(folder).record("base.configurada", {"vuelta": number}, quien=name)


@pytest.mark.parametrize("hecho", ["", "Con Espacio", "a" * 25, "x\ny"])
def test_the_name_of_an_act_is_ours_and_checked(hecho: str, tmp_path: Path) -> None:
    """A name from outside would be a defect; nothing is written."""
    with pytest.raises(ValueError, match="audit entry"):
        audit(tmp_path).record(hecho, {})
    assert head(tmp_path) == EMPTY


def test_the_vectors_hold() -> None:
    """Lines made with the standard library alone read, chain and end as they say."""
    vectors = json.loads(
        (Path(__file__).parents[1] / "vectors" / "audit" / "vectors.json").read_text(encoding="utf-8")
    )
    before = EMPTY.digest
    for each in vectors["buenos"]:
        line = each["linea"].encode()
        assert parse_line(line).anterior == before
        assert digest_of(line) == hashlib.sha256(line).hexdigest() == each["sha256"]
        before = each["sha256"]
    for each in vectors["malos"]:
        with pytest.raises(TheirError):
            parse_line(each["linea"].encode())
