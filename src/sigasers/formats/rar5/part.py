"""The ciphertext of one member before it is in an archive, read as its plaintext."""

from typing import BinaryIO

from sigasers.formats.rar5.keys import ArchiveKeys
from sigasers.formats.rar5.member_file import MemberFile
from sigasers.formats.rar5.scanner import ArchivedMember
from sigasers.formats.rar5.writer import EncryptedMember, header_of


def open_part(file: BinaryIO, keys: ArchiveKeys, member: EncryptedMember) -> MemberFile:
    """Give a seekable view of the plaintext of ``member``, whose ciphertext is all of ``file``; checks nothing.

    ``file`` stays the caller's and must stay open.
    """
    return MemberFile(file, keys, ArchivedMember(header=header_of(keys, member), data_at=0))
