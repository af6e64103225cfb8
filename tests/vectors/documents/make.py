"""Makes the vectors of docs/spec/signed-documents.md and log.md without a line of the package.

JWS, tree and notes are written here from RFC 7515, RFC 9162 and C2SP. The private keys follow from public labels:
they sign vectors and nothing else. ES256 signatures are deterministic (RFC 6979), so that making again gives the
same bytes.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BEGIN, OFFERED, DONE = "2021-01-01T00:00:00.000Z", "2021-10-21T21:30:00.000Z", "2021-10-21T21:30:07.250Z"
LATER = "2021-10-21T21:31:00.000Z"
REGISTRO, CHAIN, SALT = "AAECAwQFBgcICQoLDA0ODw", "EBESExQVFhcYGRobHB0eHw", "ICEiIyQlJicoKSorLC0uLw"
TARGET = Path(__file__).with_name("vectors.json")
Json = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def seed(label: str) -> bytes:
    return hashlib.sha256(b"sigasers vector " + label.encode()).digest()


def spki(private: Any) -> bytes:
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def kid(private: Any) -> str:
    return b64(hashlib.sha256(spki(private)).digest())


def ed(label: str) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed(label))


ROOT, OTHER_ROOT = ed("raiz"), ed("otra raiz")
KEYS = {name: ed(name) for name in ("acuse", "bitacora", "perfil", "acuse retirada", "acuse futura", "ajena")}
UNIT = ec.derive_private_key(int.from_bytes(seed("unidad")), ec.SECP256R1())
SEAL = x25519.X25519PrivateKey.from_private_bytes(seed("sellado"))
HUELLA = hashlib.sha256(spki(ROOT)).hexdigest()
AUD = f"c-{HUELLA[:32]}"
ORIGIN = f"sigasers.pe/bitacora/{AUD}/1"
HEAD = {"v": 1, "crit": [], "aud": AUD}
FILES = [
    {"nombre": "MEF-SIGA-tr_1288_2021_202110211630_CAÑETE.rar", "tamano": 5242880, "sha256": "1" * 64},
    {"nombre": "MEF-SIGA-tr_1288_2021_202110211630_CAÑETE.html", "tamano": 0, "sha256": "2" * 64},
]


def signature(key: Any, data: bytes) -> bytes:
    """Sign as JWS does: Ed25519, or ES256 as the two numbers of 32 bytes."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return r.to_bytes(32) + s.to_bytes(32)


def raw(header: bytes, payload: bytes, key: Any) -> str:
    """Sign whatever bytes."""
    signing_input = f"{b64(header)}.{b64(payload)}"
    return f"{signing_input}.{b64(signature(key, signing_input.encode()))}"


def jws(kind: str, payload: Json | bytes, key: Any, /, **header: Any) -> str:
    """Give a compact JWS; ``header`` changes or adds members of the protected header."""
    alg = "Ed25519" if isinstance(key, ed25519.Ed25519PrivateKey) else "ES256"
    members = {"alg": alg, "kid": kid(key), "typ": f"sigasers-{kind}"} | header
    return raw(text(members), payload if isinstance(payload, bytes) else text(payload), key)


def document_id(token: str) -> str:
    return hashlib.sha256(token.rpartition(".")[0].encode()).hexdigest()


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:cut]) + root_of(leaves[cut:])).digest()


def path_of(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) < 2:
        return []
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    if index < cut:
        return [*path_of(index, leaves[:cut]), root_of(leaves[cut:])]
    return [*path_of(index - cut, leaves[cut:]), root_of(leaves[:cut])]


def leaf_of(asiento: bytes) -> bytes:
    return hashlib.sha256(b"\0\1" + hashlib.sha256(asiento).digest()).digest()


def checkpoint(leaves: list[bytes], key: ed25519.Ed25519PrivateKey, origin: str) -> str:
    body = f"{origin}\n{len(leaves)}\n{base64.b64encode(root_of(leaves)).decode()}\n"
    public = key.public_key().public_bytes_raw()
    name = hashlib.sha256(origin.encode() + b"\n\1" + public).digest()[:4]
    line = base64.b64encode(name + key.sign(body.encode())).decode()
    return f"{body}\n— {origin} {line}\n"


def proof(asiento: bytes, *, index: int = 4, key: str = "bitacora", origin: str = ORIGIN) -> str:
    """Give the tlog-proof of ``asiento`` at ``index`` of seven entries."""
    leaves = [leaf_of(f"otro asiento {n}".encode()) for n in range(7)]
    leaves[index] = leaf_of(asiento)
    lines = [base64.b64encode(item).decode() + "\n" for item in path_of(index, leaves)]
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{''.join(lines)}\n{checkpoint(leaves, KEYS[key], origin)}"


def key_entry(uso: str, private: Any, alg: str = "Ed25519", **times: Any) -> Json:
    entry = {"kid": kid(private), "uso": uso, "alg": alg, "publica": b64(spki(private))}
    return entry | {"desde": BEGIN, "retirada": None} | times


def root_payload() -> Json:
    claves = [
        key_entry("acuse", KEYS["acuse"]),
        key_entry("acuse", KEYS["acuse retirada"], retirada=DONE),
        key_entry("acuse", KEYS["acuse futura"], desde=LATER),
        key_entry("bitacora", KEYS["bitacora"]),
        key_entry("perfil", KEYS["perfil"]),
        key_entry("sellado", SEAL, "X25519"),
    ]
    return HEAD | {
        "n": 1,
        "epoca": 1,
        "emitido": BEGIN,
        "raiz": b64(spki(ROOT)),
        "claves": claves,
        "bitacora": {"origen": ORIGIN},
        "direcciones": {"inscripcion": ["https://centro:8443"], "transmision": ["https://centro:9443"]},
    }


def sobre_payload() -> Json:
    return HEAD | {
        "registro": REGISTRO,
        "unidad": "1288",
        "sistema": "SIGA",
        "instalacion": CHAIN,
        "n": 1,
        "anterior": None,
        "creado": BEGIN,
        "desfase_ms": -1500,
        "clase": "envio",
        "archivos": FILES,
        "marcas": [],
    }


SOBRE = jws("sobre", sobre_payload(), UNIT)
WHO = {"sobre": document_id(SOBRE), "unidad": "1288", "registro": REGISTRO}


def asiento_members() -> Json:
    head = {"v": 1, "sobre": WHO["sobre"], "registro": REGISTRO, "instalacion": CHAIN, "n": 1}
    return head | {"ofrecido": OFFERED, "completado": DONE, "sal": SALT}


def acuse_payload(asiento: bytes | None = None, **proof_changes: Any) -> Json:
    asiento = text(asiento_members()) if asiento is None else asiento
    return HEAD | {
        "numero": "A-1-000004",
        "sobre": WHO["sobre"],
        "unidad": "1288",
        "sistema": "SIGA",
        "registro": REGISTRO,
        "instalacion": CHAIN,
        "n": 1,
        "archivos": FILES,
        "ofrecido": OFFERED,
        "completado": DONE,
        "asiento": b64(asiento),
        "indice": 4,
        "prueba": proof(asiento, **proof_changes),
        "marcas": [],
    }


ACUSE = jws("acuse", acuse_payload(), KEYS["acuse"])


def constancia_payload() -> Json:
    reason = {"codigo": "VAL-007", "nivel": "observacion", "texto": "Falta la tabla.", "tabla": "SIG_PEDIDOS"}
    return HEAD | {
        "numero": "C-1-000009",
        "sobre": WHO["sobre"],
        "acuse": document_id(ACUSE),
        "unidad": "1288",
        "registro": REGISTRO,
        "resultado": "observado",
        "razones": [reason],
        "archivos": FILES,
        "emitida": LATER,
        "orden": 1,
        "reemplaza": None,
    }


def perfil_payload() -> Json:
    return HEAD | {
        "unidad": "1288",
        "sistema": "SIGA",
        "registro": REGISTRO,
        "epoca": 1,
        "n": 3,
        "emitido": OFFERED,
        "vence": "2022-10-21T21:30:00.000Z",
        "sellado": [{"kid": kid(SEAL), "publica": b64(spki(SEAL))}],
        "cronograma": None,
        "formatos": {"paquete": [1, 1], "manifiesto": [1, 1], "sobre": [1, 1]},
    }


def without(members: Json, name: str) -> Json:
    return {key: value for key, value in members.items() if key != name}


def last_bit(token: str) -> str:
    """Spell the last character of the signature (of 64 bytes: 2 bits used) with a stray bit."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + alphabet[alphabet.index(token[-1]) + 1]


def flipped(token: str) -> str:
    """Change the first byte of the signature."""
    head, _, tail = token.rpartition(".")
    data = bytearray(base64.urlsafe_b64decode(tail + "=="))
    data[0] ^= 1
    return f"{head}.{b64(bytes(data))}"


def malleated(token: str) -> str:
    """Give the other valid ES256 signature of the same document: s becomes order - s."""
    head, _, tail = token.rpartition(".")
    data = base64.urlsafe_b64decode(tail + "==")
    return f"{head}.{b64(data[:32] + (P256_ORDER - int.from_bytes(data[32:])).to_bytes(32))}"


def bent_headers() -> list[tuple[str, str, str]]:
    """Give (name, code, token) of acuses whose token or header is wrong, all truly signed where that is possible."""
    payload, key = acuse_payload(), KEYS["acuse"]
    kid_text = kid(key)
    twice = f'{{"alg":"Ed25519","kid":"{kid_text}","kid":"{kid_text}","typ":"sigasers-acuse"}}'.encode()
    less = text({"alg": "Ed25519", "typ": "sigasers-acuse"})
    header, body, tail = ACUSE.split(".")
    return [
        ("dos partes", "KEY-002", f"{header}.{body}"),
        ("cuatro partes", "KEY-002", f"{ACUSE}.{tail}"),
        ("con relleno", "KEY-002", ACUSE + "=="),
        ("bit de sobra en la firma", "KEY-002", last_bit(ACUSE)),
        ("firma vacía", "KEY-002", f"{header}.{body}."),
        ("salto de línea dentro", "KEY-002", f"{header}.{body[:40]}\n{body[40:]}.{tail}"),
        ("encabezado con kid dos veces", "KEY-003", raw(twice, text(payload), key)),
        ("encabezado sin kid", "KEY-003", raw(less, text(payload), key)),
        ("encabezado con jwk", "KEY-003", jws("acuse", payload, key, jwk={"kty": "OKP"})),
        ("encabezado con crit", "KEY-003", jws("acuse", payload, key, crit=["exp"])),
        ("encabezado con b64", "KEY-003", jws("acuse", payload, key, b64=False)),
        ("kid que no es texto", "KEY-003", jws("acuse", payload, key, kid=7)),
        ("typ desconocido", "KEY-004", jws("recibo", payload, key)),
        ("typ en mayúsculas", "KEY-004", jws("acuse", payload, key, typ="SIGASERS-ACUSE")),
        ("oferta en lugar de acuse", "KEY-004", jws("oferta", payload, key)),
        ("alg EdDSA", "KEY-005", jws("acuse", payload, key, alg="EdDSA")),
        ("alg none", "KEY-005", jws("acuse", payload, key, alg="none")),
        ("alg ES256", "KEY-005", jws("acuse", payload, UNIT)),
        ("llave ajena", "KEY-006", jws("acuse", payload, KEYS["ajena"])),
        ("llave ajena con kid del centro", "KEY-007", jws("acuse", payload, KEYS["ajena"], kid=kid_text)),
        ("firma cambiada", "KEY-007", flipped(ACUSE)),
        ("contenido cambiado", "KEY-007", f"{header}.{b64(text(payload | {'n': 2}))}.{tail}"),
        ("llave de perfil", "KEY-008", jws("acuse", payload, KEYS["perfil"])),
        ("llave de bitácora", "KEY-008", jws("acuse", payload, KEYS["bitacora"])),
        ("llave aún no vigente", "KEY-009", jws("acuse", payload, KEYS["acuse futura"])),
        ("llave retirada en ese instante", "KEY-010", jws("acuse", payload, KEYS["acuse retirada"])),
    ]


def bent_payloads() -> list[tuple[str, str, str]]:
    """Give (name, code, token) of acuses whose payload is wrong, signed by the right key."""
    true, asiento = acuse_payload(), asiento_members()
    twice = text(true)[:-1] + b',"n":1}'
    floating = text(true).replace(b'"indice":4', b'"indice":4.0')
    large = text(true).replace(b'"indice":4', b'"indice":9007199254740992')
    spaced = json.dumps(asiento, separators=(", ", ":")).encode()
    wrong: list[tuple[str, str, Json | bytes]] = [
        ("dato repetido", "FMT-002", twice),
        ("no es JSON", "FMT-002", b"{"),
        ("no es objeto", "FMT-001", b"[]"),
        ("número con decimales", "FMT-001", floating),
        ("número sobre 53 bits", "FMT-001", large),
        ("sin v", "FMT-001", without(true, "v")),
        ("v 2", "FMT-003", true | {"v": 2}),
        ("crit desconocido", "FMT-003", true | {"crit": ["nuevo"]}),
        ("otro centro", "KEY-012", true | {"aud": "c-" + "0" * 32}),
        ("aud sin forma", "FMT-001", true | {"aud": "centro"}),
        ("unidad con ceros", "FMT-001", true | {"unidad": "001288"}),
        ("hora sin milisegundos", "FMT-001", true | {"ofrecido": "2021-10-21T21:30:00Z"}),
        ("hora con zona", "FMT-001", true | {"ofrecido": "2021-10-21T16:30:00.000-05:00"}),
        ("digest en mayúsculas", "FMT-001", true | {"sobre": WHO["sobre"].upper()}),
        ("archivo con carpeta", "FMT-001", true | {"archivos": [FILES[0] | {"nombre": "../a.rar"}]}),
        ("número de otro índice", "FMT-001", true | {"numero": "A-1-000005"}),
        ("número sin ceros", "FMT-001", true | {"numero": "A-1-4"}),
        ("otro n que el asiento", "KEY-014", true | {"n": 2}),
        ("otra hora que el asiento", "KEY-014", true | {"ofrecido": BEGIN}),
        ("asiento con blancos", "FMT-001", acuse_payload(spaced)),
        ("asiento en otro orden", "FMT-001", acuse_payload(text(dict(reversed(asiento.items()))))),
        ("asiento con un dato más", "FMT-001", acuse_payload(text(asiento | {"otro": 1}))),
        ("asiento v 2", "FMT-003", acuse_payload(text(asiento | {"v": 2}))),
    ]
    return [(name, code, jws("acuse", payload, KEYS["acuse"])) for name, code, payload in wrong]


def bent_proofs() -> list[tuple[str, str, str]]:
    """Give (name, code, token) of acuses whose proof is wrong, signed by the right key."""
    true = acuse_payload()
    lines = true["prueba"].split("\n")
    other = text(asiento_members() | {"sal": REGISTRO})
    wrong_epoca = ORIGIN[:-1] + "2"

    def with_lines(*changed: str) -> Json:
        return true | {"prueba": "\n".join(changed)}

    def replaced(old: str, new: str) -> Json:
        return true | {"prueba": true["prueba"].replace(old, new)}

    wrong = [
        ("prueba de otro asiento", "KEY-015", true | {"asiento": b64(other)}),
        ("prueba sin una línea", "KEY-015", with_lines(*lines[:2], *lines[3:])),
        ("prueba con una línea de más", "KEY-015", with_lines(*lines[:3], lines[2], *lines[3:])),
        ("prueba al revés", "KEY-015", with_lines(*lines[:2], lines[4], lines[3], lines[2], *lines[5:])),
        ("prueba de otro índice", "KEY-014", replaced("index 4", "index 5")),
        ("índice con cero delante", "FMT-030", replaced("index 4", "index 04")),
        ("prueba con extra", "FMT-030", replaced("\nindex", "\nextra AAAA\nindex")),
        ("prueba de versión 2", "FMT-030", replaced("proof@v1", "proof@v2")),
        ("sin punto de control", "FMT-030", true | {"prueba": true["prueba"].partition("\n\n")[0]}),
        ("punto de control con línea de más", "FMT-030", replaced("\n7\n", "\n7\n7\n")),
        ("tamaño cambiado", "KEY-015", replaced("\n7\n", "\n4\n")),
        ("tamaño cambiado a otro del mismo camino", "KEY-017", replaced("\n7\n", "\n8\n")),
        ("bitácora de otra época", "KEY-016", acuse_payload(origin=wrong_epoca)),
        ("firmado con llave de acuse", "KEY-017", acuse_payload(key="acuse")),
        ("firmado con llave ajena", "KEY-017", acuse_payload(key="ajena")),
        ("otra época en el número", "KEY-016", true | {"numero": "A-2-000004"}),
    ]
    return [(name, code, jws("acuse", payload, KEYS["acuse"])) for name, code, payload in wrong]


def bent_roots() -> list[tuple[str, str, str]]:
    """Give (name, code, token) of root documents that the pinned huella must refuse."""
    true = root_payload()
    first = true["claves"][0]
    forged = true | {"aud": AUD, "raiz": b64(spki(OTHER_ROOT))}
    changes: list[tuple[str, str, Json]] = [
        ("kid que no es el de la llave", "FMT-001", first | {"kid": kid(KEYS["ajena"])}),
        ("alg que no es el del uso", "FMT-001", first | {"alg": "ES256"}),
        ("uso desconocido", "FMT-001", first | {"uso": "todo"}),
        ("ca sin certificado", "FMT-001", first | {"uso": "ca", "alg": "ES256"}),
        ("llave X25519 para firmar", "KEY-013", key_entry("acuse", x25519_of("otra"))),
        ("la misma llave dos veces", "FMT-001", true["claves"][1]),
    ]
    listed = [(name, code, true | {"claves": [entry, *true["claves"][1:]]}) for name, code, entry in changes]
    whole = [
        ("aud de otro centro", "FMT-001", true | {"aud": "c-" + "0" * 32}),
        ("origen de otra bitácora", "FMT-001", true | {"bitacora": {"origen": "ejemplo.pe/bitacora"}}),
        ("n cero", "FMT-001", true | {"n": 0}),
        ("v 2", "FMT-003", true | {"v": 2}),
    ]
    signed = [(name, code, jws("raiz", payload, ROOT)) for name, code, payload in listed + whole]
    return [
        *signed,
        ("otra raíz", "KEY-011", jws("raiz", forged, OTHER_ROOT)),
        ("raíz pedida, firma de otra", "KEY-006", jws("raiz", true, OTHER_ROOT)),
        ("raíz pedida, kid suyo, firma de otra", "KEY-007", jws("raiz", true, OTHER_ROOT, kid=kid(ROOT))),
    ]


def x25519_of(label: str) -> x25519.X25519PrivateKey:
    return x25519.X25519PrivateKey.from_private_bytes(seed(label))


def bent_sobres() -> list[tuple[str, str, str]]:
    """Give (name, code, token) of sobres signed by the unit's key."""
    true = sobre_payload()
    many = [FILES[0] | {"nombre": f"{n}.rar"} for n in range(17)]
    upper = FILES[0] | {"nombre": FILES[0]["nombre"].upper()}
    wrong = [
        ("primero con anterior", "FMT-001", true | {"anterior": "3" * 64}),
        ("segundo sin anterior", "FMT-001", true | {"n": 2}),
        ("n cero", "FMT-001", true | {"n": 0}),
        ("sin archivos", "FMT-001", true | {"archivos": []}),
        ("17 archivos", "FMT-001", true | {"archivos": many}),
        ("dos nombres iguales sin mayúsculas", "FMT-001", true | {"archivos": [FILES[0], upper]}),
        ("nombre reservado en Windows", "FMT-001", true | {"archivos": [FILES[0] | {"nombre": "NUL.rar"}]}),
        ("tamaño negativo", "FMT-001", true | {"archivos": [FILES[0] | {"tamano": -1}]}),
        ("tamaño sobre 2^40", "FMT-001", true | {"archivos": [FILES[0] | {"tamano": 2**40 + 1}]}),
        ("tamaño verdadero", "FMT-001", true | {"archivos": [FILES[0] | {"tamano": True}]}),
        ("clase desconocida", "FMT-001", true | {"clase": "regalo"}),
        ("anulación con archivos", "FMT-001", true | {"clase": "anulacion", "anula": "3" * 64}),
        ("anulación de nada", "FMT-001", true | {"clase": "anulacion", "archivos": []}),
        ("envío que anula", "FMT-001", true | {"anula": "3" * 64}),
        ("sistema en minúsculas", "FMT-001", true | {"sistema": "siga"}),
        ("registro de 15 bytes", "FMT-001", true | {"registro": REGISTRO[:20]}),
        ("registro no canónico", "FMT-001", true | {"registro": REGISTRO[:-1] + "x"}),
        ("v 2", "FMT-003", true | {"v": 2, "clase": "nueva"}),
    ]
    return [(name, code, jws("sobre", payload, UNIT)) for name, code, payload in wrong]


def others() -> list[tuple[str, str, str]]:
    """Give (name, code, token) of constancias and profiles that must be refused; the typ tells which."""
    constancia, perfil = constancia_payload(), perfil_payload()
    second = {"orden": 2, "reemplaza": None}
    signed: list[tuple[str, str, str, Json, str]] = [
        ("constancia de otro acuse", "KEY-018", "constancia", constancia | {"acuse": "3" * 64}, "acuse"),
        ("constancia de otros archivos", "KEY-018", "constancia", constancia | {"archivos": []}, "acuse"),
        ("constancia de otra unidad", "KEY-018", "constancia", constancia | {"unidad": "1289"}, "acuse"),
        ("segunda sin reemplazar", "FMT-001", "constancia", constancia | second, "acuse"),
        ("resultado desconocido", "FMT-001", "constancia", constancia | {"resultado": "bueno"}, "acuse"),
        ("constancia con llave de perfil", "KEY-008", "constancia", constancia, "perfil"),
        ("perfil con llave de acuse", "KEY-008", "perfil", perfil, "acuse"),
        ("perfil sin llave de sellado", "FMT-001", "perfil", perfil | {"sellado": []}, "perfil"),
        (
            "perfil con rango al revés",
            "FMT-001",
            "perfil",
            perfil | {"formatos": {"paquete": [2, 1]}},
            "perfil",
        ),
    ]
    return [(name, code, jws(typ, payload, KEYS[key])) for name, code, typ, payload, key in signed]


def valid() -> list[tuple[str, str]]:
    """Give (name, token) of documents that hold."""
    acuse, sobre = acuse_payload(), sobre_payload()
    second = {"n": 2, "anterior": WHO["sobre"], "marcas": ["rar_sin_html"], "archivos": FILES[:1]}
    annulment = {"n": 3, "anterior": "4" * 64, "clase": "anulacion", "anula": "3" * 64, "archivos": []}
    cabeza = {"cabeza_anterior": "5" * 64, "desfase_ms": None}
    oferta = HEAD | WHO | {"ofrecido": OFFERED}
    return [
        ("raíz", jws("raiz", root_payload(), ROOT)),
        ("perfil", jws("perfil", perfil_payload(), KEYS["perfil"])),
        ("sobre", SOBRE),
        ("sobre segundo", jws("sobre", sobre | second, UNIT)),
        ("sobre de anulación", jws("sobre", sobre | annulment, UNIT)),
        ("sobre de instalación nueva", jws("sobre", sobre | cabeza, UNIT)),
        ("sobre, la otra firma ES256 válida", malleated(SOBRE)),
        ("oferta", jws("oferta", oferta, KEYS["acuse"])),
        ("acuse", ACUSE),
        (
            "acuse con marca y dato desconocidos",
            jws("acuse", acuse | {"marcas": ["nueva"], "x": []}, KEYS["acuse"]),
        ),
        ("constancia", jws("constancia", constancia_payload(), KEYS["acuse"])),
    ]


def vectors() -> Json:
    """Give the whole file's value."""
    asiento = text(asiento_members())
    refused: list[Callable[[], list[tuple[str, str, str]]]]
    refused = [bent_headers, bent_payloads, bent_proofs, bent_roots, bent_sobres, others]
    return {
        "huella": HUELLA,
        "aud": AUD,
        "unidad_publica": b64(spki(UNIT)),
        "asiento": asiento.decode(),
        "hoja": leaf_of(asiento).hex(),
        "prueba": proof(asiento),
        "validos": [{"nombre": name, "id": document_id(token), "jws": token} for name, token in valid()],
        "rechazados": [
            {"nombre": name, "codigo": code, "jws": token} for make in refused for name, code, token in make()
        ],
    }


def main() -> None:
    TARGET.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
