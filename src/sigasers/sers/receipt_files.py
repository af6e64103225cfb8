"""Files at hand held against the statements of a receipt."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sigasers.errors.sers import ReceiptFileError
from sigasers.model import FileStatement


def check_files(folder: Path, statements: Iterable[FileStatement]) -> None:
    """Raise ``ReceiptFileError`` unless each stated file lies in ``folder`` with its size and SHA-256."""
    for statement in statements:
        path = folder / statement.nombre  # a plain file name by its type
        if not path.is_file():
            raise ReceiptFileError(
                "stated file is missing", archivo=statement.nombre, motivo="no está en la carpeta"
            )
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if path.stat().st_size != statement.tamano_bytes or digest != statement.sha256.hex:
            raise ReceiptFileError("stated file differs", archivo=statement.nombre, motivo="es otro archivo")
