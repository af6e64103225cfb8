"""Verifica un acuse del centro (y su constancia) sin red y sin el programa SIGA-SERS.

Un solo archivo: necesita Python 3.11 o más nuevo y la biblioteca ``cryptography``, nada más. Todo parte de la
huella de la raíz del centro, que usted debe tener por otro medio (oficio, teléfono); sin ella nada se prueba.

Uso:
    python verificador.py --huella HEX --raiz raiz.jws ACUSE.jws
                          [--constancia CONSTANCIA.jws] [--sobre SOBRE.jws] [--archivos CARPETA]

Código de salida: 0 solo si todo verifica; 1 si algo no verifica; 2 si el uso es incorrecto.

It follows docs/spec/signed-documents.md and docs/spec/log.md and shares no code with the programs it judges.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
except ImportError:
    sys.exit("Falta la biblioteca «cryptography». Instálela con: python -m pip install cryptography")

USAGE = (
    "python verificador.py --huella HEX --raiz raiz.jws ACUSE.jws\n"
    "           [--constancia CONSTANCIA.jws] [--sobre SOBRE.jws] [--archivos CARPETA]"
)
MAX_BYTES = 2 << 20  # longest document read: 1 MiB of payload as base64url, with room
MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64
DIGEST = r"[0-9a-f]{64}"
IDENTIFIER = r"[A-Za-z0-9_-]{21}[AQgw]"
TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z"  # of fixed width: compares as text
ASIENTO = ("v", "sobre", "registro", "instalacion", "n", "ofrecido", "completado", "sal")
FORMS = {
    "sobre": DIGEST,
    "acuse": DIGEST,
    "registro": IDENTIFIER,
    "instalacion": IDENTIFIER,
    "unidad": r"[1-9][0-9]{0,5}",
    "sistema": r"[A-Z0-9_]{1,16}",
    "ofrecido": TIME,
    "completado": TIME,
    "emitida": TIME,
    "emitido": TIME,
}


Document = dict[str, Any]
T = TypeVar("T")


class Failure(Exception):
    """A step does not hold; the text, in Spanish, says why."""


def need(condition: object, why: str) -> None:
    """Raise ``Failure`` with ``why`` unless ``condition`` holds."""
    if not condition:
        raise Failure(why)


# --- bytes -----------------------------------------------------------------------------------------------


def read_file(path: Path) -> str:
    """Give the bytes of a document's file, one line end after it forgiven."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Failure(f"no se pudo leer «{path}» ({error.strerror})") from error
    need(len(data) <= MAX_BYTES, f"«{path}» es demasiado grande para ser un documento firmado")
    return data.rstrip(b"\r\n").decode("utf-8", "replace")


def base64url(text: object) -> bytes:
    """Read base64url without padding, in its one spelling."""
    need(isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]*", text), "el documento no es base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Failure("el documento está cortado") from error
    need(
        base64.urlsafe_b64encode(data).decode().rstrip("=") == text, "el documento no está en su forma única"
    )
    return data


def base64_std(text: str) -> bytes:
    """Read standard base64 with padding, in its one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Failure("la prueba tiene datos que no son base64") from error
    need(base64.b64encode(data).decode() == text, "la prueba no está en su forma única")
    return data


def read_json(data: bytes) -> Document:
    """Read one JSON object without repeated names and without numbers that are not exact integers."""
    try:
        found = json.loads(
            data.decode("utf-8"), object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse
        )
    except (ValueError, RecursionError) as error:
        raise Failure("el contenido no es JSON válido") from error
    need(isinstance(found, dict), "el contenido no es un objeto JSON")
    check_depth(found)
    return found


def unique(pairs: list[tuple[str, Any]]) -> Document:
    """Refuse an object with a name twice."""
    found = dict(pairs)
    need(len(found) == len(pairs), "un dato aparece dos veces en el documento")
    return found


def refuse(text: str) -> NoReturn:
    """Refuse floating point, NaN and infinities."""
    raise Failure(f"el número {text[:20]} no es un entero")


def check_depth(value: Any) -> None:
    """Refuse integers over 53 bits and nesting beyond what documents have."""
    pending = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, (dict, list)):
            need(depth <= MAX_DEPTH, "el documento está demasiado anidado")
            children = item.values() if isinstance(item, dict) else item
            pending.extend((child, depth + 1) for child in children)
        elif isinstance(item, int):
            need(abs(item) <= MAX_INTEGER, "un número es demasiado grande")


# --- signed documents -------------------------------------------------------------------------------------


def open_document(
    token: str, typ: str, find_key: Callable[[str, Document], Ed25519PublicKey]
) -> tuple[Document, str]:
    """Give the members and the kid of a JWS of ``typ`` whose signature holds by ``find_key(kid, payload)``."""
    parts = token.split(".")
    need(len(parts) == 3, "no es un documento firmado (JWS) completo")
    header, payload = read_json(base64url(parts[0])), read_json(base64url(parts[1]))
    need(set(header) == {"alg", "kid", "typ"}, "el encabezado no tiene exactamente alg, kid y typ")
    need(header["typ"] == typ, f"es de la clase «{header['typ']}» y se esperaba «{typ}»")
    need(header["alg"] == "Ed25519", f"está firmado con {header['alg']} y se esperaba Ed25519")
    need(isinstance(header["kid"], str), "el encabezado no nombra una llave")
    check_version(payload)
    key = find_key(header["kid"], payload)
    signing_input = f"{parts[0]}.{parts[1]}".encode()
    need(signed_by(key, base64url(parts[2]), signing_input), "la firma no corresponde al documento")
    return payload, header["kid"]


def check_version(payload: Document) -> None:
    """Refuse a version, or a critical member, that this verifier does not know."""
    known = payload.get("v") == 1 and payload.get("v") is not True and payload.get("crit") == []
    need(known, "el documento es de una versión más nueva: consiga un verificador más reciente")


def document_id(token: str) -> str:
    """Give SHA-256 of the signing input, in hexadecimal."""
    return hashlib.sha256(token.rpartition(".")[0].encode()).hexdigest()


def signed_by(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Tell whether the Ed25519 ``key`` made ``signature`` over ``data``."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def load_ed25519(spki: bytes) -> Ed25519PublicKey:
    """Give the Ed25519 key in a SubjectPublicKeyInfo."""
    try:
        key = load_der_public_key(spki)
    except ValueError as error:
        raise Failure("el documento raíz contiene una llave dañada") from error
    need(isinstance(key, Ed25519PublicKey), "la llave no es Ed25519")
    need(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) == spki, "la llave no es canónica")
    return key


def kid_of(spki: bytes) -> str:
    """Give a key's id."""
    return base64.urlsafe_b64encode(hashlib.sha256(spki).digest()).decode().rstrip("=")


def member(document: Document, name: str) -> str:
    """Give a text member that has the form of its name."""
    value = document.get(name)
    need(
        isinstance(value, str) and re.fullmatch(FORMS[name], value), f"el dato «{name}» falta o no es válido"
    )
    return value


def integer(document: Document, name: str, least: int) -> int:
    """Give an integer member of at least ``least``."""
    value = document.get(name)
    need(type(value) is int and value >= least, f"el dato «{name}» falta o no es válido")
    return value


# --- trust ------------------------------------------------------------------------------------------------


class Root:
    """The centre's root document, verified: which key may do what, and when."""

    def __init__(self, token: str, huella: str) -> None:
        """Verify ``token`` from the ``huella`` alone."""
        self.document, _ = open_document(token, "sigasers-raiz", lambda kid, body: pinned(kid, body, huella))
        self.aud = f"c-{huella[:32]}"
        need(self.document.get("aud") == self.aud, "el documento raíz dice ser de otro centro")
        member(self.document, "emitido")
        entries = self.document.get("claves")
        need(isinstance(entries, list) and all(isinstance(e, dict) for e in entries), "faltan las llaves")
        self.keys = {entry.get("kid"): entry for entry in entries}
        need(len(self.keys) == len(entries), "el documento raíz nombra dos veces una llave")
        need(
            all(kid == kid_of(base64url(e.get("publica"))) for kid, e in self.keys.items()),
            "llave mal nombrada",
        )
        log = self.document.get("bitacora")
        self.origin = log.get("origen") if isinstance(log, dict) else None
        epoca = integer(self.document, "epoca", 1)
        need(
            self.origin == f"sigasers.pe/bitacora/{self.aud}/{epoca}",
            "la bitácora nombrada no es de este centro",
        )

    def key(self, kid: str, use: str) -> Ed25519PublicKey:
        """Give the key ``kid``, which must be of ``use``."""
        entry = self.keys.get(kid)
        need(entry, "lo firma una llave que no es de este centro")
        need(entry.get("uso") == use, f"lo firma una llave de uso «{entry.get('uso')}» y se exige «{use}»")
        need(entry.get("alg") == "Ed25519", "la llave no es Ed25519")
        return load_ed25519(base64url(entry.get("publica")))

    def check_time(self, kid: str, at: str) -> None:
        """Refuse a key that did not count at the time ``at``."""
        entry = self.keys[kid]
        begins, ends = entry.get("desde"), entry.get("retirada")
        need(isinstance(begins, str) and re.fullmatch(TIME, begins), "la llave no dice desde cuándo vale")
        need(begins <= at, f"la llave que lo firma vale recién desde {begins}")
        if ends is not None:
            need(isinstance(ends, str) and re.fullmatch(TIME, ends), "la llave no dice bien cuándo se retiró")
            need(at < ends, f"la llave que lo firma fue retirada el {ends}")

    def open(self, token: str, typ: str, time_name: str) -> Document:
        """Give a document of this centre, signed by a key of use ``acuse`` that counted at its time."""
        document, kid = open_document(token, typ, lambda kid, _body: self.key(kid, "acuse"))
        need(document.get("aud") == self.aud, "es de otro centro")
        self.check_time(kid, member(document, time_name))
        return document


def pinned(kid: str, body: Document, huella: str) -> Ed25519PublicKey:
    """Give the root key that the document carries, if its digest is the huella."""
    spki = base64url(body.get("raiz"))
    found = hashlib.sha256(spki).hexdigest()
    need(found == huella, f"la huella no coincide: el documento raíz tiene {grouped(found)}")
    need(kid == kid_of(spki), "el documento raíz no está firmado por su raíz")
    return load_ed25519(spki)


def grouped(huella: str) -> str:
    """Give a huella in groups of four, as people compare it."""
    return " ".join(huella[start : start + 4] for start in range(0, len(huella), 4))


# --- the steps of an acuse --------------------------------------------------------------------------------


def check_asiento(acuse: Document) -> bytes:
    """Step 3: the bytes that the log holds say what the acuse says. Gives those bytes."""
    data = base64url(acuse.get("asiento"))
    asiento = read_json(data)
    need(tuple(asiento) == ASIENTO, "el asiento no tiene sus datos en orden")
    need(json.dumps(asiento, ensure_ascii=False, separators=(",", ":")).encode() == data, "asiento reescrito")
    need(asiento["v"] == 1, "el asiento es de una versión más nueva: consiga un verificador más reciente")
    for name in ASIENTO[1:-1]:
        need(
            asiento[name] == acuse.get(name), f"el dato «{name}» del acuse difiere del anotado en la bitácora"
        )
    return data


class Proof:
    """A C2SP tlog-proof, read: index, path, and the checkpoint's text, lines and signatures."""

    def __init__(self, text: object) -> None:
        """Read ``text``; nothing is verified yet."""
        need(isinstance(text, str), "falta la prueba de la bitácora")
        head, blank, note = text.partition("\n\n")
        lines = head.split("\n")
        need(
            blank and lines[0] == "c2sp.org/tlog-proof@v1" and len(lines) <= 66,
            "no es una prueba de bitácora",
        )
        need(len(lines) > 1 and lines[1].startswith("index "), "la prueba no dice el índice")
        self.index = decimal(lines[1][len("index ") :])
        self.path = [base64_std(line) for line in lines[2:]]
        self.text, blank, signatures = note.rpartition("\n\n")
        need(blank and signatures.endswith("\n"), "el punto de control no tiene firma")
        self.text += "\n"
        self.signatures = signatures[:-1].split("\n")
        body = self.text.split("\n")
        need(len(body) == 4, "el punto de control no es origen, tamaño y raíz")
        self.origin, self.size, self.root = body[0], decimal(body[1]), base64_std(body[2])

    def includes(self, leaf: bytes) -> bool:
        """Tell whether the path leads from ``leaf`` to the checkpoint's root (RFC 9162 section 2.1.3.2)."""
        if self.index >= self.size or any(len(item) != 32 for item in [self.root, *self.path]):
            return False
        node, last, found = self.index, self.size - 1, leaf
        for item in self.path:
            if last == 0:
                return False
            if node % 2 == 1 or node == last:
                found = hashlib.sha256(b"\x01" + item + found).digest()
                while node % 2 == 0 and node:
                    node, last = node // 2, last // 2
            else:
                found = hashlib.sha256(b"\x01" + found + item).digest()
            node, last = node // 2, last // 2
        return last == 0 and found == self.root


def decimal(text: str) -> int:
    """Read a decimal number without leading zeros."""
    need(re.fullmatch(r"0|[1-9][0-9]{0,14}", text), "la prueba tiene un número mal escrito")
    return int(text)


def check_inclusion(acuse: Document, asiento: bytes) -> tuple[Proof, str]:
    """Step 4: the leaf is in the tree that the checkpoint names. Gives the proof, read, and the acuse's época."""
    proof = Proof(acuse.get("prueba"))
    indice = integer(acuse, "indice", 0)
    need(proof.index == indice, "la prueba es de otro índice")
    numero = re.fullmatch(r"A-([1-9][0-9]{0,8})-([0-9]{6,15})", str(acuse.get("numero")))
    need(
        numero and acuse["numero"] == f"A-{numero[1]}-{indice:06d}",
        "el número del acuse no es el de su índice",
    )
    entry = b"\x01" + hashlib.sha256(asiento).digest()
    leaf = hashlib.sha256(b"\x00" + entry).digest()
    need(proof.includes(leaf), "el asiento no está en el árbol que nombra el punto de control")
    return proof, numero[1]


def check_checkpoint(root: Root, acuse: Document, proof: Proof, epoca: str) -> None:
    """Step 5: the checkpoint is of this centre's log, signed by a key of use ``bitacora``."""
    need(proof.origin == root.origin, f"el punto de control es de otra bitácora: {proof.origin[:100]}")
    need(root.origin.endswith(f"/{epoca}"), "el número del acuse es de otra época")
    signers = [kid for kid, entry in root.keys.items() if entry.get("uso") == "bitacora"]
    found = [kid for kid in signers if note_signed(root.key(kid, "bitacora"), proof)]
    need(found, "el punto de control no está firmado por una llave de la bitácora")
    for kid in found:
        root.check_time(kid, acuse["completado"])


def note_signed(key: Ed25519PublicKey, proof: Proof) -> bool:
    """Tell whether ``key`` signed the note; a line that claims so and fails refuses it."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    wanted = hashlib.sha256(proof.origin.encode() + b"\n\x01" + raw).digest()[:4]
    found = False
    for line in proof.signatures:
        parts = line.split(" ")
        need(len(parts) == 3 and parts[0] == "—", "una línea de firma del punto de control está mal escrita")
        data = base64_std(parts[2])
        if parts[1] == proof.origin and data[:4] == wanted:
            need(signed_by(key, data[4:], proof.text.encode()), "la firma del punto de control no es válida")
            found = True
    return found


def check_files(acuse: Document, folder: Path) -> None:
    """Step 6: the files at hand have the size and SHA-256 acknowledged."""
    for item in files_of(acuse):
        name, path = item["nombre"], folder / item["nombre"]
        need(Path(name).name == name and not set("/\\:") & set(name), "un nombre de archivo no es válido")
        need(path.is_file(), f"falta el archivo «{name}» en la carpeta indicada")
        need(path.stat().st_size == item["tamano"], f"el archivo «{name}» tiene otro tamaño")
        need(digest_of(path) == item["sha256"], f"el archivo «{name}» fue cambiado")


def digest_of(path: Path) -> str:
    """Give SHA-256 of a file, in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
    except OSError as error:
        raise Failure(f"no se pudo leer «{path.name}» ({error.strerror})") from error
    return digest.hexdigest()


def files_of(acuse: Document) -> list[Document]:
    """Give ``archivos``, each checked to be name, size and digest."""
    files = acuse.get("archivos")
    need(isinstance(files, list) and len(files) <= 16, "el acuse no nombra sus archivos")
    for item in files:
        need(isinstance(item, dict) and isinstance(item.get("nombre"), str), "un archivo no tiene nombre")
        need(re.fullmatch(DIGEST, str(item.get("sha256"))), "un archivo no tiene SHA-256")
        integer(item, "tamano", 0)
    return files


def check_constancia(root: Root, token: str, acuse: Document, acuse_token: str) -> Document:
    """Verify the constancia and that it answers this acuse. Gives it."""
    constancia = root.open(token, "sigasers-constancia", "emitida")
    need(constancia.get("acuse") == document_id(acuse_token), "la constancia responde a otro acuse")
    for name in ("sobre", "unidad", "registro", "archivos"):
        need(constancia.get(name) == acuse.get(name), f"el dato «{name}» de la constancia difiere del acuse")
    return constancia


# --- the person -------------------------------------------------------------------------------------------


class Report:
    """Counts the steps and prints a line for each."""

    def __init__(self) -> None:
        """Begin at step 1."""
        self.number = 0

    def step(self, title: str, action: Callable[[], T]) -> T:
        """Run ``action`` and print how it went; gives its result."""
        self.number += 1
        try:
            result = action()
        except Failure as failure:
            print(f"[{self.number}] MAL   {title}: {printable(failure)}")
            raise
        print(f"[{self.number}] bien  {title}")
        return result


def verify(options: argparse.Namespace) -> None:
    """Run all steps; raises ``Failure`` at the first that does not hold."""
    report = Report()
    acuse_token = read_file(options.acuse)
    root = report.step("Documento raíz: su huella es la indicada", lambda: open_root(options))
    acuse = report.step(
        "Firma del acuse: llave de uso «acuse», vigente al completarse",
        lambda: root.open(acuse_token, "sigasers-acuse", "completado"),
    )
    for name in ("sobre", "registro", "instalacion", "unidad", "sistema", "ofrecido"):
        member(acuse, name)
    asiento = report.step("Asiento: dice lo mismo que el acuse", lambda: check_asiento(acuse))
    proof, epoca = report.step(
        "Bitácora: el asiento está en el árbol", lambda: check_inclusion(acuse, asiento)
    )
    report.step(
        "Punto de control: firmado por la bitácora", lambda: check_checkpoint(root, acuse, proof, epoca)
    )
    if options.sobre:
        report.step("Sobre: es el acusado", lambda: check_sobre(read_file(options.sobre), acuse))
    if options.archivos:
        report.step("Archivos: tamaño y SHA-256 iguales", lambda: check_files(acuse, options.archivos))
    constancia = None
    if options.constancia:
        token = read_file(options.constancia)
        constancia = report.step(
            "Constancia: firmada por el centro, de este acuse",
            lambda: check_constancia(root, token, acuse, acuse_token),
        )
    summary(acuse, constancia, options)


def open_root(options: argparse.Namespace) -> Root:
    """Give the verified root document that the options name."""
    huella = "".join(options.huella.split()).lower()
    need(re.fullmatch(DIGEST, huella), "la huella debe tener 64 cifras hexadecimales")
    return Root(read_file(options.raiz), huella)


def check_sobre(token: str, acuse: Document) -> None:
    """Step 6: the sobre at hand has the id acknowledged."""
    need(document_id(token) == acuse["sobre"], "el sobre indicado no es el acusado")


def summary(acuse: Document, constancia: Document | None, options: argparse.Namespace) -> None:
    """Print what is proved now, and what was not compared."""
    print()
    print(f"TODO VERIFICA. Acuse {acuse['numero']}, unidad {acuse['unidad']}, sistema {acuse['sistema']}")
    print(f"  sobre      {acuse['sobre']}")
    print(f"  ofrecido   {acuse['ofrecido']}   completado {acuse['completado']} (hora UTC)")
    for item in files_of(acuse):
        print(f"  archivo    {printable(item['nombre'])}  {item['tamano']} bytes  SHA-256 {item['sha256']}")
    for mark in acuse.get("marcas") or []:
        print(f"  marca      {printable(mark)}")
    if not options.archivos:
        print("  Los archivos no se compararon (indique --archivos CARPETA).")
    if constancia:
        print(f"  Constancia {printable(constancia.get('numero'))}: {printable(constancia.get('resultado'))}")
        for reason in constancia.get("razones") or []:
            print(f"    {printable(reason.get('codigo'))}: {printable(reason.get('texto'))}")


def printable(value: object) -> str:
    """Give a text without control characters, so that no document writes on the terminal."""
    return "".join(char if char.isprintable() else "?" for char in str(value))


class Parser(argparse.ArgumentParser):
    """argparse with its sentences in Spanish."""

    def error(self, message: str) -> NoReturn:
        """Tell the usage and end with code 2."""
        print(f"Uso: {USAGE}\nFaltan o sobran argumentos. Con --ayuda se explica cada uno.", file=sys.stderr)
        sys.exit(2)


def arguments(given: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = Parser(add_help=False)
    parser.add_argument("--ayuda", "-h", "--help", action="store_true")
    parser.add_argument("--huella", required=True)
    parser.add_argument("--raiz", required=True, type=Path)
    parser.add_argument("--constancia", type=Path)
    parser.add_argument("--sobre", type=Path)
    parser.add_argument("--archivos", type=Path)
    parser.add_argument("acuse", type=Path)
    if {"--ayuda", "-h", "--help"} & set(given):
        print(__doc__.rpartition("\n\n")[0])
        sys.exit(0)
    return parser.parse_args(given)


def main(given: list[str]) -> int:
    """Verify what the command line names; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    options = arguments(given)
    try:
        verify(options)
    except Failure as failure:
        print(
            f"\nNO VERIFICA: {printable(failure)}. No dé por recibido este envío; avise a la mesa de ayuda."
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
