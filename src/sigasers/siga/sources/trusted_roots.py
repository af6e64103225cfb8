"""The certificate authorities that a database's TLS is checked with, as the file of PEM that libpq reads.

libpq's own ``sslrootcert=system`` looks where OpenSSL was built to look, which in psycopg's wheel is a folder of the
machine that made the wheel. So the machine's own list is found, or written down, here.
"""

import os
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sigasers.errors.sources import ServerCertificateError
from sigasers.siga.sources.server import Server

# Where Debian, Red Hat, SUSE and Alpine keep it.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


@contextmanager
def trusted_roots(server: Server) -> Iterator[Path | None]:
    """Give the file for ``server``, as long as the context lasts; ``None`` if no certificate is to be checked.

    Raises ``ServerCertificateError``.
    """
    if not server.cifrado:
        yield None
    elif server.certificado is not None:
        yield _checked(server, server.certificado)
    elif os.name == "nt":
        with tempfile.TemporaryDirectory(prefix="siga-", ignore_cleanup_errors=True) as folder:
            yield written_down(Path(folder))
    else:
        yield _bundle(server)


def written_down(folder: Path) -> Path:
    """Write the authorities that this machine trusts (Windows: its store) into ``folder``."""
    context = ssl.create_default_context()
    file = folder / "autoridades.pem"
    with file.open("w", encoding="ascii") as pem:
        pem.writelines(ssl.DER_cert_to_PEM_cert(each) for each in context.get_ca_certs(binary_form=True))
    return file


def _bundle(server: Server) -> Path:
    for name in (ssl.get_default_verify_paths().cafile, *_BUNDLES):
        if name is not None and Path(name).is_file():
            return Path(name)
    raise ServerCertificateError(
        "no authorities",
        servidor=server.servidor,
        motivo="Este equipo no tiene una lista de autoridades de confianza: indique una en «certificado» de siga.toml",
    )


def _checked(server: Server, file: Path) -> Path:
    try:
        ssl.create_default_context(cafile=str(file))
    except (OSError, ssl.SSLError) as error:
        words = (
            "El archivo que indica «certificado» en siga.toml no se puede leer, o no tiene certificados (PEM)"
        )
        raise ServerCertificateError("not PEM", servidor=server.servidor, motivo=words) from error
    return file
