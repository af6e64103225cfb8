"""What the operating system or SQLite answered, in Spanish: both speak English whatever the machine's language.

Keyed by their symbolic names, which do not change with language or version.
"""

import errno
import sqlite3

_SYSTEM = {
    "E2BIG": "demasiados argumentos",
    "EACCES": "permiso denegado",
    "EADDRINUSE": "la dirección o el puerto ya está en uso",
    "EADDRNOTAVAIL": "la dirección no es de este equipo",
    "EAGAIN": "recurso ocupado por el momento",
    "EBADF": "descriptor de archivo no válido",
    "EBUSY": "el archivo o el dispositivo está en uso",
    "ECONNABORTED": "la conexión fue cortada",
    "ECONNREFUSED": "conexión rechazada",
    "ECONNRESET": "el otro extremo cortó la conexión",
    "EDQUOT": "se agotó la cuota de disco",
    "EEXIST": "ya existe",
    "EFBIG": "el archivo es demasiado grande para este disco",
    "EHOSTUNREACH": "no hay ruta hasta el equipo",
    "EINVAL": "operación no válida aquí",
    "EIO": "error de lectura o escritura del disco",
    "EISDIR": "es una carpeta",
    "ELOOP": "demasiados enlaces simbólicos",
    "EMFILE": "demasiados archivos abiertos en el programa",
    "ENAMETOOLONG": "el nombre es demasiado largo",
    "ENETUNREACH": "no hay red",
    "ENFILE": "demasiados archivos abiertos en el equipo",
    "ENODEV": "no existe el dispositivo",
    "ENOENT": "no existe el archivo o la carpeta",
    "ENOMEM": "no hay memoria suficiente",
    "ENOSPC": "no queda espacio en el disco",
    "ENOTDIR": "no es una carpeta",
    "ENOTEMPTY": "la carpeta no está vacía",
    "ENOTSUP": "el disco no admite la operación",
    "ENXIO": "no existe el dispositivo",
    "EPERM": "operación no permitida",
    "EPIPE": "el otro extremo cerró la conexión",
    "EROFS": "el disco es de solo lectura",
    "ESTALE": "la carpeta de red ya no responde",
    "ETIMEDOUT": "se agotó el tiempo de espera",
    "ETXTBSY": "el programa está en uso",
    "EXDEV": "las dos rutas están en discos distintos",
}
_SQLITE = {
    "SQLITE_AUTH": "permiso denegado",
    "SQLITE_BUSY": "la base está bloqueada por otro programa",
    "SQLITE_CANTOPEN": "no se puede abrir la base",
    "SQLITE_CONSTRAINT": "un dato contradice las reglas de la base",
    "SQLITE_CORRUPT": "la base está dañada",
    "SQLITE_FULL": "no queda espacio en el disco",
    "SQLITE_INTERRUPT": "la operación fue interrumpida",
    "SQLITE_IOERR": "error de lectura o escritura del disco",
    "SQLITE_LOCKED": "una tabla de la base está bloqueada",
    "SQLITE_NOMEM": "no hay memoria suficiente",
    "SQLITE_NOTADB": "el archivo no es una base de datos",
    "SQLITE_PERM": "permiso denegado",
    "SQLITE_PROTOCOL": "otro programa no deja de cambiar los bloqueos de la base",
    "SQLITE_READONLY": "la base es de solo lectura",
    "SQLITE_SCHEMA": "la base cambió mientras se leía",
    "SQLITE_TOOBIG": "un dato es demasiado grande",
}


def motivo(error: OSError | sqlite3.Error) -> str:
    """Give the reason of ``error`` in Spanish; one that is not known is named by its symbol or number."""
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "") or type(error).__name__
        return motivo_de_sqlite(name)
    name = errno.errorcode.get(error.errno or 0, "")
    windows = getattr(error, "winerror", None)
    return _SYSTEM.get(name, f"error {windows or name or error.errno or type(error).__name__} del sistema")


def motivo_de_sqlite(name: str) -> str:
    """Give the reason of SQLite's result code ``name``, as ``SQLITE_CORRUPT``, in Spanish."""
    primary = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR
    return _SQLITE.get(primary, f"error {name} de la base de datos")
