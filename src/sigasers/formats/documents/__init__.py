"""The signed documents of ``docs/spec/signed-documents.md`` as values: one module for each.

``to_payload`` gives the JSON that is signed, ``parse`` reads the members of a payload whose signature was
checked. Nothing here signs or verifies; that is ``keys``.
"""

from sigasers.formats.documents.acuse import Acuse, acuse_number
from sigasers.formats.documents.asiento import Asiento
from sigasers.formats.documents.constancia import (
    Constancia,
    Nivel,
    Razon,
    Resultado,
    constancia_number,
)
from sigasers.formats.documents.identity import IdentityFile
from sigasers.formats.documents.kinds import KeyUse, Typ, centre_id, log_origin
from sigasers.formats.documents.oferta import Oferta
from sigasers.formats.documents.profile import Profile, SealingKey
from sigasers.formats.documents.root import RootDocument, RootKey
from sigasers.formats.documents.sobre import Clase, Sobre

__all__ = [
    "Acuse",
    "Asiento",
    "Clase",
    "Constancia",
    "IdentityFile",
    "KeyUse",
    "Nivel",
    "Oferta",
    "Profile",
    "Razon",
    "Resultado",
    "RootDocument",
    "RootKey",
    "SealingKey",
    "Sobre",
    "Typ",
    "acuse_number",
    "centre_id",
    "constancia_number",
    "log_origin",
]
