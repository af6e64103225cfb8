"""Opens a package: archive, password, manifest, and its members by name. It judges no table (``verifier``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self

from sigasers.errors.formats import LimitError, ManifestMissingError, MemberNameError
from sigasers.formats.manifest import MAX_BYTES, MEMBER_NAME, Manifest
from sigasers.formats.manifest_json import parse_manifest
from sigasers.formats.package.limits import PackageLimits, is_member_name
from sigasers.formats.rar5 import ArchiveKeys, MemberFile, RarArchive
from sigasers.model import Digest

_MAX_WHOLE_BYTES = 1 << 28  # what ``read_member`` gives at once; larger members are streamed


@dataclass(frozen=True, kw_only=True)
class PackageReader:
    """An open package. ``file`` stays the caller's and must stay open."""

    archive: RarArchive
    keys: ArchiveKeys
    manifest: Manifest

    @classmethod
    def open(cls, file: BinaryIO, password: str, limits: PackageLimits | None = None) -> Self:
        """Read structure and manifest.

        Raises what ``RarArchive`` raises, ``MemberNameError`` for a member that no package has,
        ``ManifestMissingError``, and what ``parse_manifest`` raises (``FormatTooNewError``: *en espera*).
        """
        archive = RarArchive.open(file, (limits or PackageLimits()).archive)
        keys = archive.unlock(password)
        _check_names(archive)
        manifest = archive.member(MEMBER_NAME)
        if manifest.size > MAX_BYTES:
            raise LimitError("manifest", que="bytes del manifiesto", hallado=manifest.size, limite=MAX_BYTES)
        content = b"".join(archive.read(keys, manifest))
        return cls(archive=archive, keys=keys, manifest=parse_manifest(content))

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the archive's order; each is safe to be part of a path."""
        return tuple(member.name for member in self.archive.members)

    def stream_member(self, name: str) -> Iterator[bytes]:
        """Give a member in pieces; only after the last is it known to be whole (``MemberDamagedError``)."""
        return self.archive.read(self.keys, self.archive.member(name))

    def read_member(self, name: str) -> bytes:
        """Give a whole member; raises ``MemberDamagedError``, or ``LimitError`` over 256 MiB."""
        size = self.archive.member(name).size
        if size > _MAX_WHOLE_BYTES:
            raise LimitError("member", que="bytes del miembro", hallado=size, limite=_MAX_WHOLE_BYTES)
        return b"".join(self.stream_member(name))

    def open_member(self, name: str) -> MemberFile:
        """Give a member as a seekable file that checks nothing by itself."""
        return self.archive.open_member(self.keys, self.archive.member(name))

    def sha256_member(self, name: str) -> Digest:
        """Give the SHA-256 of a member's bytes, its checksum held on the way."""
        return self.archive.sha256(self.keys, self.archive.member(name))


def _check_names(archive: RarArchive) -> None:
    if archive.members[0].name != MEMBER_NAME:
        raise ManifestMissingError("the first member is not the manifest")
    for member in archive.members:
        if not is_member_name(member.name):
            raise MemberNameError(f"member name {member.name[:80]!r}")
