"""A finished package held against the rules: first whether it is whole, then what its tables say."""

from dataclasses import dataclass
from typing import BinaryIO

from sigasers.formats.package import (
    PackageLimits,
    PackageReader,
    PackageReport,
    PackageTables,
    Resultado,
    verify_open,
)
from sigasers.siga.export.validation import Subject, Validation, Validator


@dataclass(frozen=True, kw_only=True)
class PackageValidation:
    """What the verification found; what the rules found, of a package that is whole and understood."""

    report: PackageReport
    validation: Validation | None


def validate_package(file: BinaryIO, password: str, validator: Validator) -> PackageValidation:
    """Verify the package in ``file`` and, if it is whole, apply the rules to it.

    Raises what ``PackageReader.open`` raises, and errors of the environment.
    """
    limits = PackageLimits()
    reader = PackageReader.open(file, password, limits)
    report = verify_open(reader, limits)
    if report.resultado in {Resultado.RECHAZADO, Resultado.EN_ESPERA}:
        return PackageValidation(report=report, validation=None)
    validation = validator.validate(
        Subject.of_manifest(reader.manifest), PackageTables.of_reader(reader, limits)
    )
    return PackageValidation(report=report, validation=validation)
