"""The finished RAR: put together from its ciphertexts, read back, then given its name, the HTML log before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sigasers import durable
from sigasers.durable import StagedFile, disk_error
from sigasers.errors import SigasersError
from sigasers.errors.siga import ArchiveCheckError
from sigasers.formats.manifest import MEMBER_NAME, Manifest
from sigasers.formats.manifest_json import manifest_bytes
from sigasers.formats.package import PackageReader
from sigasers.formats.rar5 import ArchiveKeys, EncryptedMember, MemberEncryptor, assemble
from sigasers.model import Digest
from sigasers.siga.export.archive_io import file_pieces, members_hold
from sigasers.siga.export.package_key import PackageKey
from sigasers.siga.export.table_job import TableResult
from sigasers.siga.export.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """A RAR that is whole and verified, but has not its name yet; size in bytes."""

    staged: StagedFile
    sha256: Digest
    tamano_bytes: int


def assemble_rar(
    workspace: Workspace,
    manifest: Manifest,
    results: Sequence[TableResult],
    keys: ArchiveKeys,
    key: PackageKey,
) -> Assembled:
    """Write the RAR of ``manifest`` and ``results`` to a part and read it back.

    The ciphertexts of ``results`` are gone afterwards. Raises ``DiskError``, ``ArchiveCheckError``.
    """
    staged = workspace.stage_rar(manifest.raiz)
    try:
        with workspace.stage_member("manifiesto") as part:
            first = _encrypted(manifest_bytes(manifest), manifest, keys, part)
            members = chain([(first, file_pieces(part.part))], _ciphertexts(results))
            digest = assemble(keys, members, key.comment, staged)
        _read_back(staged.part, key.password, manifest)
        return Assembled(staged=staged, sha256=digest, tamano_bytes=staged.part.stat().st_size)
    except BaseException:
        staged.discard()
        raise


def place(workspace: Workspace, raiz: str, assembled: Assembled, html: bytes) -> tuple[Path, Path]:
    """Give both files their names in SourceOut: the HTML first, the RAR last. Raises ``DiskError``."""
    rar, log = workspace.rar_path(raiz), workspace.html_path(raiz)
    with workspace.stage_html(raiz) as staged_html:
        staged_html.write(html)
        try:
            staged_html.place(log, step="siga.export.place_html")
            assembled.staged.place(rar, step="siga.export.place_rar")
        except BaseException:
            if (
                assembled.staged.part.exists() and not staged_html.part.exists()
            ):  # the HTML is in place, alone
                durable.remove(log, step="siga.export.unplace_html")
            raise
    return rar, log


def _encrypted(data: bytes, manifest: Manifest, keys: ArchiveKeys, part: StagedFile) -> EncryptedMember:
    with MemberEncryptor(keys, MEMBER_NAME, part, mtime=manifest.instantanea) as sink:
        sink.write(data)
    return sink.member


def _ciphertexts(results: Sequence[TableResult]) -> Iterator[tuple[EncryptedMember, Iterator[memoryview]]]:
    for result in results:
        if result.member is not None and result.part is not None:
            yield result.member, file_pieces(result.part.part)
            result.part.discard()


def _read_back(path: Path, password: str, manifest: Manifest) -> None:
    """Open the archive as its receiver will: password, structure, manifest, checksum and SHA-256 of every member."""
    try:
        with path.open("rb") as file:
            reader = PackageReader.open(file, password)
            same = reader.manifest == manifest
        files = [table.archivo for table in manifest.tablas if table.archivo]
        same = same and members_hold(path, reader.keys, [(one.miembro, one.sha256) for one in files])
    except OSError as error:
        raise disk_error(error, path) from error
    except SigasersError as error:
        raise ArchiveCheckError(f"read back: {error.code}") from error
    if not same:
        raise ArchiveCheckError("read back: not what was written")
