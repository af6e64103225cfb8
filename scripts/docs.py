"""The pages that are made from the program itself: ``python3 run.py docs`` writes them again.

``docs/guia/ordenes.md`` is the help of every command, ``docs/guia/errores.md`` the sentence of every error,
``docs/guia/reglas.md`` every rule of the validation. A test holds them in step.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import click

import sigasers.errors
from scripts import rules_page
from sigasers import mensajes
from sigasers.cli import espanol
from sigasers.errors import Retry, SigasersError
from sigasers.protocol.rules import load_rules

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "guia"
_PROGRAMS = {"siga": "siga", "sers": "sers", "centro": "centro", "sigasers": "todo"}
_WIDTH = 100
_AREAS = {
    "SS": "Comunes a todos los programas",
    "SIGA": "Del exportador (siga)",
    "SERS": "Del agente (sers)",
    "CEN": "Del centro (centro)",
    "FMT": "De los archivos y documentos",
    "KEY": "De las llaves, firmas y certificados",
    "DEMO": "De la demostración (sigasers demo)",
}
_COMMANDS_HEAD = """\
# Órdenes

Página generada del programa con `python3 run.py docs`: es la ayuda (`--help`) de cada orden.
"""
_ERRORS_HEAD = """\
# Errores

Página generada del programa con `python3 run.py docs`. Cada error tiene un código que no cambia; lo que va entre
corchetes es lo que el programa muestra en cada caso.
"""
_RETRY = {
    Retry.NEVER: "repetir lo mismo no ayuda",
    Retry.LATER: "puede resolverse solo; se vuelve a intentar",
    Retry.AFTER_ACTION: "después de corregir la causa, repita la orden",
}


def pages() -> dict[Path, str]:
    """Give each generated page with its text."""
    return {
        GUIDE / "ordenes.md": _commands_page(),
        GUIDE / "errores.md": _errors_page(),
        GUIDE / "reglas.md": rules_page.render(load_rules()),
    }


def errors() -> list[type[SigasersError]]:
    """Give every error class of the program, by code."""
    for module in pkgutil.iter_modules(sigasers.errors.__path__):
        importlib.import_module(f"sigasers.errors.{module.name}")
    return sorted(set(_below(SigasersError)), key=lambda kind: kind.code)


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"escrito: {path}")


def _below(kind: type[SigasersError]) -> Iterator[type[SigasersError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("sigasers."):
            yield child
            yield from _below(child)


def _commands_page() -> str:
    espanol.speak()
    parts = [_COMMANDS_HEAD]
    for program, module in _PROGRAMS.items():
        group = espanol.dress(importlib.import_module(f"sigasers.cli.{module}").grupo, program)
        parts += _help_of(
            group, click.Context(group, info_name=program, help_option_names=["-h", "--help"]), level=2
        )
    return "\n".join(parts)


def _help_of(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    """Give the help of ``command`` and of what lies below it; the programs are told once, not again below all."""
    context.terminal_width = _WIDTH
    lines = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"{'#' * level} `{context.command_path}`\n\n```text\n{lines}\n```\n"
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            is_program = context.command_path == "sigasers" and name in _PROGRAMS
            if not child.hidden and not is_program:
                yield from _help_of(child, click.Context(child, info_name=name, parent=context), level + 1)


def _errors_page() -> str:
    parts = [_ERRORS_HEAD]
    kinds = errors()
    for area, title in _AREAS.items():
        parts.append(f"## {title}\n")
        parts += [_entry(kind) for kind in kinds if kind.code.partition("-")[0] == area]
    return "\n".join(parts)


def _entry(kind: type[SigasersError]) -> str:
    raw = mensajes.catalogue()[kind.code]
    que, porque, haga = (text.replace("{", "[").replace("}", "]") for text in (raw.que, raw.porque, raw.haga))
    return (
        f"### {kind.code}\n\n**{que}**\n\n- Por qué: {porque}\n- Qué hacer: {haga}\n"
        f"- Código de salida {kind.exit_code}; {_RETRY[kind.retry]}.\n"
    )


if __name__ == "__main__":
    main()
