"""Makes the schedule vectors from docs/spec/schedule.md with the standard library alone, minute by minute.

Each minute of UTC is turned into local time and asked whether a rule names it; what a zone skips is found by the jump
of its offset. Slow, and another way than the calculator's.
"""

import calendar
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BASE: dict = {
    "v": 1,
    "crit": [],
    "zona": "America/Lima",
    "reglas": [
        {"tipo": "DIARIA", "horas": ["12:30", "16:30"], "dias_mes": None, "dias_semana": None},
        {"tipo": "PERIODICA", "horas": ["16:30"], "dias_mes": [15, 31], "dias_semana": None},
    ],
    "excluidas": ["2026-12-25"],
    "adicionales": [],
    "dispersion_min": 30,
    "plazo_min": 600,
    "cierre": "03-31",
    "desde": None,
}


def rule(
    horas: list, dias_mes: list | None = None, dias_semana: list | None = None, tipo: str = "DIARIA"
) -> dict:
    return {"tipo": tipo, "horas": horas, "dias_mes": dias_mes, "dias_semana": dias_semana}


def _names(document: dict, day: date) -> set:
    found = {(x["tipo"], x["hora"]) for x in document["adicionales"] if x["fecha"] == day.isoformat()}
    if document["desde"] and day.isoformat() < document["desde"]:
        return set()
    if day.isoformat() in document["excluidas"]:
        return found
    last = calendar.monthrange(day.year, day.month)[1]
    for item in document["reglas"]:
        days = None if item["dias_mes"] is None else {min(n, last) for n in item["dias_mes"]}
        week = item["dias_semana"]
        if (days is None or day.day in days) and (week is None or day.isoweekday() in week):
            found |= {(item["tipo"], hour) for hour in item["horas"]}
    return found


def turnos(document: dict, after: datetime, until: datetime) -> list:
    """Give [tipo, abre, id] for after < abre <= until, both whole minutes of UTC."""
    zone = ZoneInfo(document["zona"])
    cache: dict = {}
    seen: list = []
    found: dict = {}
    minute = after - timedelta(days=2)
    offset = minute.astimezone(zone).utcoffset()
    first_shown: set = set()
    while minute < until:
        minute += timedelta(minutes=1)
        local = minute.astimezone(zone)
        shown = [local.replace(tzinfo=None, fold=0)]
        if local.utcoffset() > offset:  # skipped times, each as long after the jump as it would have been
            gap = local.utcoffset() - offset
            seen = [shown[0] - gap + timedelta(minutes=n) for n in range(int(gap.total_seconds() // 60))]
            first_shown |= {(minute + timedelta(minutes=n), at) for n, at in enumerate(seen)}
        offset = local.utcoffset()
        if local.fold:
            shown = []
        shown += [at for when, at in first_shown if when == minute]
        for at in shown:
            day = at.date()
            if day not in cache:
                cache[day] = _names(document, day)
            for tipo, hour in cache[day]:
                if hour == at.strftime("%H:%M") and minute > after:
                    found[minute] = max(tipo, found.get(minute, ""))  # PERIODICA is after DIARIA
    return [
        [tipo, at.strftime("%Y-%m-%dT%H:%M:00.000Z"), f"{tipo}-{at.astimezone(zone):%Y%m%d%H%M}"]
        for at, tipo in sorted(found.items())
    ]


def start(document: dict, unidad: str, turno: str) -> int:
    text = f"sigasers-dispersion-v1\n{unidad}\n{turno}".encode("ascii")
    seconds = 60 * document["dispersion_min"]
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") % seconds if seconds else 0


CASES = {
    "fin de febrero, 31 y coincidencia": (BASE, "2026-02-27", "2026-03-02"),
    "29 de febrero": (BASE, "2028-02-28", "2028-03-02"),
    "feriado": (BASE, "2026-12-24", "2026-12-27"),
    "fin de año": (BASE, "2026-12-31", "2027-01-02"),
    "turno adicional en un feriado": (
        BASE | {"adicionales": [{"tipo": "PERIODICA", "fecha": "2026-12-25", "hora": "18:00"}]},
        "2026-12-24",
        "2026-12-27",
    ),
    "primer lunes del mes": (
        BASE | {"reglas": [rule(["08:00"], [1, 2, 3, 4, 5, 6, 7], [1])]},
        "2026-10-01",
        "2026-12-10",
    ),
    "hora que el reloj salta": (
        BASE | {"zona": "America/Santiago", "reglas": [rule(["00:30", "01:00", "01:30"])]},
        "2026-09-05",
        "2026-09-07",
    ),
    "hora que el reloj repite": (
        BASE | {"zona": "America/Santiago", "reglas": [rule(["22:30", "23:30"])]},
        "2026-04-04",
        "2026-04-06",
    ),
    "día que el reloj salta": (
        BASE | {"zona": "Pacific/Apia", "reglas": [rule(["08:00", "16:00"])]},
        "2011-12-29",
        "2012-01-01",
    ),
    "desde": (BASE | {"desde": "2026-11-10"}, "2026-11-08", "2026-11-12"),
}
REFUSED: dict = {
    "sin zona": {"zona": None},
    "zona que no existe": {"zona": "America/Macondo"},
    "zona de la máquina": {"zona": "localtime"},
    "zona que es una carpeta": {"zona": "America"},
    "zona fuera de la carpeta": {"zona": "../../etc/localtime"},
    "sin reglas": {"reglas": []},
    "33 reglas": {"reglas": [rule(["08:00"])] * 33},
    "regla sin horas": {"reglas": [rule([])]},
    "49 horas": {"reglas": [rule([f"{n // 4:02}:{n % 4 * 15:02}" for n in range(49)])]},
    "97 horas diferentes": {
        "reglas": [rule([f"{n:02}:{m:02}" for n in range(24) for m in pair]) for pair in ((0, 1), (2, 3))]
        + [rule(["00:04"])]
    },
    "hora repetida": {"reglas": [rule(["08:00", "08:00"])]},
    "hora 24:00": {"reglas": [rule(["24:00"])]},
    "hora con segundos": {"reglas": [rule(["08:00:30"])]},
    "hora sin cero": {"reglas": [rule(["8:00"])]},
    "hora con otras cifras": {"reglas": [rule(["\u0660\u0668:00"])]},
    "tipo desconocido": {"reglas": [rule(["08:00"], tipo="SEMANAL")]},
    "día 0": {"reglas": [rule(["08:00"], [0])]},
    "día 32": {"reglas": [rule(["08:00"], [32])]},
    "ningún día": {"reglas": [rule(["08:00"], [])]},
    "día repetido": {"reglas": [rule(["08:00"], [1, 1])]},
    "día que no es número": {"reglas": [rule(["08:00"], [True])]},
    "día 8 de la semana": {"reglas": [rule(["08:00"], None, [8])]},
    "fecha que no existe": {"excluidas": ["2026-02-30"]},
    "fecha repetida": {"excluidas": ["2026-02-03", "2026-02-03"]},
    "fecha de otro siglo": {"excluidas": ["1850-02-03"]},
    "401 fechas": {"excluidas": [(date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(401)]},
    "adicional sin hora": {"adicionales": [{"tipo": "DIARIA", "fecha": "2026-12-25"}]},
    "dispersión 121": {"dispersion_min": 121},
    "dispersión negativa": {"dispersion_min": -1},
    "dispersión que no es menor que el plazo": {"dispersion_min": 30, "plazo_min": 30},
    "plazo 14": {"plazo_min": 14, "dispersion_min": 0},
    "plazo 10081": {"plazo_min": 10081},
    "plazo con decimales": {"plazo_min": 60.0},
    "cierre que no existe": {"cierre": "02-30"},
    "cierre mal escrito": {"cierre": "3-31"},
    "desde mal escrito": {"desde": "2026-1-1"},
    "versión 0": {"v": 0},
    "sin crit": {"crit": None},
}
WAITING: dict = {"versión 2": {"v": 2}, "crítico": {"crit": ["sorteo"]}}


def vectors() -> dict:
    """Give everything that vectors.json holds."""
    return {
        "turnos": [
            {
                "caso": name,
                "documento": document,
                "despues_de": f"{after}T05:00:00.000Z",
                "hasta": f"{until}T05:00:00.000Z",
                "turnos": turnos(
                    document,
                    datetime.fromisoformat(f"{after}T05:00:00+00:00").astimezone(UTC),
                    datetime.fromisoformat(f"{until}T05:00:00+00:00").astimezone(UTC),
                ),
            }
            for name, (document, after, until) in CASES.items()
        ],
        "inicio": [
            {"unidad": unidad, "turno": turno, "dispersion_min": 30, "segundos": start(BASE, unidad, turno)}
            for unidad in ("1288", "1287", "300687")
            for turno in ("DIARIA-202611271630", "PERIODICA-202611301630")
        ],
        "rechazados": [{"caso": name, "documento": BASE | change} for name, change in REFUSED.items()],
        "en_espera": [{"caso": name, "documento": BASE | change} for name, change in WAITING.items()],
    }


if __name__ == "__main__":
    text = json.dumps(vectors(), ensure_ascii=False, indent=1)
    Path(__file__).with_name("vectors.json").write_text(text + "\n", encoding="utf-8", newline="\n")
