"""The project's own wheel, editable (PEP 660): a path file, the metadata and the entry points.

Made here because a build with setuptools would need one more download. Standard library alone.
"""

import base64
import hashlib
import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any

_TAG = "py3-none-any"


def fingerprint(root: Path) -> str:
    """Give a digest that changes when the wheel of the clone ``root`` would."""
    project = _project(root)
    facts = [project["name"], project["version"], project["scripts"]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode("utf-8")).hexdigest()


def build(root: Path, folder: Path) -> Path:
    """Write the wheel of the clone ``root`` into ``folder`` and give its path."""
    project = _project(root)
    name, version = project["name"], project["version"]
    info = f"{name}-{version}.dist-info"
    scripts = "".join(f"{command} = {target}\n" for command, target in project["scripts"].items())
    # A path file is read in the machine's own encoding; `!a` keeps a folder named ñ whole on all of them.
    files = {
        f"{name}.pth": f"import sys; sys.path.append({str(root / 'src')!a})\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: run.py\nRoot-Is-Purelib: true\nTag: {_TAG}\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{scripts}",
    }
    record = "".join(_record_line(path, text.encode("utf-8")) for path, text in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    wheel = folder / f"{name}-{version}-{_TAG}.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return wheel


def _project(root: Path) -> dict[str, Any]:
    """Give the table ``project`` of pyproject.toml."""
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def _record_line(path: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode("ascii")
    return f"{path},sha256={digest},{len(data)}\n"
