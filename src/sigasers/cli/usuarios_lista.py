"""The users of an installation, for people: some lines each, within any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from sigasers.host.accounts import Account
    from sigasers.model import Instant


def show(consola: Console, accounts: list[Account], now: Instant) -> None:
    """Print what is known of each account."""
    for each in accounts:
        consola.print(f"{each.usuario}: {each.nombre}", markup=False)
        for label, text in (
            ("Estado", _state(each, now)),
            ("Permisos", ", ".join(sorted(each.permisos)) or "ninguno"),
            ("Último ingreso", _minute(each.ultimo_ingreso)),
            ("A cargo de", ", ".join(each.encargos)),
        ):
            if text:
                consola.print(Padding(Text(f"{label}: {text}"), (0, 0, 0, 2)))


def _state(account: Account, now: Instant) -> str:
    notes = [account.estado(now).value]
    if account.sucesor is not None:
        notes.append(f"lo suyo quedó a cargo de {account.sucesor}")
    if account.activa and account.must_change(now):
        notes.append("debe cambiar su clave")
    if account.vence_dias is not None:
        notes.append(f"su clave vence cada {account.vence_dias} días")
    return ", ".join(notes)


def _minute(at: Instant | None) -> str:
    return f"{at.at:%Y-%m-%d %H:%M} UTC" if at else "nunca"
