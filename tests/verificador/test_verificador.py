"""Two judges of a receipt that share no line: ``verificador.py`` and ``keys.receipts``. They must agree."""

import ast
import base64
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sigasers.errors import TheirError
from sigasers.formats.documents import KeyUse, Typ
from sigasers.keys import jws
from sigasers.keys.receipts import verify_acuse, verify_constancia
from sigasers.keys.trust import open_root, show_huella
from sigasers.model import Digest
from tests.made_centre import AT, CONTENT, MadeCentre, files

PROGRAM = Path(__file__).parents[2] / "verificador.py"


class Case:
    """The files of one receipt in a folder, as a person would have them."""

    def __init__(self, folder: Path, centre: MadeCentre) -> None:
        self.folder, self.centre = folder, centre
        self.huella = centre.huella
        self.write("raiz.jws", centre.root_document)
        self.write("a.acuse.jws", centre.sign(centre.acuse()))
        for name, data in CONTENT.items():
            (folder / name).write_bytes(data)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="ascii")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(PROGRAM), "--huella", self.huella, "--raiz", "raiz.jws"]
        return subprocess.run(
            [*command, "a.acuse.jws", *more],
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def agreed(self) -> bool:
        """Give the verdict on the acuse, which both judges must give alike."""
        try:
            verify_acuse(self.read("a.acuse.jws"), open_root(self.read("raiz.jws"), huella=self.huella))
            ours = True
        except TheirError:
            ours = False
        done = self.run()
        assert done.returncode in {0, 1}, done.stderr
        assert "Traceback" not in done.stderr
        assert (done.returncode == 0) is ours, (ours, done.stdout, done.stderr)
        return ours


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path, MadeCentre())


def test_true_acuse_files_and_constancia_verify(case: Case) -> None:
    """Every step is told and the exit code is 0."""
    acuse = case.read("a.acuse.jws")
    constancia = case.centre.sign(case.centre.constancia(acuse))
    case.write("a.constancia.jws", constancia)
    done = case.run("--constancia", "a.constancia.jws", "--archivos", ".")
    assert done.returncode == 0, done.stderr
    assert [line[:1] for line in done.stdout.splitlines()] == list("1234567V")
    assert "C-1-000003: conforme" in done.stdout
    assert verify_constancia(constancia, case.centre.trust, acuse=acuse).numero == "C-1-000003"
    assert case.agreed()


def test_huella_is_taken_as_people_write_it(case: Case) -> None:
    """Groups of four digits and capitals are the same huella."""
    case.huella = show_huella(case.huella).upper()
    assert case.agreed()


def test_acuse_of_a_second_self_made_centre_is_refused(case: Case) -> None:
    """Whoever makes a centre of his own can sign anything, but not under the pinned huella."""
    other = MadeCentre()
    case.write("a.acuse.jws", other.sign(other.acuse()))
    assert not case.agreed()
    case.write("raiz.jws", other.root_document)
    assert not case.agreed()


def test_acuse_with_another_centres_keys_under_our_name_is_refused(case: Case) -> None:
    """A second centre that copies our id and our log's name still lacks our keys."""
    other = MadeCentre()
    case.write("a.acuse.jws", other.sign(other.acuse(aud=case.centre.aud)))
    assert not case.agreed()


def _renumbered(centre: MadeCentre) -> str:
    """Sign an acuse whose number names another place in the log than its index."""
    payload = json.loads(centre.acuse().to_payload()) | {"numero": "A-1-000007"}
    return jws.sign(json.dumps(payload).encode(), typ=Typ.ACUSE, key=centre.keys[KeyUse.ACUSE])


BENT: dict[str, Callable[[MadeCentre], str]] = {
    "signed by the profile's key": lambda centre: centre.sign(centre.acuse(), KeyUse.PERFIL),
    "asiento of another sobre": lambda centre: centre.sign(centre.acuse(sobre=Digest("6" * 64))),
    "another number than in the asiento": lambda centre: centre.sign(centre.acuse(n=2)),
    "earlier offer than in the asiento": lambda centre: centre.sign(
        centre.acuse(ofrecido=AT.plus(timedelta(hours=-1)))
    ),
    "not in the log": lambda centre: centre.sign(centre.acuse(prueba=centre.proof(b"other"))),
    "proof of another index": lambda centre: centre.sign(
        centre.acuse(prueba=centre.proof(centre.asiento().to_payload(), index=5))
    ),
    "checkpoint signed by another use": lambda centre: centre.sign(
        centre.acuse(prueba=centre.proof(centre.asiento().to_payload(), signer=centre.keys[KeyUse.ACUSE]))
    ),
    "no proof at all": lambda centre: centre.sign(centre.acuse(prueba="")),
    "another epoca than the log's": lambda centre: centre.sign(centre.acuse(epoca=2)),
    "number of another index": _renumbered,
    "completed before the keys": lambda centre: centre.sign(
        centre.acuse(completado=AT.plus(timedelta(days=-1)))
    ),
}


@pytest.mark.parametrize("what", BENT)
def test_bent_acuse_is_refused_by_both_judges(case: Case, what: str) -> None:
    """Each single lie in an acuse is found by either judge."""
    assert case.agreed()
    case.write("a.acuse.jws", BENT[what](case.centre))
    assert not case.agreed()


@pytest.mark.parametrize("use", [KeyUse.ACUSE, KeyUse.BITACORA])
def test_key_withdrawn_before_its_signature_counts_no_more(tmp_path: Path, use: KeyUse) -> None:
    """A withdrawn key proves what was logged before its withdrawal and nothing after."""
    assert Case(tmp_path, MadeCentre(withdrawn={use: AT.plus(timedelta(hours=1))})).agreed()
    later = tmp_path / "later"
    later.mkdir()
    assert not Case(later, MadeCentre(withdrawn={use: AT.plus(timedelta(seconds=30))})).agreed()


def _payload_changed(token: str, change: Callable[[dict[str, object]], None]) -> str:
    head, body, signature = token.split(".")
    members = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    change(members)
    text = base64.urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()
    return f"{head}.{text}.{signature}"


@pytest.mark.parametrize("name", ["raiz.jws", "a.acuse.jws"])
def test_changed_payload_breaks_the_signature(case: Case, name: str) -> None:
    """A member changed after signing is found, in the acuse and in the root document alike."""
    case.write(name, _payload_changed(case.read(name), lambda members: members.update(v=1, extra="x")))
    assert not case.agreed()


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("name", ["raiz.jws", "a.acuse.jws"])
def test_flipped_character_in_any_part_is_refused(case: Case, name: str, part: int) -> None:
    """One character changed in header, payload or signature is found."""
    parts = case.read(name).split(".")
    middle = len(parts[part]) // 2
    flipped = "A" if parts[part][middle] != "A" else "B"
    parts[part] = parts[part][:middle] + flipped + parts[part][middle + 1 :]
    case.write(name, ".".join(parts))
    assert not case.agreed()


@pytest.mark.parametrize("text", ["", "a.b.c", "ñ", "." * 10, "e30.e30.e30", "[" * 5000])
def test_nonsense_is_refused_in_a_sentence(case: Case, text: str) -> None:
    """Whatever lies in the file, the person reads a sentence."""
    (case.folder / "a.acuse.jws").write_text(text, encoding="utf-8")
    assert not case.agreed()


def test_altered_file_is_told_by_name(case: Case) -> None:
    """A file that is not the acknowledged one is named."""
    (case.folder / "a.rar").write_bytes(b"S" * 100)
    done = case.run("--archivos", ".")
    assert done.returncode == 1
    assert "a.rar" in done.stderr


def test_missing_file_is_told_by_name(case: Case) -> None:
    """A file that is not there is named."""
    (case.folder / "a.html").unlink()
    done = case.run("--archivos", ".")
    assert done.returncode == 1
    assert "a.html" in done.stderr


@pytest.mark.parametrize(
    "changes", [{"acuse": Digest("7" * 64)}, {"sobre": Digest("7" * 64)}, {"archivos": files()[:1]}]
)
def test_constancia_of_something_else_is_refused(case: Case, changes: dict[str, object]) -> None:
    """A constancia must speak of this very acuse, both judges say."""
    acuse = case.read("a.acuse.jws")
    token = case.centre.sign(case.centre.constancia(acuse, **changes))
    case.write("c.jws", token)
    assert case.run("--constancia", "c.jws").returncode == 1
    with pytest.raises(TheirError):
        verify_constancia(token, case.centre.trust, acuse=acuse)


def test_wrong_command_is_told_in_spanish() -> None:
    """A wrong command ends with 2 and the Spanish usage."""
    done = subprocess.run([sys.executable, str(PROGRAM)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "Uso:" in done.stderr
    assert "required" not in done.stderr


def test_verifier_needs_nothing_of_ours() -> None:
    """It imports the standard library and ``cryptography`` alone."""
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name or "").split(".")[0]  # type: ignore[union-attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert names <= {*sys.stdlib_module_names, "cryptography"}
