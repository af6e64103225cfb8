"""Makes the manifest vectors from docs/spec/manifest.md with the standard library alone."""

import copy
import json
from pathlib import Path

MINIMO: dict = {
    "v": 1,
    "crit": [],
    "programa": "0.1.0",
    "sistema": "SIGA",
    "unidad": {"nemonico": "1288", "nombre": "REGION LIMA - HOSPITAL DE APOYO REZOLA"},
    "anio": 2021,
    "ambito": "sistema",
    "tipo": "PERIODICA",
    "modo": "manual",
    "corrida": "AAAAAAAAAAAAAAAAAAAAAA",
    "turno": None,
    "raiz": "MEF-SIGA-tr_1288_2021_202110211630_REGION LIMA - HOSPITAL DE APOYO REZOLA",
    "motor": {"nombre": "SQLite", "version": "3.45.1"},
    "catalogo": "1",
    "instantanea": "2021-10-21T21:30:01.000Z",
    "consistencia": "instantanea",
    "tablas": [
        {
            "nombre": "META",
            "descripcion": "Metas presupuestales",
            "grupo": "maestro anual",
            "origen": "META",
            "filtro": "ANO_EJE = 2021 y SEC_EJEC = 1288",
            "estado": "exportada",
            "inicio": "2021-10-21T21:30:01.000Z",
            "fin": "2021-10-21T21:30:01.250Z",
            "archivo": {
                "miembro": "tablas/META.parquet",
                "tamano": 1234,
                "sha256": "0" * 64,
                "resumen_contenido": "1" * 64,
            },
            "filas": 2,
            "filas_origen": 2,
            "columnas": [["ANO_EJE", "decimal(4,0)"], ["NOMBRE", "texto"], ["PIA", "decimal(16,2)"]],
            "clave": ["ANO_EJE"],
            "omitidas": ["TELEFONO"],
            "totales": [{"columna": "PIA", "origen": "10.50", "escrito": "10.50"}],
            "observaciones": [
                {"codigo": "real_inexacto", "texto": "…", "columna": "PIA", "fila": 1, "cantidad": 1}
            ],
        },
        {
            "nombre": "gestora",
            "descripcion": "Gestoras",
            "grupo": "maestro",
            "origen": "",
            "filtro": "ninguno",
            "estado": "ausente",
            "inicio": "2021-10-21T21:30:01.000Z",
            "fin": "2021-10-21T21:30:01.000Z",
            "archivo": None,
            "filas": 0,
            "filas_origen": 0,
            "columnas": [],
            "clave": [],
            "omitidas": [],
            "totales": [],
            "observaciones": [{"codigo": "tabla_ausente", "texto": "La tabla no está en la base de datos."}],
        },
    ],
    "observaciones": [],
}


def changed(path: list[str | int], value: object) -> dict:
    """Give the smallest manifest with one member changed."""
    manifest = copy.deepcopy(MINIMO)
    place = manifest
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return manifest


def pseudonymised(**changes: object) -> dict:
    """Give a manifest whose column NOMBRE holds pseudonyms."""
    manifest = changed(["tablas", 0, "seudonimizadas"], [{"columna": "NOMBRE", "dominio": "persona"}])
    return (
        manifest
        | {"seudonimos": {"algoritmo": "hmac-sha256-v1", "llave": "Zwb-h5nmjxNW6HmvZVaOYw"}}
        | changes
    )


VECTORS = {
    "seudonimos": pseudonymised(),
    "seudonimos-sin-llave-malo": pseudonymised(seudonimos=None),
    "seudonimos-otra-columna-malo": pseudonymised(
        tablas=changed(["tablas", 0, "seudonimizadas"], [{"columna": "PIA", "dominio": "persona"}])["tablas"]
    ),
    "seudonimos-dominio-malo": pseudonymised(
        tablas=changed(["tablas", 0, "seudonimizadas"], [{"columna": "NOMBRE", "dominio": "Persona"}])[
            "tablas"
        ]
    ),
    "auditoria": MINIMO | {"auditoria": f"12:{'2' * 64}"},
    "auditoria-malo": MINIMO | {"auditoria": f"0:{'2' * 64}"},
    "minimo": MINIMO,
    "desconocido": changed(["tablas", 0, "firma"], {"x": 1}),
    "version-2": changed(["v"], 2),
    "critico": changed(["crit"], ["cifrado"]),
    "sin-archivo-malo": changed(["tablas", 0, "archivo"], None),
    "tabla-repetida-malo": changed(["tablas", 1, "nombre"], "meta"),
    "columna-repetida-malo": changed(["tablas", 0, "columnas"], [["A", "texto"], ["a", "texto"]]),
    "tipo-malo": changed(["tablas", 0, "columnas"], [["A", "decimal(39,0)"]]),
    "filas-malo": changed(["tablas", 0, "filas"], True),  # noqa: FBT003 - a value of JSON
    "resumen-malo": changed(["tablas", 0, "archivo", "sha256"], "A" * 64),
    "unidad-malo": changed(["unidad"], "1288"),
    "hora-malo": changed(["instantanea"], "2021-10-21 21:30"),
}


def main() -> None:
    """Write one file a vector beside this script."""
    for name, value in VECTORS.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        Path(__file__).with_name(f"{name}.json").write_bytes(text.encode())


if __name__ == "__main__":
    main()
