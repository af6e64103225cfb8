"""An installation to export in: folders, a clock that does not wait, a centre's profile or a fixed password."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sigasers.formats import base64url
from sigasers.formats.archive_comment import Role
from sigasers.formats.documents import KeyUse, Profile, SealingKey, Typ
from sigasers.formats.manifest import Manifest, TableManifest
from sigasers.formats.package import PackageReader, PackageReport, verify
from sigasers.keys import jws
from sigasers.keys.kinds import kid_of, spki_of
from sigasers.keys.sealing import open_password
from sigasers.model import Ejercicio, Identifier, Instant, Nemonico, TipoTransmision
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.clock import Clock
from sigasers.siga.export.run import Order, Run
from sigasers.siga.export.table_export import MEMORY_BYTES
from sigasers.siga.export.validation import Reviewer
from sigasers.siga.export.year import Package
from tests.export.writer_beside import writing_beside
from tests.made_centre import AT, MadeCentre

PASSWORD = "clave fija de prueba"
UNIT = Nemonico(1288)
PERIODICA = Order(tipo=TipoTransmision.PERIODICA)
DIARIA = Order(tipo=TipoTransmision.DIARIA)


class ManualClock:
    """Starts on 2021-10-21 16:30:05 in Lima; moves only when told, or when somebody sleeps."""

    def __init__(self) -> None:
        self.at = datetime(2021, 10, 21, 21, 30, 5, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> Instant:
        return Instant(self.at)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(now=self.now, sleep=self.sleep)


class Told:
    """Remembers what the export told."""

    def __init__(self) -> None:
        self.years: list[tuple[Ejercicio, str, int]] = []
        self.tables: list[TableManifest] = []
        self.notes: list[str] = []

    def year_started(self, anio: Ejercicio, raiz: str, tables: int) -> None:
        self.years.append((anio, raiz, tables))

    def table_done(self, table: TableManifest) -> None:
        self.tables.append(table)

    def note(self, text: str) -> None:
        self.notes.append(text)


@dataclass
class Place:
    """One installation under ``root``."""

    root: Path
    base: Path | None
    time: ManualClock = field(default_factory=ManualClock)
    told: Told = field(default_factory=Told)
    centre_key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    unit_key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    anio_sistema: Ejercicio | None = None

    @property
    def out(self) -> Path:
        return self.root / "sers_siga" / "SourceOut"

    @property
    def siga(self) -> Path:
        return self.root / "siga"

    @property
    def profile_path(self) -> Path:
        return self.root / "sers_siga" / "perfil-publico.json"

    @property
    def configuration(self) -> Configuration:
        return Configuration(
            base=self.base,
            unidad=UNIT,
            ruta_transmision=self.out,
            ruta_instalacion_sers=self.root / "sers_siga",
            zona_horaria=ZoneInfo("America/Lima"),
            espera_bloqueo_s=0,
            anio_sistema=self.anio_sistema,
        )

    def make(self) -> "Place":
        self.out.mkdir(parents=True)
        self.siga.mkdir()
        return self

    def fix_password(self) -> None:
        path = self.siga / "clave-fija.txt"
        path.write_text(PASSWORD + "\n", encoding="utf-8")
        path.chmod(0o600)

    def write_profile(self, centre: MadeCentre, **changes: object) -> None:
        """Write what ``sers`` writes; ``changes`` bend the profile before it is signed."""
        public = self.centre_key.public_key()
        profile = Profile(
            aud=centre.aud,
            unidad=UNIT,
            sistema="SIGA",
            registro=Identifier("A" * 22),
            epoca=1,
            n=7,
            emitido=AT,
            vence=AT.plus(timedelta(days=30)),
            sellado=(SealingKey(kid=kid_of(public), publica=spki_of(public)),),
        )
        token = jws.sign(
            replace(profile, **changes).to_payload(), typ=Typ.PERFIL, key=centre.keys[KeyUse.PERFIL]
        )
        unit = self.unit_key.public_key()
        local = {
            "outbox": str(self.out),
            "documento_raiz": centre.root_document,
            "sellado": {
                "kid": kid_of(unit),
                "publica": base64url.encode(unit.public_bytes(Encoding.Raw, PublicFormat.Raw)),
            },
        }
        document = {"v": 1, "firmado": token, "local": local}
        self.profile_path.write_text(json.dumps(document), encoding="utf-8")

    def run(self, *, memory_bytes: int = MEMORY_BYTES, **changes: object) -> Run:
        """Give a run beside which another connection writes, if the base is this place's own."""
        own = self.base is not None and self.base.parent == self.root.parent
        return (_DisturbedRun if own else Run)(
            siga_folder=self.siga,
            configuration=replace(self.configuration, **changes),
            progress=self.told,
            clock=self.time.clock,
            memory_bytes=memory_bytes,
        )

    def run_with(self, reviewer: Reviewer) -> Run:
        """Give a run whose findings ``reviewer`` is shown."""
        return replace(self.run(), reviewer=reviewer)

    def export(self, order: Order = DIARIA, **changes: object) -> list[Package]:
        return self.run(**changes).export(order)

    def half_made(self) -> list[str]:
        """What lies in the working folder, beside the lock that it keeps."""
        working = self.out.parent / f".{self.out.name}.siga"
        found = [path.name for path in working.iterdir()] if working.exists() else []
        return sorted(set(found) - {"exportar.lock"})

    def files(self) -> list[str]:
        return sorted(path.name for path in self.out.iterdir())

    def verified(self, package: Package, password: str = PASSWORD) -> PackageReport:
        with package.rar.open("rb") as file:
            return verify(file, password)

    def opened_by_unit(self, package: Package) -> PackageReport:
        """Verify a package with the password that the unit's own key gives."""
        from sigasers.formats.rar5 import RarArchive

        with package.rar.open("rb") as file:
            password = open_password(RarArchive.open(file).comment, Role.UNIDAD, self.unit_key)
            return verify(file, password)

    def opened(self, package: Package, role: Role, key: X25519PrivateKey) -> Manifest:
        """Open the package as one of its two rightful readers."""
        from sigasers.formats.rar5 import RarArchive

        with package.rar.open("rb") as file:
            password = open_password(RarArchive.open(file).comment, role, key)
            return PackageReader.open(file, password).manifest


class _DisturbedRun(Run):
    """Exports while somebody writes into the base."""

    def export(self, order: Order) -> list[Package]:
        base = self.configuration.base
        if not isinstance(base, Path):
            return super().export(order)
        with writing_beside(base):
            return super().export(order)


_META = """CREATE TABLE meta (ano_eje numeric(4,0), sec_ejec numeric(6,0), sec_func numeric(4,0),
nombre varchar(250), pia numeric(16,2), PRIMARY KEY (ano_eje, sec_ejec, sec_func))"""
_PEDIDOS = """CREATE TABLE SIG_PEDIDOS (ANO_EJE numeric(4,0), SEC_EJEC numeric(6,0), TIPO_BIEN char(1),
TIPO_PEDIDO numeric(1,0), NRO_PEDIDO varchar(6), FECHA_PEDIDO datetime, MOTIVO_PEDIDO text,
PRIMARY KEY (ANO_EJE, SEC_EJEC, TIPO_BIEN, TIPO_PEDIDO, NRO_PEDIDO))"""
_METAS = """INSERT INTO meta VALUES (2021, 1288, 1, 'Meta <uno>', 10.50), (2021, 1288, 2, 'Meta & dos', NULL),
(2022, 1288, 1, 'Otra', 7), (2021, 1287, 1, 'SECRETO DE OTRA', 99)"""
_ORDERED = """INSERT INTO SIG_PEDIDOS VALUES (2021, 1288, 'B', 1, '000002', '2021-03-01 08:00:00', 'VALOR-SECRETO'),
(2021, 1288, 'B', 1, '000001', NULL, ''), (2020, 1288, 'B', 1, '000001', NULL, NULL)"""
SMALL = (
    "CREATE TABLE ejecutora (sec_ejec numeric(6,0), nombre varchar(150), PRIMARY KEY (sec_ejec))",
    _META,
    _PEDIDOS,
    "INSERT INTO ejecutora VALUES (1288, 'REGION LIMA - HOSPITAL DE APOYO REZOLA'), (1287, 'CAÑETE')",
    _METAS,
    _ORDERED,
)


def small_base(path: Path, *more: str, script: Sequence[str] = SMALL, wal: bool = True) -> Path:
    """Make a base of three tables that the catalogue knows."""
    with closing(sqlite3.connect(path)) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
        for statement in (*script, *more):
            connection.execute(statement)
        connection.commit()
    return path
