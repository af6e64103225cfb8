"""The bytes of ``manifest.json`` and back (``docs/spec/manifest.md``)."""

import json

from sigasers.errors.formats import FormatError
from sigasers.formats import strict_json
from sigasers.formats.audit_log import Head
from sigasers.formats.column_type import Column, ColumnType
from sigasers.formats.json_fields import Fields
from sigasers.formats.manifest import (
    MAX_BYTES,
    VERSION,
    Consistencia,
    Estado,
    Manifest,
    Observacion,
    PseudonymNote,
    TableFile,
    TableManifest,
    Total,
)
from sigasers.formats.pseudonym import Domain
from sigasers.model import (
    Ambito,
    Digest,
    Ejercicio,
    Identifier,
    Instant,
    Nemonico,
    TipoTransmision,
    UnidadEjecutora,
)

_MAX_TABLES = 2000  # SIGA has about 940


def manifest_bytes(manifest: Manifest) -> bytes:
    """Give the JSON text, UTF-8; equal manifests give equal bytes."""
    return json.dumps(_encode(manifest), ensure_ascii=False, separators=(",", ":")).encode()


def parse_manifest(data: bytes) -> Manifest:
    """Read the JSON text; raises ``BadJsonError``, ``FormatTooNewError`` (*en espera*) or ``FormatError``."""
    fields = Fields(strict_json.loads(data, max_bytes=MAX_BYTES), "manifest")
    fields.check_version("manifiesto", VERSION)
    unit, engine = fields.object("unidad"), fields.object("motor")
    return Manifest(
        programa=fields.text("programa"),
        sistema=fields.text("sistema"),
        unidad=UnidadEjecutora(nemonico=unit.parsed("nemonico", Nemonico.parse), nombre=unit.text("nombre")),
        anio=Ejercicio(fields.integer("anio")),
        ambito=fields.parsed("ambito", Ambito),
        tipo=fields.parsed("tipo", TipoTransmision),
        modo=fields.text("modo"),
        corrida=fields.parsed("corrida", Identifier),
        turno=fields.text("turno") if fields.optional("turno") else None,
        raiz=fields.text("raiz"),
        motor=engine.text("nombre"),
        motor_version=engine.text("version"),
        catalogo=fields.text("catalogo"),
        instantanea=fields.parsed("instantanea", Instant.parse),
        consistencia=fields.parsed("consistencia", Consistencia),
        tablas=_tables(fields),
        observaciones=_notes(fields),
        seudonimos=_pseudonym_note(fields.object("seudonimos")) if fields.optional("seudonimos") else None,
        auditoria=fields.parsed("auditoria", Head.parse) if fields.optional("auditoria") else None,
    )


def _encode(manifest: Manifest) -> dict[str, object]:
    note = manifest.seudonimos
    pseudonyms = {"seudonimos": {"algoritmo": note.algoritmo, "llave": str(note.llave)}} if note else {}
    return {
        "v": VERSION,
        "crit": [],
        "programa": manifest.programa,
        "sistema": manifest.sistema,
        "unidad": {"nemonico": str(manifest.unidad.nemonico), "nombre": manifest.unidad.nombre},
        "anio": manifest.anio.value,
        "ambito": manifest.ambito.value,
        "tipo": manifest.tipo.value,
        "modo": manifest.modo,
        "corrida": str(manifest.corrida),
        "turno": manifest.turno,
        "raiz": manifest.raiz,
        "motor": {"nombre": manifest.motor, "version": manifest.motor_version},
        "catalogo": manifest.catalogo,
        "instantanea": str(manifest.instantanea),
        "consistencia": manifest.consistencia.value,
        "tablas": [_encode_table(table) for table in manifest.tablas],
        "observaciones": [_encode_note(note) for note in manifest.observaciones],
        **pseudonyms,
        **({"auditoria": str(manifest.auditoria)} if manifest.auditoria else {}),
    }


def _encode_table(table: TableManifest) -> dict[str, object]:
    pairs = [{"columna": name, "dominio": str(domain)} for name, domain in table.seudonimizadas]
    return {
        "nombre": table.nombre,
        "descripcion": table.descripcion,
        "grupo": table.grupo,
        "origen": table.origen,
        "filtro": table.filtro,
        "estado": table.estado.value,
        "inicio": str(table.inicio),
        "fin": str(table.fin),
        "archivo": _encode_file(table.archivo) if table.archivo else None,
        "filas": table.filas,
        "filas_origen": table.filas_origen,
        "columnas": [[column.nombre, str(column.tipo)] for column in table.columnas],
        "clave": list(table.clave),
        "omitidas": list(table.omitidas),
        **({"seudonimizadas": pairs} if pairs else {}),
        "totales": [
            {"columna": total.columna, "origen": total.origen, "escrito": total.escrito}
            for total in table.totales
        ],
        "observaciones": [_encode_note(note) for note in table.observaciones],
    }


def _encode_file(file: TableFile) -> dict[str, object]:
    return {
        "miembro": file.miembro,
        "tamano": file.tamano_bytes,
        "sha256": file.sha256.hex,
        "resumen_contenido": file.resumen_contenido.hex,
    }


def _encode_note(note: Observacion) -> dict[str, object]:
    members = {"codigo": note.codigo, "texto": note.texto, "columna": note.columna}
    places = {"fila": note.fila, "cantidad": note.cantidad}
    return {name: value for name, value in (members | places).items() if value is not None}


def _tables(fields: Fields) -> tuple[TableManifest, ...]:
    tables = tuple(_table(item) for item in fields.objects("tablas", max_items=_MAX_TABLES))
    if len({table.nombre.casefold() for table in tables}) != len(tables):
        raise FormatError("a table stands twice in the manifest")
    return tables


def _table(fields: Fields) -> TableManifest:
    return TableManifest(
        nombre=fields.text("nombre", max_chars=128),
        descripcion=fields.text("descripcion"),
        grupo=fields.text("grupo"),
        origen=fields.text("origen"),
        filtro=fields.text("filtro"),
        estado=fields.parsed("estado", Estado),
        inicio=fields.parsed("inicio", Instant.parse),
        fin=fields.parsed("fin", Instant.parse),
        archivo=_file(fields.object("archivo")) if fields.optional("archivo") else None,
        filas=fields.integer("filas"),
        filas_origen=fields.integer("filas_origen"),
        columnas=_columns(fields),
        clave=fields.texts("clave"),
        omitidas=fields.texts("omitidas"),
        seudonimizadas=_pseudonymised(fields) if fields.optional("seudonimizadas") else (),
        totales=tuple(
            Total(columna=item.text("columna"), origen=item.text("origen"), escrito=item.text("escrito"))
            for item in fields.objects("totales", max_items=10_000)
        ),
        observaciones=_notes(fields),
    )


def _pseudonymised(fields: Fields) -> tuple[tuple[str, Domain], ...]:
    pairs = tuple(
        (item.text("columna"), item.parsed("dominio", Domain))
        for item in fields.objects("seudonimizadas", max_items=10_000)
    )
    if len({name for name, _ in pairs}) != len(pairs):
        raise FormatError("a column is pseudonymised twice")
    return pairs


def _pseudonym_note(fields: Fields) -> PseudonymNote:
    return PseudonymNote(llave=fields.parsed("llave", Identifier), algoritmo=fields.text("algoritmo"))


def _file(fields: Fields) -> TableFile:
    return TableFile(
        miembro=fields.text("miembro"),
        tamano_bytes=fields.integer("tamano"),
        sha256=fields.parsed("sha256", Digest),
        resumen_contenido=fields.parsed("resumen_contenido", Digest),
    )


def _columns(fields: Fields) -> tuple[Column, ...]:
    columns = []
    for pair in fields.items("columnas", max_items=10_000):
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
            raise FormatError("a column is a pair of name and type")
        columns.append(Column(pair[0], ColumnType.parse(pair[1])))
    if len({column.nombre.casefold() for column in columns}) != len(columns):
        raise FormatError("a column stands twice in a table")
    return tuple(columns)


def _notes(fields: Fields) -> tuple[Observacion, ...]:
    return tuple(
        Observacion(
            codigo=item.text("codigo"),
            texto=item.text("texto"),
            columna=item.text("columna") if item.optional("columna") else None,
            fila=item.integer("fila") if item.optional("fila") else None,
            cantidad=item.integer("cantidad") if item.optional("cantidad") else None,
        )
        for item in fields.objects("observaciones")
    )
