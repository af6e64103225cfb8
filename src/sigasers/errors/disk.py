"""Errors of folders and files, raised by ``durable``."""

from sigasers.errors.tree import EnvironmentError_, Retry


class DiskError(EnvironmentError_):
    """A file or folder could not be written or synced; the operating system's reason is in the fields."""

    code = "SS-010"


class DiskFullError(DiskError):
    """No space, or a quota is used up."""

    code = "SS-011"


class NotWritableError(DiskError):
    """The account has no right to write there, or the volume is read-only."""

    code = "SS-012"


class FolderMissingError(DiskError):
    """The folder to write in does not exist."""

    code = "SS-013"


class NameTakenError(DiskError):
    """A file of that name exists already, and it is never replaced."""

    code = "SS-014"
    retry = Retry.NEVER


class DatabaseDamagedError(DiskError):
    """A database of our own state is damaged, or another file lies in its place."""

    code = "SS-015"


class FileNameEncodingError(DiskError):
    """A name cannot be written in this process's encoding of file names. Fields: ``nombre``, ``codificacion``."""

    code = "SS-016"
    retry = Retry.NEVER
