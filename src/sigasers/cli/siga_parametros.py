"""``siga parametros``: the guide's Parámetros por Ejecutora, shown with whether each is fine, and set once checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.core import con_instalacion, confirm, consola, is_terminal
from sigasers.cli.siga_secretos import passwords_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigasers.errors import SigasersError
    from sigasers.host.installation import Installation
    from sigasers.siga.base_answer import BaseAnswer
    from sigasers.siga.configuration import Configuration
    from sigasers.siga.parameter_change import Change
    from sigasers.siga.parameters import Row
    from sigasers.siga.settings_edit import Value

EXIT_WRONG = 1
_MARKS = {
    "bien": "[green]bien   [/]",
    "aviso": "[yellow]aviso  [/]",
    "falla": "[bold red]FALLA  [/]",
    "omitido": "[dim]omitido[/]",
}
_LABEL_WIDTH = 25
_NONE = "-"

con_sin_base = click.option(
    "--sin-base", is_flag=True, help="No pregunta a la base de datos por la unidad y los años."
)


@click.group("parametros", no_args_is_help=True)
def parametros() -> None:
    """Parámetros por Ejecutora: rutas, unidad, años; verlos y fijarlos."""


@parametros.command("ver")
@con_sin_base
@con_instalacion
def ver(instalacion: Installation, *, sin_base: bool) -> int:
    """Muestra cada parámetro, de dónde sale y si sirve. No escribe nada; termina con 1 si alguno está mal."""
    from sigasers.siga.configuration import FILE_NAME, configuration_of
    from sigasers.siga.parameters import Parameters
    from sigasers.siga.probing.steps import Resultado
    from sigasers.siga.settings_file import read_settings

    file = read_settings(instalacion.siga / FILE_NAME)
    configuration = configuration_of(file, instalacion)
    ask = _asker(instalacion, sin_base=sin_base)
    answer = ask(configuration) if ask and configuration.base is not None else None
    rows = Parameters(
        file=file, configuration=configuration, siga_folder=instalacion.siga, answer=answer
    ).rows()
    consola.print(f"Parámetros por Ejecutora, de {file.path}", markup=False, soft_wrap=True)
    for row in rows:
        _show(row)
    return EXIT_WRONG if any(row.resultado is Resultado.FALLA for row in rows) else 0


@parametros.command("fijar")
@click.option(
    "--ruta-transmision", metavar="CARPETA", help="Ruta de Transmisión: la carpeta de salida del SERS."
)
@click.option("--ruta-sers", metavar="CARPETA", help="Ruta de Instalación SERS.")
@click.option("--ue", metavar="NEMÓNICO", help="Unidad ejecutora de esta instalación.")
@click.option("--anio-sistema", metavar="AÑO", help="Año del sistema, en lugar del que dice la base.")
@click.option("--anio-programacion", metavar="AÑO", help="Año de programación, en lugar del siguiente.")
@click.option(
    "--cierre", metavar="MM-DD", help="Hasta qué día se sigue enviando también el año anterior, como 03-31."
)
@click.option("--zona", metavar="ZONA", help="Zona horaria, como America/Lima.")
@click.option(
    "--si",
    is_flag=True,
    help="No pregunta: toma la carpeta de salida del SERS y confirma al primer centro; nunca a otro distinto.",
)
@click.option("--huella", metavar="HUELLA", help="Huella del centro que se confirma, también si cambió.")
@con_sin_base
@con_instalacion
@con_permiso("parametros")
def fijar(
    instalacion: Installation, *, si: bool, huella: str | None, sin_base: bool, **given: str | None
) -> int:
    """Comprueba los parámetros y los escribe en siga.toml sin tocar lo demás; con «-» se quita uno.

    Sin ninguna opción, los pregunta uno por uno. Nada se escribe si algo no sirve.
    """
    from sigasers.cli.parametros_preguntas import asked

    named = _huella(huella)
    ask = _asker(instalacion, sin_base=sin_base)
    values = _values(given)
    questions = not values and named is None
    if questions:
        if not is_terminal():
            raise click.UsageError(
                "Indique qué fijar; sin opciones se pregunta, y aquí no hay quien responda."
            )
        values = _values(asked(instalacion, ask))
    change = _prepared(instalacion, values, ask, folders=questions or named is not None, yes=si)
    _tell(change)
    change.hold_huella(named, accepted=lambda shown: si or _is_same(shown))
    change.write()
    actual().record("parametros.fijados", **change.record())
    actual().take_charge("parametros")
    if change.huella is not None:
        consola.print("Centro confirmado en esta instalación.")
    done = f"Quedó escrito en {change.path}" if change.values else "En siga.toml no había nada que cambiar."
    consola.print(done, markup=False, soft_wrap=True)
    return 0


def _asker(instalacion: Installation, *, sin_base: bool) -> Callable[[Configuration], BaseAnswer] | None:
    """Give who asks the database; nothing where it may not be asked."""
    if sin_base:
        return None
    secrets = passwords_of(instalacion)

    def ask(configuration: Configuration) -> BaseAnswer:
        from sigasers.siga.base_answer import ask_base
        from sigasers.siga.inspection.base import Place

        return ask_base(Place(siga_folder=instalacion.siga, configuration=configuration, secrets=secrets))

    return ask


def _values(given: dict[str, str | None]) -> dict[str, Value | None]:
    """Give what is to be set by the names of ``siga.toml``; what was not given is not there, a dash takes away."""
    from sigasers.model import Nemonico

    names = {
        "ruta_sers": "ruta_instalacion_sers", "ue": "unidad", "cierre": "cierre_anio_anterior", "zona": "zona_horaria"
    }  # fmt: skip
    values: dict[str, Value | None] = {}
    for option, text in given.items():
        name = names.get(option, option)
        if text is None:
            continue
        if text.strip() == _NONE:
            values[name] = None
        elif name == "unidad":
            values[name] = Nemonico.parse(text).value
        else:
            values[name] = _year(text, option) if name.startswith("anio_") else text
    return values


def _year(text: str, option: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not 1990 <= int(text) <= 2199:
        raise click.BadParameter(
            "debe ser un año de 1990 a 2199.", param_hint=f"--{option.replace('_', '-')}"
        )
    return int(text)


def _huella(text: str | None) -> str | None:
    """Give the huella as 64 digits; people type it in groups."""
    if text is None:
        return None
    digits = re.sub(r"[\s:-]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise click.BadParameter("debe tener 64 cifras de 0 a 9 y de a hasta f.", param_hint="--huella")
    return digits


def _prepared(
    instalacion: Installation,
    values: dict[str, Value | None],
    ask: Callable[[Configuration], BaseAnswer] | None,
    *,
    folders: bool,
    yes: bool,
) -> Change:
    """Check the values; where Ruta de Transmisión is not the courier's outbox, the right one is offered, and taken."""
    from sigasers.errors.parameters import NotSourceOutError
    from sigasers.siga.parameter_change import prepare

    try:
        return prepare(instalacion, values, ask=ask, folders=folders)
    except NotSourceOutError as error:
        right = str(error.fields["ofrecida"])
        if not (yes or (is_terminal() and _offered(error))):
            raise
    return prepare(instalacion, {**values, "ruta_transmision": right}, ask=ask, folders=folders)


def _offered(error: SigasersError) -> bool:
    from sigasers import mensajes

    told = mensajes.sentence(error.code, error.fields)
    consola.print(f"{told.que} {told.porque}", markup=False, soft_wrap=True)
    return confirm(f"¿Usar «{error.fields['ofrecida']}»?", default=True)


def _is_same(shown: str) -> bool:
    """Ask whether the huella is the one that the centre read out; without anybody to answer it is not."""
    if not is_terminal():
        return False
    consola.print(f"Huella del centro: {shown}", soft_wrap=True)
    return confirm("¿Es, cifra por cifra, la que el centro le leyó por teléfono?", default=False)


def _tell(change: Change) -> None:
    for text in change.dicho:
        consola.print(text, markup=False, soft_wrap=True)
    for text in change.avisos:
        consola.print("[yellow]Aviso:[/] ", end="")
        consola.print(text, markup=False, soft_wrap=True)
    if change.huella is not None:
        from sigasers.keys.trust import show_huella

        consola.print(f"Huella del centro, sin confirmar: {show_huella(change.huella)}", soft_wrap=True)


def _show(row: Row) -> None:
    """Print one parameter: a line, and below it what is known of it."""
    from sigasers import mensajes

    consola.print(f"{row.etiqueta:<{_LABEL_WIDTH}} {_MARKS[row.resultado.value]} ", end="")
    consola.print(f"{row.valor}  ({row.origen})", markup=False, soft_wrap=True)
    lines = [row.detalle] if row.detalle else []
    if row.error is not None:
        told = mensajes.sentence(row.error.code, row.error.fields)
        lines += [f"{row.error.code}: {told.que} {told.porque}", f"Qué hacer: {told.haga}"]
    for line in lines:
        consola.print(f"{'':<{_LABEL_WIDTH}} {line}", markup=False, soft_wrap=True)
