"""Packages: opened by name, and verified whole (``docs/spec/package.md``)."""

from sigasers.formats.package.limits import PackageLimits, is_member_name, table_member
from sigasers.formats.package.reader import PackageReader
from sigasers.formats.package.report import Finding, Level, PackageReport, Resultado
from sigasers.formats.package.tables import PackageTables
from sigasers.formats.package.totals import ExactSum
from sigasers.formats.package.verifier import verify, verify_open

__all__ = [
    "ExactSum",
    "Finding",
    "Level",
    "PackageLimits",
    "PackageReader",
    "PackageReport",
    "PackageTables",
    "Resultado",
    "is_member_name",
    "table_member",
    "verify",
    "verify_open",
]
