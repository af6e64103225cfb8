"""Spanish for what click says on its own: its sentences, its placeholders, ``--version``.

Click asks ``gettext`` at every sentence; the catalogue lies in ``locale``. The variable LANGUAGE is what
``gettext`` heeds above all others, so the commands speak Spanish whatever the machine's language is.
"""

import gettext
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"
_DOMAIN = "messages"  # the domain that a call without one, as click's, looks up
_WORDS: dict[type, str] = {
    click.File: "ARCHIVO",
    click.types.BoolParamType: "SÍ/NO",
    click.types.FloatParamType: "NÚMERO",
    click.types.IntParamType: "NÚMERO",
    click.IntRange: "NÚMERO",
    click.FloatRange: "NÚMERO",
    click.DateTime: "FECHA",
}


def speak() -> None:
    """Let every sentence of click come in Spanish from now on, in this process."""
    os.environ["LANGUAGE"] = "es"
    gettext.bindtextdomain(_DOMAIN, str(LOCALE))
    gettext.textdomain(_DOMAIN)


def dress(group: click.Command, program: str) -> click.Command:
    """Give the commands below ``group`` Spanish placeholders, and ``group`` itself ``--version`` and ``-h``."""
    for command in walk(group):
        command.options_metavar = "[OPCIONES]"
        command.short_help = command.short_help or _first_sentence(command.help or "")
        if isinstance(command, click.Group):
            command.subcommand_metavar = "ORDEN [ARGUMENTOS]..."
        for param in command.params:
            _dress_param(param)
    group.context_settings.setdefault("help_option_names", ["-h", "--help"])
    group.context_settings.setdefault("max_content_width", 100)
    if not any("--version" in param.opts for param in group.params):
        text = "Muestra la versión y termina."
        click.version_option(package_name="sigasers", prog_name=program, help=text)(group)
    return group


def walk(command: click.Command) -> Iterator[click.Command]:
    """Give ``command`` and every command below it."""
    yield command
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from walk(child)


def _first_sentence(text: str) -> str:
    """Give the first sentence of a help text: click would cut it with dots where a list of commands is narrow."""
    return re.split(r"(?<=\.)\s", " ".join(text.split()), maxsplit=1)[0]


def _dress_param(param: click.Parameter) -> None:
    """Name the value of ``param`` in Spanish where its command did not."""
    word = _WORDS.get(type(param.type), "TEXTO")
    if isinstance(param.type, click.Path):
        word = "CARPETA" if not param.type.file_okay else "ARCHIVO" if not param.type.dir_okay else "RUTA"
        param.type.name = word.lower()  # click asked for it when the command was read, perhaps too early
    is_valued = isinstance(param, click.Option) and not param.is_flag and not param.count
    if is_valued and param.metavar is None and not isinstance(param.type, click.Choice):
        param.metavar = word
