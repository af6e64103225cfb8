"""One module makes things durable; every step of it has a name and a test that kills the program there."""

import ast
import re
from collections import Counter

from tests.faults.steps import all_steps, covered_steps, step_calls
from tests.tooling.source_tree import dotted, modules

FORBIDDEN_CALLS = {
    "os.fsync",
    "os.fdatasync",
    "os.replace",
    "os.rename",
    "os.renames",
    "os.link",
    "os.truncate",
    "shutil.move",
    "shutil.copy",
    "shutil.copy2",
    "shutil.copyfile",
    "shutil.copytree",
}
FORBIDDEN_METHODS = {"commit", "write_bytes", "write_text", "rename", "hardlink_to", "touch"}
# Where a module other than `durable` may do it, and why. Nobody relies on what it leaves behind.
ALLOWED: dict[tuple[str, str], str] = {}


def _offences(path: str, tree: ast.Module) -> list[tuple[str, str, int]]:
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        method = name.rpartition(".")[2]
        if name in FORBIDDEN_CALLS or (isinstance(node.func, ast.Attribute) and method in FORBIDDEN_METHODS):
            found.append((path, name if name in FORBIDDEN_CALLS else method, node.lineno))
        elif method == "replace" and _is_path_replace(node):
            found.append((path, "replace", node.lineno))
    return found


def _is_path_replace(node: ast.Call) -> bool:
    """``Path.replace`` takes one argument; ``str.replace`` two; ``dataclasses.replace`` and ours, keywords."""
    return isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords


def test_only_durable_writes_renames_and_commits_state() -> None:
    """What must survive a power cut goes through ``durable``, and through nothing else."""
    found = [
        f"{path}:{line} {name}"
        for module, tree in modules().items()
        if module != "durable.py"
        for path, name, line in _offences(module, tree)
        if (path, name) not in ALLOWED
    ]
    assert found == []


def test_the_rule_sees_each_forbidden_call() -> None:
    """The check above can fail: a module that does everything forbidden is caught once for each."""
    calls = [f"{name}(a, b)" for name in sorted(FORBIDDEN_CALLS)]
    calls += [f"thing.{name}(a)" for name in sorted(FORBIDDEN_METHODS)]
    source = "\n".join([*calls, "path.replace(target)", "text.replace('a', 'b')"])
    assert len(_offences("x.py", ast.parse(source))) == len(FORBIDDEN_CALLS) + len(FORBIDDEN_METHODS) + 1


def test_every_allowed_exception_is_still_used() -> None:
    """An exception outlives its use only until this test sees it."""
    used = {(path, name) for module, tree in modules().items() for path, name, _ in _offences(module, tree)}
    assert set(ALLOWED) - used == set()


def test_every_durable_call_names_its_step_by_a_literal() -> None:
    """Only a literal can be listed and killed at."""
    assert [call.where for call in step_calls() if call.step is None] == []


def test_no_two_durable_calls_share_a_step() -> None:
    """A test that kills at a step must kill at one place."""
    counts = Counter(call.step for call in step_calls())
    assert [step for step, count in counts.items() if count > 1] == []


def test_steps_are_named_area_dot_what() -> None:
    """A step reads as ``centro.accept``: lower case, digits, dots, dashes and underscores."""
    form = re.compile(r"[a-z0-9]+(\.[a-z0-9_-]+)+")
    assert [step for step in all_steps() if not form.fullmatch(step)] == []


def test_every_step_is_killed_in_exactly_one_fault_table() -> None:
    """A durable step without a test that kills the program there fails CI."""
    claims = covered_steps()
    assert {step: claims.get(step, []) for step in all_steps() if len(claims.get(step, [])) != 1} == {}


def test_no_fault_table_claims_a_step_that_is_gone() -> None:
    """A claim on a step that the source no longer has is a test that tests nothing."""
    assert set(covered_steps()) - set(all_steps()) == set()
