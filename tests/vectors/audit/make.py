"""Makes ``vectors.json`` of ``docs/spec/audit-log.md`` with the standard library alone."""

import hashlib
import json
from pathlib import Path


def line(**values: object) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def act(n: int, before: str, **changes: object) -> str:
    values: dict[str, object] = {
        "v": 1, "n": n, "cuando": "2021-10-21T21:30:00.000Z", "quien": "ana", "cuenta": "svc-siga", "equipo": "SRV01",
        "programa": "siga", "hecho": "base.configurada", "datos": {"antes": "C:\\SIGA\\a.db", "despues": "ñandú «b»"},
        "anterior": before,
    }  # fmt: skip
    return line(**{**values, **changes})


def main() -> None:
    good, before = [], "0" * 64
    for n, changes in enumerate(
        ({}, {"quien": None, "datos": {"n": 3, "si": True, "nada": None}}, {"nuevo": [1]}), 1
    ):
        text = act(n, before, **changes)
        before = hashlib.sha256(text.encode()).hexdigest()
        good.append({"linea": text, "sha256": before})
    first = act(1, "0" * 64)
    bad = {
        "blanco": first.replace(",", ", ", 1),
        "retorno": first.replace("\n", "\r\n"),
        "sin fin": first.rstrip("\n"),
        "dos nombres": first.replace('{"anterior"', '{"v":1,"anterior"', 1),
        "escape de más": first.replace("ñ", "\\u00f1"),
        "número cero": act(0, "0" * 64),
        "hora sin zona": act(1, "0" * 64, cuando="2021-10-21T21:30:00.000"),
        "resumen corto": act(1, "0" * 63),
        "dato con lista": act(1, "0" * 64, datos={"x": [1]}),
        "dato con fracción": act(1, "0" * 64, datos={"x": 1.5}),
        "hecho con blanco": act(1, "0" * 64, hecho="hola mundo"),
    }
    found = {"buenos": good, "malos": [{"por": name, "linea": text} for name, text in bad.items()]}
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    (Path(__file__).parent / "vectors.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
