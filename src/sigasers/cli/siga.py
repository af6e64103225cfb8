"""The command ``siga``: the exporter. Each order is a module of its own."""

import click

from sigasers.cli.siga_abrir import abrir
from sigasers.cli.siga_auditoria import auditoria
from sigasers.cli.siga_base import base
from sigasers.cli.siga_base_demo import base_demo
from sigasers.cli.siga_catalogo import catalogo
from sigasers.cli.siga_clave import clave
from sigasers.cli.siga_cronograma import cronograma
from sigasers.cli.siga_exportar import exportar
from sigasers.cli.siga_historial import historial
from sigasers.cli.siga_parametros import parametros
from sigasers.cli.siga_sesion import sesion
from sigasers.cli.siga_seudonimos import seudonimos
from sigasers.cli.siga_tarea import tarea
from sigasers.cli.siga_transmitir import transmitir
from sigasers.cli.siga_usuarios import usuarios
from sigasers.cli.siga_validar import validar
from sigasers.cli.siga_verificar import verificar


@click.group("siga", no_args_is_help=True)
def grupo() -> None:
    """Exporta la información del SIGA: un archivo RAR y su registro HTML por cada año."""


grupo.add_command(base)
grupo.add_command(parametros)
grupo.add_command(base_demo)
grupo.add_command(exportar)
grupo.add_command(transmitir)
grupo.add_command(historial)
grupo.add_command(cronograma)
grupo.add_command(abrir)
grupo.add_command(clave)
grupo.add_command(tarea)
grupo.add_command(validar)
grupo.add_command(verificar)
grupo.add_command(seudonimos)
grupo.add_command(catalogo)
grupo.add_command(usuarios)
grupo.add_command(sesion)
grupo.add_command(auditoria)
