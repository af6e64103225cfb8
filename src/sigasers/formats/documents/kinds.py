"""What kinds of document and of key there are, and how much of each is read at most."""

import re
from enum import Enum

CENTRE_ID = re.compile(r"c-[0-9a-f]{32}")
MAX_PAYLOAD_BYTES = 1 << 20
MAX_SOBRE_BYTES = 64 << 10
_HEADER_AND_SIGNATURE_BYTES = 1024  # a header takes about 150 bytes, a signature 86; the rest is room


class Typ(Enum):
    """The ``typ`` of a signed document. Each has one algorithm, which the verifier passes."""

    RAIZ = "sigasers-raiz"
    PERFIL = "sigasers-perfil"
    OFERTA = "sigasers-oferta"
    ACUSE = "sigasers-acuse"
    CONSTANCIA = "sigasers-constancia"
    SOBRE = "sigasers-sobre"

    @property
    def alg(self) -> str:
        """The one ``alg``: ``ES256`` for what a unit signs, ``Ed25519`` for what the centre signs."""
        return "ES256" if self is Typ.SOBRE else "Ed25519"

    @property
    def max_payload_bytes(self) -> int:
        """The longest payload, in bytes before base64url."""
        return MAX_SOBRE_BYTES if self is Typ.SOBRE else MAX_PAYLOAD_BYTES

    @property
    def max_token_bytes(self) -> int:
        """The longest compact JWS, in bytes; a sobre's is 64 KiB as the specification counts it."""
        if self is Typ.SOBRE:
            return MAX_SOBRE_BYTES
        return MAX_PAYLOAD_BYTES * 4 // 3 + _HEADER_AND_SIGNATURE_BYTES


class KeyUse(Enum):
    """What a key of the centre is for; only this decides what it may do."""

    ACUSE = "acuse"
    BITACORA = "bitacora"
    PERFIL = "perfil"
    CA = "ca"
    SELLADO = "sellado"

    @property
    def alg(self) -> str:
        """The ``alg`` that the root document states for a key of this use."""
        return {KeyUse.CA: "ES256", KeyUse.SELLADO: "X25519"}.get(self, "Ed25519")


def centre_id(huella: str) -> str:
    """Give the centre's id (``aud``) for the huella, 64 lower-case hexadecimal digits."""
    return f"c-{huella[:32]}"


def log_origin(aud: str, epoca: int) -> str:
    """Give the origin line of the centre's log in one época (``docs/spec/log.md``)."""
    return f"sigasers.pe/bitacora/{aud}/{epoca}"
