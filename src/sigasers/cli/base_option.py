"""The options ``--base`` and ``--ue`` of all orders; a base is a path, never an address that might carry a password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import os


class BasePath(click.Path):
    """A path; what is none is refused without being shown."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Give the path; raises ``BadParameter``."""
        from sigasers.siga.base_settings import wrong_path

        wrong = wrong_path(str(value), Path.cwd())
        if wrong:
            self.fail(f"«--base» {wrong}.", param, ctx)
        return super().convert(value, param, ctx)


con_base = click.option(
    "--base",
    type=BasePath(path_type=Path),
    metavar="ARCHIVO",
    help="Base de datos del SIGA (si falta: «base» de siga.toml).",
)
con_unidad = click.option(
    "--ue",
    metavar="NEMÓNICO",
    help="Unidad ejecutora (si falta: «unidad» de siga.toml, o la única de la base).",
)
