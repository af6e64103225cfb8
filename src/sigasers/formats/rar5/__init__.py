"""RAR5 archives of stored, encrypted members with headers in clear: ``docs/spec/rar5.md``."""

from sigasers.formats.rar5.keys import ArchiveKeys
from sigasers.formats.rar5.member_file import MemberFile
from sigasers.formats.rar5.part import open_part
from sigasers.formats.rar5.reader import RarArchive
from sigasers.formats.rar5.scanner import ArchivedMember, ArchiveLimits
from sigasers.formats.rar5.writer import MAX_COMMENT_BYTES, EncryptedMember, MemberEncryptor, Sink, assemble

__all__ = [
    "MAX_COMMENT_BYTES",
    "ArchiveKeys",
    "ArchiveLimits",
    "ArchivedMember",
    "EncryptedMember",
    "MemberEncryptor",
    "MemberFile",
    "RarArchive",
    "Sink",
    "assemble",
    "open_part",
]
