"""``sigasers demo``: the main job from an empty folder to signed receipts, by the real commands."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from sigasers.cli.core import consola


@click.command("demo")
@click.option(
    "--dir",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="CARPETA",
    help="Carpeta de la demostración; repetida en la misma, sigue desde lo que hay.",
)
@click.option(
    "--tamano",
    type=click.Choice(["chica", "media"]),
    default="media",
    show_default=True,
    help="Tamaño de la base de datos de demostración.",
)
@click.option(
    "--salir", is_flag=True, help="Termina al final, sin dejar el centro y el mensajero funcionando."
)
def demo(root: Path, tamano: str, *, salir: bool) -> None:
    """Recorre el trabajo completo: base de datos, registro, exportación, envío, acuse y constancia."""
    from sigasers.cli.demo_programs import end_on_signal, stay
    from sigasers.cli.demo_proof import prove, summarise
    from sigasers.cli.demo_steps import Demo

    end_on_signal()
    run = Demo(root=root.absolute(), tamano=tamano)
    with ExitStack() as services:
        with run.step("Base de datos del SIGA"):
            run.make_base()
        with run.step("Centro"):
            centre = run.start_centre(services)
        with run.step("Registro de la unidad"):
            run.register()
        with run.step("Parámetros por ejecutora"):
            run.set_paths()
        with run.step("Transmisión periódica: exportación"):
            run.export()
        with run.step("Envío por SERS, acuse y constancia"):
            agent = run.start_agent(services)
            run.send(agent)
        with run.step("Comprobación de los acuses"):
            prove(run)
        summarise(run)
        if not salir:
            consola.print("\nEl centro y el mensajero siguen funcionando. Para detenerlos: Ctrl-C.")
            try:
                stay([centre, agent])
            except KeyboardInterrupt:
                consola.print(
                    "\nDeteniendo el centro y el mensajero. Puede seguir después en la misma carpeta."
                )
