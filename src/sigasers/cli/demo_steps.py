"""The steps of the demo, each of which goes on from what an earlier run left in the same folder."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sigasers import durable
from sigasers.cli.demo_programs import Service, run_order, shown
from sigasers.host.installation import Installation

UNIT, YEARS = "1288", ("2021", "2022")
UNIT_NAME = "REGION LIMA - HOSPITAL DE APOYO REZOLA"
CODE_VARIABLE = "SIGASERS_CODIGO"
_READY_S, _RECEIPTS_S = 60.0, 180.0


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One acknowledged package where it lies in Repository: all four files are there."""

    rar: Path
    html: Path
    acuse: Path
    constancia: Path


@dataclass
class Demo:
    """One run of the demo in ``root``; ``times`` are seconds by step, in order."""

    root: Path
    tamano: str
    times: dict[str, float] = field(default_factory=dict)

    @property
    def installation(self) -> Installation:
        """The demo's folder is an installation as ``--dir`` means it."""
        return Installation.under(self.root)

    @property
    def base(self) -> Path:
        """The demo's SIGA base."""
        return self.root / "base" / f"SIGA_{UNIT}.db"

    @property
    def identities(self) -> Path:
        """Where identity files and outputs of the services lie."""
        return self.root / "demo"

    def order(self, *arguments: str) -> list[str]:
        """Give an order within the demo's installation."""
        return [*arguments, "--dir", str(self.root)]

    def run(self, *arguments: str) -> None:
        """Show an order and run it."""
        order = self.order(*arguments)
        _announce(order)
        run_order(order)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show a heading and take the step's time."""
        _heading(f"{len(self.times) + 1}. {title}")
        start = time.monotonic()
        yield
        self.times[title] = time.monotonic() - start

    def make_base(self) -> None:
        """Make the SIGA base, unless it is there."""
        durable.make_folder(self.base.parent, step="demo.folder")
        durable.make_folder(self.identities, step="demo.own_folder")
        if self.base.exists():
            _say(f"Ya está: {self.base}")
            return
        self.run("siga", "base-demo", "--tamano", self.tamano, "--ue", UNIT, "--destino", str(self.base))

    def start_centre(self, services: ExitStack) -> Service:
        """Start the centre, which ends with ``services``; its ports are chosen at its first start and kept."""
        first = not (self.installation.centro / "centro.db").exists()
        ports = ["--puerto-inscripcion", "0", "--puerto-transmision", "0"] if first else []
        order = self.order("centro", "iniciar", *ports)
        _announce(order)
        output = self.identities / "centro.txt"
        service = services.enter_context(Service("centro iniciar", order, output))
        service.wait_until(lambda: service.said("Centro listo"), _READY_S)
        _say("El centro está listo.")
        return service

    def register(self) -> None:
        """Register the unit as the guide does it, unless it is: identity file by one way, code by another."""
        if (self.installation.sers / "perfil-publico.json").exists():
            _say("La unidad ya está registrada.")
            return
        self.run("centro", "unidad", "agregar", UNIT, "--nombre", UNIT_NAME)
        number = sum(1 for _ in self.identities.glob("identidad-*.json")) + 1
        identity = self.identities / f"identidad-{UNIT}-{number}.json"
        order = self.order("centro", "unidad", "codigo", UNIT, "--identidad", str(identity))
        _announce(order)
        code = run_order(order, capture=True).strip()
        huella = json.loads(identity.read_text(encoding="utf-8"))["huella"]
        order = self.order("sers", "registrar", "--identidad", str(identity), "--huella", huella)
        _announce(order)
        run_order(order, environment={CODE_VARIABLE: code})

    def set_paths(self) -> None:
        """Write the two paths of the guide (4.1) and the base into siga.toml, unless it is there."""
        path = self.installation.siga / "siga.toml"
        durable.make_folder(path.parent, step="demo.siga_folder")
        lines = {
            "base": str(self.base),
            "ruta_transmision": str(self.installation.source_out),
            "ruta_instalacion_sers": str(self.installation.sers),
        }
        text = f"unidad = {UNIT}\n" + "".join(
            f"{name} = {json.dumps(value)}\n" for name, value in lines.items()
        )
        if not path.exists():
            durable.write_new(path, text.encode("utf-8"), step="demo.settings")
        _say(f"Ruta de Transmisión: {self.installation.source_out}")
        _say(f"Ruta de Instalación SERS: {self.installation.sers}")

    def export(self) -> None:
        """Export the periodic transmission; years that an earlier run exported are not exported again."""
        missing = [year for year in YEARS if not self._packages(year)]
        if not missing:
            _say("Los paquetes de los dos años ya se exportaron.")
        elif len(missing) == len(YEARS):
            self.run("siga", "exportar", "--tipo", "periodica")
        else:
            for year in missing:
                self.run("siga", "exportar", "--tipo", "periodica", "--anio", year)

    def start_agent(self, services: ExitStack) -> Service:
        """Start the courier's service, which ends with ``services``."""
        order = self.order("sers", "servicio", "ejecutar")
        _announce(order)
        service = services.enter_context(
            Service("sers servicio ejecutar", order, self.identities / "sers.txt")
        )
        service.wait_until(lambda: service.said("en marcha"), _READY_S)
        return service

    def send(self, agent: Service) -> None:
        """Ask the service to send now, and wait until each year lies in Repository with acuse and constancia."""
        if len(self.sent()) < len(YEARS):
            self.run("sers", "enviar")
        agent.wait_until(lambda: len(self.sent()) >= len(YEARS), _RECEIPTS_S)

    def sent(self) -> list[Sent]:
        """Give what lies in Repository complete, in order of year."""
        found = []
        for year in YEARS:
            for rar in self._packages(year):
                item = Sent(
                    rar=rar,
                    html=rar.with_suffix(".html"),
                    acuse=rar.with_suffix(".acuse.jws"),
                    constancia=rar.with_suffix(".constancia.jws"),
                )
                if "Repository" in rar.parts and item.acuse.exists() and item.constancia.exists():
                    found.append(item)
        return found

    def _packages(self, year: str) -> list[Path]:
        """Give the packages of a year wherever they are on their way."""
        pattern = f"MEF-SIGA-tr_{UNIT}_{year}_*.rar"
        folders = (self.installation.source_out, self.installation.sers / "AttachOut")
        places = [path for folder in folders if folder.is_dir() for path in folder.rglob(pattern)]
        repository = self.installation.sers / "Repository"
        return places + (sorted(repository.rglob(pattern)) if repository.is_dir() else [])


def _heading(text: str) -> None:
    from sigasers.cli.core import consola

    consola.print()
    consola.rule(f"[bold]{text}", align="left")


def _announce(order: list[str]) -> None:
    from sigasers.cli.core import consola

    consola.print(f"$ {shown(order)}", style="dim", markup=False, soft_wrap=True)


def _say(text: str) -> None:
    from sigasers.cli.core import consola

    consola.print(text, markup=False, soft_wrap=True)
