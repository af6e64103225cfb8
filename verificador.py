#!/usr/bin/env python3
"""Verifica un acuse (y su constancia) sin red y sin el programa: un solo archivo, que solo necesita «cryptography».

    python verificador.py --huella HUELLA --raiz documento-raiz.jws ACUSE.jws [--constancia C.jws] [--archivos CARPETA]

La huella de la raíz se obtiene del centro por otro medio (teléfono, oficio): es lo único en que se confía. Termina con
0 solo si todo se comprobó; con 1 si algo no se sostiene; con 2 si la orden está mal escrita.

Format: docs/spec/signed-documents.md and docs/spec/log.md. Written from those pages and from RFC 7515, RFC 9162 and
C2SP signed-note, tlog-checkpoint and tlog-proof; it shares no line with the program it checks.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

MAX_BYTES = 4 << 20
MAX_PATH = 64
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
SAME_IN_ASIENTO = ("sobre", "registro", "instalacion", "n", "ofrecido", "completado")
SAME_IN_CONSTANCIA = ("sobre", "unidad", "registro", "archivos")


class NoSeSostiene(Exception):
    """Something does not hold; the text is for the person who asked."""


@dataclass(frozen=True)
class Documento:
    """A JWS taken apart: header, payload's members, signature, and its id (SHA-256 of the signing input)."""

    header: dict
    payload: dict
    firmado: bytes
    firma: bytes

    @property
    def id(self) -> str:
        """The document's id."""
        return hashlib.sha256(self.firmado).hexdigest()


def exigir(holds: bool, sentence: str) -> None:
    """Stop with ``sentence`` unless ``holds``."""
    if not holds:
        raise NoSeSostiene(sentence)


def b64url(text: str) -> bytes:
    """Decode canonical base64url without padding."""
    exigir(isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]*", text) is not None, "base64url no válido")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise NoSeSostiene("base64url no válido") from None
    exigir(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "base64url no canónico")
    return data


def b64(text: str) -> bytes:
    """Decode canonical standard base64."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise NoSeSostiene("base64 no válido") from None
    exigir(base64.b64encode(data).decode() == text, "base64 no canónico")
    return data


def leer_json(data: bytes) -> dict:
    """Read one JSON object without duplicate members and without floating point."""

    def once(pairs: list) -> dict:
        found = dict(pairs)
        exigir(len(found) == len(pairs), "el documento repite un dato")
        return found

    def refuse(_text: str) -> None:
        raise NoSeSostiene("el documento tiene un número con decimales")

    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=once, parse_float=refuse, parse_constant=refuse
        )
    except (ValueError, RecursionError):
        raise NoSeSostiene("el contenido no es JSON") from None
    exigir(isinstance(value, dict), "el contenido no es un objeto JSON")
    return value


def leer_jws(path: Path, typ: str) -> Documento:
    """Read a compact JWS of the centre: type, algorithm, header and version are exactly as specified."""
    raw = path.read_bytes()[: MAX_BYTES + 1].strip()
    parts = raw.decode("ascii", "replace").split(".")
    exigir(len(raw) <= MAX_BYTES and len(parts) == 3, f"«{path.name}» no es un documento firmado")
    header = leer_json(b64url(parts[0]))
    exigir(header.keys() == {"alg", "kid", "typ"}, "la cabecera no es la esperada")
    exigir(header["typ"] == typ, f"«{path.name}» no es un documento {typ}")
    exigir(header["alg"] == "Ed25519", "el algoritmo no es Ed25519")
    payload = leer_json(b64url(parts[1]))
    same_version = payload.get("v") == 1 and payload.get("crit") == []
    exigir(same_version, "el documento es de una versión más nueva que este verificador")
    return Documento(header, payload, f"{parts[0]}.{parts[1]}".encode(), b64url(parts[2]))


def llave_ed25519(spki: bytes) -> Ed25519PublicKey:
    """Load an Ed25519 public key."""
    try:
        key = load_der_public_key(spki)
    except ValueError:
        raise NoSeSostiene("una llave del documento raíz no es válida") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NoSeSostiene("la llave no es Ed25519")
    return key


def comprobar_firma(key: Ed25519PublicKey, firma: bytes, firmado: bytes, quien: str) -> None:
    """Verify one Ed25519 signature."""
    try:
        key.verify(firma, firmado)
    except InvalidSignature:
        raise NoSeSostiene(f"la firma de {quien} no es válida") from None


def kid_de(spki: bytes) -> str:
    """Give the kid of a key."""
    return base64.urlsafe_b64encode(hashlib.sha256(spki).digest()).rstrip(b"=").decode()


class Raiz:
    """Step 1: the root document, held against the huella, and what its keys may do."""

    def __init__(self, path: Path, huella: str) -> None:
        """Verify the document; raises ``NoSeSostiene``."""
        document = leer_jws(path, "sigasers-raiz")
        spki = b64url(document.payload.get("raiz", ""))
        found = hashlib.sha256(spki).hexdigest()
        wanted = re.sub(r"[\s:-]", "", huella).lower()
        exigir(found == wanted, f"la raíz no es la de la huella indicada (su huella es {found})")
        comprobar_firma(llave_ed25519(spki), document.firma, document.firmado, "la raíz")
        exigir(document.header["kid"] == kid_de(spki), "el documento raíz nombra otra llave")
        self.aud = document.payload.get("aud")
        exigir(self.aud == "c-" + found[:32], "el documento raíz nombra otro centro")
        self.claves = document.payload.get("claves", [])
        exigir(isinstance(self.claves, list), "el documento raíz no lista llaves")
        self.origen = document.payload.get("bitacora", {}).get("origen")

    def llave(self, kid: str, uso: str, cuando: str) -> Ed25519PublicKey:
        """Give the key ``kid`` if it may do ``uso`` at the time ``cuando``."""
        found = [entry for entry in self.claves if isinstance(entry, dict) and entry.get("kid") == kid]
        exigir(len(found) == 1, "firmó una llave que la raíz no nombra")
        entry = found[0]
        exigir(entry.get("uso") == uso, f"firmó una llave de uso «{entry.get('uso')}», no «{uso}»")
        self._en_fecha(entry, cuando)
        spki = b64url(entry.get("publica", ""))
        exigir(kid_de(spki) == kid, "la raíz nombra una llave con otro número")
        return llave_ed25519(spki)

    def llaves(self, uso: str, cuando: str) -> list:
        """Give every key that may do ``uso`` at ``cuando``."""
        kids = [
            entry.get("kid") for entry in self.claves if isinstance(entry, dict) and entry.get("uso") == uso
        ]
        return [self.llave(kid, uso, cuando) for kid in kids if self._cuenta(kid, cuando)]

    def _cuenta(self, kid: str, cuando: str) -> bool:
        entry = next(entry for entry in self.claves if entry.get("kid") == kid)
        return entry["desde"] <= cuando and (entry.get("retirada") is None or cuando < entry["retirada"])

    def _en_fecha(self, entry: dict, cuando: str) -> None:
        for name in ("desde", "retirada"):
            text = entry.get(name)
            exigir(text is None or TIME.fullmatch(text) is not None, "una llave tiene una fecha no válida")
        exigir(entry["desde"] <= cuando, "la llave que firmó aún no valía en esa fecha")
        retirada = entry.get("retirada")
        exigir(retirada is None or cuando < retirada, "la llave que firmó ya estaba retirada en esa fecha")


def abrir(path: Path, typ: str, raiz: Raiz, fecha: str) -> Documento:
    """Step 2: a document of the centre, signed by a key of use ``acuse`` that counted at its time."""
    document = leer_jws(path, typ)
    exigir(document.payload.get("aud") == raiz.aud, "el documento es de otro centro")
    cuando = document.payload.get(fecha)
    exigir(
        isinstance(cuando, str) and TIME.fullmatch(cuando) is not None, "el documento no tiene fecha válida"
    )
    key = raiz.llave(document.header["kid"], "acuse", cuando)
    comprobar_firma(key, document.firma, document.firmado, f"«{path.name}»")
    return document


def comprobar_asiento(acuse: dict) -> bytes:
    """Step 3: the bytes that the log holds say the same as the acuse; gives them."""
    data = b64url(acuse.get("asiento", ""))
    asiento = leer_json(data)
    exigir(asiento.get("v") == 1, "el asiento es de una versión más nueva que este verificador")
    for name in SAME_IN_ASIENTO:
        exigir(
            name in asiento and asiento[name] == acuse.get(name),
            f"el asiento y el acuse difieren en «{name}»",
        )
    return data


def comprobar_bitacora(acuse: dict, asiento: bytes, raiz: Raiz) -> int:
    """Steps 4 and 5: the asiento is in the log of this centre, under a signed checkpoint; gives the log's size."""
    head, _, note = acuse.get("prueba", "").partition("\n\n")
    first, *lines = head.split("\n")
    exigir(first == "c2sp.org/tlog-proof@v1" and bool(lines), "la prueba no tiene el formato esperado")
    exigir(lines[0] == f"index {acuse.get('indice')}", "la prueba es de otro asiento")
    exigir(len(lines) <= MAX_PATH + 1, "la prueba es demasiado larga")
    path = [b64(line) for line in lines[1:]]
    text, _, signatures = note.rpartition("\n\n")
    parts = text.split("\n")
    exigir(len(parts) == 3 and parts[1].isascii() and parts[1].isdigit(), "el punto de control no es válido")
    origen, size, root = parts[0], int(parts[1]), b64(parts[2])
    leaf = hashlib.sha256(b"\0\1" + hashlib.sha256(asiento).digest()).digest()
    exigir(incluida(leaf, acuse["indice"], size, path, root), "el acuse no está en la bitácora")
    numero = re.fullmatch(r"A-([1-9][0-9]*)-([0-9]{6,})", acuse.get("numero", ""))
    exigir(
        numero is not None and numero[2] == f"{acuse['indice']:06d}",
        "el número del acuse no corresponde a su lugar en la bitácora",
    )
    exigir(
        origen == raiz.origen and origen == f"sigasers.pe/bitacora/{raiz.aud}/{numero[1]}",
        "el punto de control es de otra bitácora",
    )
    comprobar_punto(text + "\n", signatures, origen, raiz.llaves("bitacora", acuse["completado"]))
    return size


def comprobar_punto(text: str, signatures: str, origen: str, keys: list) -> None:
    """Step 5: one of the log's keys signed the checkpoint."""
    for key in keys:
        raw = key.public_bytes_raw()
        wanted = hashlib.sha256(origen.encode() + b"\n\1" + raw).digest()[:4]
        for line in signatures.split("\n"):
            prefix = f"— {origen} "
            data = b64(line.removeprefix(prefix)) if line.startswith(prefix) else b""
            if data[:4] == wanted and data:
                comprobar_firma(key, data[4:], text.encode(), "la bitácora")
                return
    raise NoSeSostiene("ninguna llave de la bitácora firmó el punto de control")


def incluida(leaf: bytes, index: int, size: int, path: list, root: bytes) -> bool:
    """Tell whether ``path`` leads from ``leaf`` to ``root`` (RFC 9162, 2.1.3.2)."""
    if not isinstance(index, int) or not 0 <= index < size:
        return False
    node, last = index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            leaf = hashlib.sha256(b"\1" + sibling + leaf).digest()
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            leaf = hashlib.sha256(b"\1" + leaf + sibling).digest()
        node, last = node >> 1, last >> 1
    return last == 0 and leaf == root


def comprobar_constancia(path: Path, raiz: Raiz, acuse: Documento) -> dict:
    """Verify a constancia and that it speaks of this acuse."""
    constancia = abrir(path, "sigasers-constancia", raiz, "emitida").payload
    exigir(constancia.get("acuse") == acuse.id, "la constancia es de otro acuse")
    for name in SAME_IN_CONSTANCIA:
        exigir(
            constancia.get(name) == acuse.payload.get(name), f"la constancia y el acuse difieren en «{name}»"
        )
    return constancia


def comprobar_archivos(folder: Path, archivos: list) -> None:
    """Step 6: the files at hand are those of the acuse, by size and SHA-256."""
    for entry in archivos:
        name = entry["nombre"]
        exigir(
            Path(name).name == name and name not in {"", ".", ".."}, "el acuse nombra un archivo con carpeta"
        )
        path = folder / name
        exigir(path.is_file(), f"falta el archivo «{name}» en la carpeta indicada")
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        exigir(path.stat().st_size == entry["tamano"], f"«{name}» no tiene el tamaño del acuse")
        exigir(
            digest.hexdigest() == entry["sha256"], f"«{name}» no es el archivo del acuse (SHA-256 distinto)"
        )


def verificar(options: argparse.Namespace) -> None:
    """Go through all the steps, a line each; raises ``NoSeSostiene`` at the first that fails."""
    raiz = Raiz(options.raiz, options.huella)
    print(f"1 raíz            su huella es la indicada; centro {raiz.aud}")
    acuse = abrir(options.acuse, "sigasers-acuse", raiz, "completado")
    datos = acuse.payload
    print(
        f"2 firma           acuse {datos.get('numero')} de la unidad {datos.get('unidad')}, firmado por el centro"
    )
    asiento = comprobar_asiento(datos)
    print(f"3 asiento         dice lo mismo que el acuse; completado {datos['completado']}")
    size = comprobar_bitacora(datos, asiento, raiz)
    print(f"4 bitácora        está en la bitácora, lugar {datos['indice']} de {size}")
    print("5 punto de control firmado por la bitácora del centro")
    if options.archivos is not None:
        comprobar_archivos(options.archivos, datos["archivos"])
        print(f"6 archivos        {len(datos['archivos'])} coinciden en tamaño y SHA-256")
    if options.constancia is not None:
        constancia = comprobar_constancia(options.constancia, raiz, acuse)
        print(f"7 constancia      {constancia.get('numero')}: {constancia.get('resultado')}")


class Orden(argparse.ArgumentParser):
    """An argument parser whose own sentences are Spanish too."""

    def error(self, _message: str) -> NoReturn:
        """Say that the command is wrong, and how it is written."""
        self.exit(2, f"La orden está incompleta o mal escrita.\nUso: {self.usage % {'prog': self.prog}}\n")

    def format_help(self) -> str:
        """Give the help with a Spanish heading."""
        return super().format_help().replace("usage: ", "Uso: ", 1)


def argumentos() -> argparse.ArgumentParser:
    """Give the command line, in Spanish."""
    parser = Orden(
        usage="%(prog)s --huella HUELLA --raiz ARCHIVO ACUSE [--constancia ARCHIVO] [--archivos CARPETA]",
        description="Verifica un acuse del centro, sin red.",
        add_help=False,
    )
    group = parser.add_argument_group("Argumentos")
    add = group.add_argument
    add(
        "--huella",
        required=True,
        metavar="HUELLA",
        help="huella de la raíz del centro, obtenida por otro medio",
    )
    add("--raiz", required=True, type=Path, metavar="ARCHIVO", help="documento raíz del centro (.jws)")
    add("acuse", type=Path, metavar="ACUSE", help="acuse (.acuse.jws)")
    add("--constancia", type=Path, metavar="ARCHIVO", help="constancia del mismo envío (.constancia.jws)")
    add("--archivos", type=Path, metavar="CARPETA", help="carpeta con los archivos enviados")
    add("--ayuda", "-h", action="help", help="muestra esta ayuda")
    return parser


def main() -> int:
    """Run the command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    options = argumentos().parse_args()
    try:
        verificar(options)
    except NoSeSostiene as error:
        print(f"NO SE SOSTIENE: {error}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"NO SE PUDO LEER «{error.filename}»: {error.strerror}.", file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        print("NO SE SOSTIENE: un documento no tiene la forma esperada.", file=sys.stderr)
        return 1
    print("VERIFICADO: el centro recibió estos archivos, íntegros, en la fecha indicada.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
