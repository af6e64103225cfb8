"""Why a preparation failed, as one Spanish sentence with the next step.

pip has no machine-readable reasons, so its output is searched for the marks of each cause; what fits none
names the log. Standard library alone.
"""

import errno
import platform
import re
import shutil
import sys
from pathlib import Path

_NETWORK_MARKS = (
    "Retrying (Retry(",
    "NewConnectionError",
    "ConnectionResetError",
    "ReadTimeoutError",
    "ProxyError",
    "SSLError",
    "connection timed out",
)
# Python's venv tells nothing of why its pip failed; with less than this nothing but space can be the cause.
_FULL_BYTES = 5_000_000
_SPACE_MARKS = ("[Errno 28]", "[Errno 122]", "[WinError 112]", "No space left on device")


def of_missing_modules(names: list[str]) -> str:
    """Say that this Python comes without ``names``, as Debian's and Ubuntu's do."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"A este Python ({sys.executable}) le falta {' y '.join(names)}: en Debian o Ubuntu instálelo con "
        f"«sudo apt-get install python{version}-venv» y repita la orden."
    )


def of_no_space(folder: Path, needed_mb: int, free_mb: int) -> str:
    """Say how much room ``folder`` lacks."""
    return (
        f"No hay espacio en el disco de «{folder}»: se necesitan unos {needed_mb} MB y hay {free_mb} MB libres; "
        f"libere espacio y repita la orden."
    )


def of_os_error(error: OSError, root: Path) -> str:
    """Say what the system refused in the clone ``root``."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Se llenó el disco de «{root}»: libere espacio y repita la orden."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"No hay permiso para escribir en «{error.filename or root}»: use una carpeta propia y repita la orden."
    return f"El sistema respondió «{error.strerror}» para «{error.filename or root}»: corríjalo y repita la orden."


def of_venv(output: str, root: Path) -> str:
    """Say why the empty environment could not be made."""
    if _has(output, _SPACE_MARKS) or shutil.disk_usage(root).free < _FULL_BYTES:
        return f"Se llenó el disco de «{root}»: libere espacio y repita la orden."
    if "ensurepip is not available" in output:
        return of_missing_modules(["ensurepip"])
    last = (output.strip().splitlines() or ["sin respuesta"])[-1]
    return f"Python no pudo crear la carpeta «{root / '.venv'}» ({last}): revise permisos y disco, y repita la orden."


def of_pip(output: str, root: Path, log: Path) -> str:
    """Say why pip failed, judged from its ``output``."""
    if _has(output, _SPACE_MARKS):
        return f"Se llenó el disco al instalar en «{root}»: libere espacio y repita la orden."
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "Un paquete descargado no es el esperado (su suma SHA-256 no coincide) y no se instaló: repita la orden "
            "en otra red, o avise si se repite."
        )
    if _has(output, _NETWORK_MARKS):
        return (
            "No se pudo llegar al servidor de paquetes de Python: revise la conexión a Internet (o la variable "
            "HTTPS_PROXY, si su red usa proxy) y repita la orden."
        )
    missing = re.search(r"No matching distribution found for (\S+)", output)
    if missing:
        system = f"Python {platform.python_version()} en {platform.system()} {platform.machine()}"
        return f"No hay un paquete ya compilado de {missing[1]} para {system}: use Python 3.11, 3.12 o 3.13 de 64 bits."
    return f"La instalación de paquetes falló: el detalle está en «{log}»."


def _has(output: str, marks: tuple[str, ...]) -> bool:
    return any(mark in output for mark in marks)
