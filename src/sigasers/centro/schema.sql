-- The centre's state (docs/spec/centre-storage.md). Times are RFC 3339 texts in UTC, digests hexadecimal texts.
CREATE TABLE IF NOT EXISTS ajustes (clave TEXT PRIMARY KEY, valor TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS unidades (
    unidad TEXT NOT NULL, sistema TEXT NOT NULL, nombre TEXT NOT NULL, agregada TEXT NOT NULL,
    PRIMARY KEY (unidad, sistema)
) STRICT;

-- One enrolment: first a code that waits, then a key and a certificate bound to it.
CREATE TABLE IF NOT EXISTS registros (
    registro TEXT PRIMARY KEY, unidad TEXT NOT NULL, sistema TEXT NOT NULL, creado TEXT NOT NULL,
    sal BLOB NOT NULL, codigo BLOB NOT NULL, vence TEXT NOT NULL, fallos INTEGER NOT NULL DEFAULT 0,
    llave TEXT, usado TEXT, revocado TEXT,
    FOREIGN KEY (unidad, sistema) REFERENCES unidades (unidad, sistema)
) STRICT;
CREATE INDEX IF NOT EXISTS registros_unidad ON registros (unidad, sistema);

CREATE TABLE IF NOT EXISTS certificados (
    huella TEXT PRIMARY KEY, kid TEXT NOT NULL, registro TEXT NOT NULL REFERENCES registros (registro), der BLOB NOT NULL,
    desde TEXT NOT NULL, hasta TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS certificados_registro ON certificados (registro);

-- cronograma: orden of the schedule in it, 0 for none (a column of version 2: it is added to a table without it).
CREATE TABLE IF NOT EXISTS perfiles (
    registro TEXT NOT NULL, epoca INTEGER NOT NULL, n INTEGER NOT NULL, emitido TEXT NOT NULL, jws TEXT NOT NULL,
    cronograma INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (registro, epoca, n)
) STRICT;

-- Every schedule that a unit was ever set, numbered from 1; documento is null where it was taken away.
CREATE TABLE IF NOT EXISTS cronogramas (
    unidad TEXT NOT NULL, sistema TEXT NOT NULL, orden INTEGER NOT NULL, fijado TEXT NOT NULL, documento TEXT,
    PRIMARY KEY (unidad, sistema, orden), FOREIGN KEY (unidad, sistema) REFERENCES unidades (unidad, sistema)
) STRICT;

-- estado: abierto (files are missing), completo (waits for its acuse), acusado.
CREATE TABLE IF NOT EXISTS sobres (
    id TEXT PRIMARY KEY, registro TEXT NOT NULL, unidad TEXT NOT NULL, sistema TEXT NOT NULL,
    instalacion TEXT NOT NULL, n INTEGER NOT NULL, anterior TEXT, clase TEXT NOT NULL, nuevo INTEGER NOT NULL,
    jws TEXT NOT NULL, firmante TEXT NOT NULL, ofrecido TEXT NOT NULL, oferta TEXT NOT NULL,
    marcas TEXT NOT NULL, estado TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sobres_cadena ON sobres (registro, instalacion, n);
CREATE INDEX IF NOT EXISTS sobres_estado ON sobres (estado, unidad);

CREATE TABLE IF NOT EXISTS sobre_archivos (
    sobre TEXT NOT NULL REFERENCES sobres (id), posicion INTEGER NOT NULL, nombre TEXT NOT NULL,
    tamano INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (sobre, posicion)
) STRICT;
CREATE INDEX IF NOT EXISTS sobre_archivos_sha256 ON sobre_archivos (sha256);

CREATE TABLE IF NOT EXISTS archivos (
    unidad TEXT NOT NULL, sha256 TEXT NOT NULL, tamano INTEGER NOT NULL, guardado TEXT NOT NULL,
    PRIMARY KEY (unidad, sha256)
) STRICT;

-- estado: abierto, completo (kept until it lapses, so that a lost last answer can be asked for).
CREATE TABLE IF NOT EXISTS envios (
    id TEXT PRIMARY KEY, unidad TEXT NOT NULL, sha256 TEXT NOT NULL, tamano INTEGER NOT NULL,
    desplazamiento INTEGER NOT NULL, estado TEXT NOT NULL, tocado TEXT NOT NULL, metadatos TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS envios_abiertos ON envios (unidad, sha256) WHERE estado = 'abierto';

-- The log: entries dense from 0, and every node of the tree that will never change.
CREATE TABLE IF NOT EXISTS asientos (
    indice INTEGER PRIMARY KEY, sobre TEXT NOT NULL UNIQUE, asiento BLOB NOT NULL, completado TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS nodos (
    nivel INTEGER NOT NULL, indice INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (nivel, indice)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS acuses (
    sobre TEXT PRIMARY KEY REFERENCES sobres (id), numero TEXT NOT NULL, id TEXT NOT NULL, jws TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS constancias (
    sobre TEXT NOT NULL REFERENCES sobres (id), orden INTEGER NOT NULL, numero TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL, resultado TEXT NOT NULL, emitida TEXT NOT NULL, jws TEXT NOT NULL,
    PRIMARY KEY (sobre, orden)
) STRICT;

-- One job a sobre; intentos counts children that died, a finished job is deleted.
CREATE TABLE IF NOT EXISTS trabajos (
    sobre TEXT PRIMARY KEY REFERENCES sobres (id), unidad TEXT NOT NULL, intentos INTEGER NOT NULL, creado TEXT NOT NULL
) STRICT;

-- What the manifest of a package says of the run that made it: what obligations are computed from.
CREATE TABLE IF NOT EXISTS paquetes (
    sobre TEXT NOT NULL REFERENCES sobres (id), sha256 TEXT NOT NULL, tipo TEXT NOT NULL, anio INTEGER NOT NULL,
    ambito TEXT NOT NULL, corrida TEXT NOT NULL, turno TEXT, instantanea TEXT NOT NULL, PRIMARY KEY (sobre, sha256)
) STRICT;

CREATE TABLE IF NOT EXISTS hallazgos (
    sobre TEXT NOT NULL, tipo TEXT NOT NULL, detalle TEXT NOT NULL, visto TEXT NOT NULL, PRIMARY KEY (sobre, tipo)
) STRICT;
