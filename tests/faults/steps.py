"""The durable steps of the program, read from its source: every call that names its ``step``."""

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sigasers"
# The module that takes the steps passes them on by name; it names none of its own.
_DURABLE = SOURCE / "durable.py"


@dataclass(frozen=True, kw_only=True, order=True)
class StepCall:
    """One durable call in the source: its step (``None`` where it is no literal), file and line."""

    step: str | None
    where: str


def step_calls() -> list[StepCall]:
    """Give every durable call of the program, in the order of files and lines."""
    return [call for path in sorted(SOURCE.rglob("*.py")) if path != _DURABLE for call in _calls_in(path)]


def all_steps() -> list[str]:
    """Give the names of all durable steps, sorted."""
    return sorted({call.step for call in step_calls() if call.step is not None})


def covered_steps() -> dict[str, list[str]]:
    """Give for each step the fault-table modules (``tests/**/test_faults_*.py``) that claim to kill there."""
    claims: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_faults_*.py")):
        for step in _claims_of(path):
            claims.setdefault(step, []).append(str(path.relative_to(ROOT)))
    return claims


def _calls_in(path: Path) -> list[StepCall]:
    """Give the durable calls of one file; what only hands on the ``step`` that it was given is no call of its own."""
    return [
        StepCall(
            step=keyword.value.value if _is_text(keyword.value) else None,
            where=f"{path.relative_to(ROOT)}:{node.lineno}",
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and not _is_class(node.func)
        for keyword in node.keywords
        if keyword.arg == "step" and not (isinstance(keyword.value, ast.Name) and keyword.value.id == "step")
    ]


def _is_class(function: ast.expr) -> bool:
    """A value may have a field ``step`` of its own; durable acts are functions and methods."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name[:1].isupper()


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _claims_of(path: Path) -> set[str]:
    """Read the literal set ``COVERED_STEPS`` of a test module; one without it claims nothing."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "COVERED_STEPS" for target in targets):
            value = node.value.args[0] if isinstance(node.value, ast.Call) else node.value
            return set(ast.literal_eval(value))
    return set()
