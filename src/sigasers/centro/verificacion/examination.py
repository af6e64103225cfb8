"""The child's conversation: comment out, password in, report out. All that it needs is imported here, at once.

Frames (``llaves.frames``) on standard output: ``{comentario}`` (base64url, the archive's comment), then the report.
On standard input one frame: ``{clave}``, the password, or null when it could not be had.
"""

import os
import sys
from typing import IO, BinaryIO

from sigasers import mensajes
from sigasers.centro.llaves import frames
from sigasers.errors import TheirError
from sigasers.formats import base64url
from sigasers.formats.manifest import Manifest
from sigasers.formats.package import Finding, PackageReport, verify
from sigasers.formats.rar5 import RarArchive

MAX_FINDINGS = 500
mensajes.catalogue()  # read while files can still be opened


def serve(file: BinaryIO, questions: IO[bytes], answers: IO[bytes], *, isolated: bool) -> None:
    """Hand out the comment, take the password, verify, and report; ``isolated`` stands in the report."""
    try:
        comment = RarArchive.open(file).comment
    except TheirError as error:
        refused = PackageReport(manifest=None, findings=(Finding.of_error(error),))
        _say(answers, report_members(refused, isolated=isolated))
        return
    _say(answers, {"comentario": base64url.encode(comment)})
    password = (frames.read(questions) or {}).get("clave")
    if isinstance(password, str):
        _say(answers, report_members(verify(file, password), isolated=isolated))


def report_members(report: PackageReport, *, isolated: bool) -> dict[str, object]:
    """Give a report as the members of its frame; over 500 findings the rest is counted."""
    findings = [
        {
            "codigo": finding.codigo,
            "nivel": finding.nivel.value,
            "tabla": finding.tabla,
            "columna": finding.columna,
            "texto": finding.texto,
        }
        for finding in report.findings[:MAX_FINDINGS]
    ]
    return {
        "resultado": report.resultado.value,
        "hallazgos": findings,
        "omitidos": max(0, len(report.findings) - MAX_FINDINGS),
        "unidad": str(report.manifest.unidad.nemonico) if report.manifest else None,
        "corrida": _run_members(report.manifest) if report.manifest else None,
        "tablas": report.tablas,
        "filas": report.filas,
        "aislado": isolated,
    }


def _run_members(manifest: Manifest) -> dict[str, object]:
    """Give what the manifest says of the run that made the package."""
    return {
        "tipo": manifest.tipo.value,
        "anio": manifest.anio.value,
        "ambito": manifest.ambito.value,
        "id": str(manifest.corrida),
        "turno": manifest.turno,
        "instantanea": str(manifest.instantanea),
    }


def inherited_file(number: int) -> BinaryIO:
    """Give the inherited file; ``number`` is a descriptor, on Windows a handle."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        number = msvcrt.open_osfhandle(number, os.O_RDONLY)
    return os.fdopen(number, "rb")


def _say(answers: IO[bytes], members: dict[str, object]) -> None:
    answers.write(frames.encode(members))
    answers.flush()
