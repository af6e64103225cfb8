"""``python3 run.py bench exportar``: measures, stores the figures, writes the page."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.bench import machine, report, store
from scripts.bench.measure import BenchError
from scripts.bench.programs import programs
from scripts.bench.sections import SECTIONS, Plan

ROOT = Path(__file__).resolve().parent.parent.parent
_SIZES, _SMOKE_SIZES = ("media", "grande"), ("chica",)
_NEEDED_MB = 12_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sections asked for; gives the exit code."""
    options = _parser().parse_args(arguments)
    folder = options.carpeta.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["BENCH_DIR"] = str(folder)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs are measured as they are installed: compiled
    tempfile.tempdir = str(folder)
    try:
        found = programs()
        for name in options.solo or SECTIONS:
            _measure(name, options, folder, found)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _measure(name: str, options: argparse.Namespace, folder: Path, found: dict[str, str]) -> None:
    """Measure one section, store it, and write the page with what there is so far."""
    in_use = machine.processors_in_use()
    print(f"{datetime.now(UTC):%H:%M:%S} {name} (processors in use before: {in_use:.2f})", flush=True)
    plan = Plan(
        folder=folder,
        sizes=_SMOKE_SIZES if options.rapido else tuple(options.tamano or _SIZES),
        rounds=1 if options.rapido else options.rondas,
        tell=lambda text: print(text, flush=True),
    )
    watch = machine.StealWatch()
    groups = SECTIONS[name](plan)
    section = store.Section(
        at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        machine=machine.describe(found),
        rounds=plan.rounds,
        in_use=in_use,
        stolen_share=watch.share(),
        is_smoke=options.rapido,
        groups=groups,
    )
    sections = store.save_section(options.informe.with_suffix(".json"), name, section)
    options.informe.write_text(report.render(sections), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py bench", description="Mide la exportación junto a otras herramientas."
    )
    parser.add_argument("que", choices=["exportar"], help="lo que se mide")
    parser.add_argument(
        "--rondas", type=int, default=5, help="vueltas que cuentan, después de una de calentamiento"
    )
    parser.add_argument(
        "--rapido", action="store_true", help="una vuelta con la base chica: prueba la medición misma"
    )
    parser.add_argument(
        "--solo", action="append", choices=list(SECTIONS), help="solo esta parte; puede repetirse"
    )
    parser.add_argument(
        "--tamano", action="append", choices=_SIZES,
        help="solo bases de este tamaño; lo medido antes con las otras se conserva",
    )  # fmt: skip
    parser.add_argument(
        "--carpeta", type=Path, default=ROOT / ".bench",
        help=f"donde se hacen las bases y los archivos ({_NEEDED_MB // 1000} GB)",
    )  # fmt: skip
    parser.add_argument(
        "--informe", type=Path, default=ROOT / "docs" / "rendimiento.md", help="la página que se escribe"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
