"""A registered profile made without a network, and the agent on it with a centre in memory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from sigasers import durable
from sigasers.formats import properties
from sigasers.formats.documents import RootDocument, centre_id, log_origin
from sigasers.keys.kinds import huella_of, spki_of
from sigasers.keys.trust import Trust, ca_root_key, make_root_document, open_root, root_key
from sigasers.keys.x509 import Authority, ClientSubject, issue_client, make_ca
from sigasers.model import Identifier, Instant, Nemonico
from sigasers.sers import database, identity, public_profile, settings, trust_file
from sigasers.sers.agent import Agent, open_agent
from sigasers.sers.clock import Stopping
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.line import Line
from tests.made_centre import AT, USES, MadeCentre
from tests.rar5.archives import archive_of
from tests.sers.simulated_centre import HOST, SimulatedCentre, new_identifier, now


class FastClock:
    """Real time, in which waiting takes none: ``sleep`` moves the clock; ``stop_after`` waits it stops."""

    def __init__(self, stop_after: int | None = None) -> None:
        self._ahead_s = 0.0
        self._left = stop_after
        self.slept: list[float] = []

    def now(self) -> Instant:
        from datetime import timedelta

        return now().plus(timedelta(seconds=self._ahead_s))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._ahead_s += seconds
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                raise Stopping

    def jitter(self) -> float:
        return 0.5


@dataclass
class CentreKeys(MadeCentre):
    """A made centre that has an authority too."""

    ca: Authority = field(init=False)
    n: int = 1

    def __post_init__(self) -> None:
        self.ca = make_ca(ec.generate_private_key(ec.SECP256R1()), centre_id=self.aud, at=now())

    @property
    def root_document(self) -> str:
        claves = [root_key(use, self.keys[use].public_key(), desde=AT) for use in USES]
        document = RootDocument(
            n=self.n,
            epoca=1,
            emitido=AT,
            raiz=spki_of(self.root.public_key()),
            claves=(*claves, ca_root_key(self.ca.certificate, desde=AT)),
            origen=log_origin(centre_id(huella_of(self.root.public_key())), 1),
            inscripcion=("https://127.0.0.1:1",),
            transmision=(HOST,),
        )
        return make_root_document(document, self.root)


@dataclass
class MadeProfile:
    """One profile in ``root``, registered with ``centre``."""

    root: Path
    centre: SimulatedCentre
    trust: Trust

    @property
    def folder(self) -> ProfileFolder:
        return ProfileFolder.at(self.root)

    @property
    def source_out(self) -> Path:
        return self.root / "SourceOut"

    @property
    def aside(self) -> Path:
        return self.root / "Apartados"

    @contextmanager
    def agent(self, clock: FastClock | None = None) -> Iterator[Agent]:
        """Open the agent, as its own process would."""
        with open_agent(
            self.root, clock=clock or FastClock(), line=lambda _f, _t: Line(self.centre.client(), [HOST])
        ) as agent:
            yield agent

    def set(self, **values: str) -> None:
        """Set values of ``application.properties`` (``sers.`` goes before each name)."""
        old = self.folder.properties.read_bytes()
        new = properties.update(old, {f"sers.{key}": value for key, value in values.items()})
        self.folder.properties.write_bytes(new)

    def drop(self, stem: str, *, html: bool = True, size: int = 100, age_s: float = 0) -> list[Path]:
        """Put a package into SourceOut, as the exporter does, and give its files."""
        content = {f"{stem}.rar": archive_of({"a": stem.encode() * size})}
        if html:
            content[f"{stem}.html"] = f"<p>{stem}</p>".encode()
        return [self.put(name, data, age_s=age_s) for name, data in content.items()]

    def put(self, name: str, data: bytes, *, age_s: float = 0) -> Path:
        """Put a file into SourceOut."""
        path = self.source_out / name
        path.write_bytes(data)
        if age_s:
            then = path.stat().st_mtime - age_s
            os.utime(path, (then, then))
        return path


def make_profile(root: Path) -> MadeProfile:
    """Make a registered profile; every file is what a registration writes."""
    keys = CentreKeys()
    trust = open_root(keys.root_document, huella=keys.huella)
    folder = ProfileFolder.at(root)
    folder.make()
    database.create(folder).close()
    trust_file.pin(folder, trust)
    settings.write_first(folder)
    key = identity.make_key(folder)
    registro: Identifier = new_identifier()
    subject = ClientSubject(unidad=Nemonico(1288), sistema="SIGA", registro=registro)
    identity.keep_certificate(folder, issue_client(keys.ca, key.public_key(), subject, at=now()))
    public_profile.sealing_kid(folder)
    settings.load(folder).make_folders()
    centre = SimulatedCentre(unit_key=key.public_key(), registro=registro, made=keys)
    profile = MadeProfile(root=folder.root, centre=centre, trust=trust)
    profile.set(estabilidad_s="0", intervalo_s="1")
    return profile


def everything(profile: MadeProfile) -> list[Path]:
    """Give every file that stands for what was dropped, wherever it lies now."""
    folders = ("SourceOut", "AttachOut", "Repository", "Apartados")
    found = [path for name in folders for path in (profile.root / name).rglob("*") if path.is_file()]
    return [path for path in found if not path.name.endswith((".jws", ".motivo.txt", durable.PART_SUFFIX))]
