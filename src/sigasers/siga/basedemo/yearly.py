"""Shared masters of one year: classifiers, accounts, sources of financing, the functional structure."""

from collections.abc import Iterator
from dataclasses import dataclass

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.codes import fill_year_codes
from sigasers.siga.basedemo.national import SERVICE, National
from sigasers.siga.basedemo.sheet import Row, Sheet
from sigasers.siga.basedemo.size import Scale

SOURCES = (
    ("1", "00", "RECURSOS ORDINARIOS"),
    ("2", "09", "RECURSOS DIRECTAMENTE RECAUDADOS"),
    ("4", "13", "DONACIONES Y TRANSFERENCIAS"),
    ("5", "18", "CANON Y SOBRECANON, REGALÍAS, RENTA DE ADUANAS Y PARTICIPACIONES"),
    ("5", "07", "FONDO DE COMPENSACIÓN MUNICIPAL"),
    ("5", "08", "IMPUESTOS MUNICIPALES"),
    ("3", "19", "RECURSOS POR OPERACIONES OFICIALES DE CRÉDITO"),
)
_CHAINS = 240
_FUNCTIONS = (
    "SALUD",
    "PLANEAMIENTO, GESTIÓN Y RESERVA DE CONTINGENCIA",
    "EDUCACIÓN",
    "TRANSPORTE",
    "AGROPECUARIA",
)


@dataclass(frozen=True, slots=True)
class Structure:
    """A functional chain: function, division, group, activity or project, component, purpose."""

    function: str
    program: str
    sub_program: str
    activity: str
    component: str
    purpose: str


def account_of(classifier_place: int, *, service: bool) -> tuple[str, str]:
    """Give MAYOR and SUB_CTA of the classifier at ``classifier_place`` in the list of classifiers."""
    if service:
        return "5302", f"{classifier_place % 90 + 10:02d}01.01"
    return "1301", f"{classifier_place % 90 + 10:02d}01.02"


def structures(count: int) -> list[Structure]:
    """Give ``count`` functional chains; health first, products (3), projects (2) and 3999999 mixed.

    Functions and programmes repeat after the first chains: the nation has some sixty, however many goals a unit has.
    """
    made = []
    for serial in range(count):
        number = serial % _CHAINS
        function = 20 if number % 4 else number // 4 % 26 + 1
        activity = (
            "3999999"
            if number % 3 == 0
            else f"{3_000_000 + serial:07d}"
            if number % 7
            else f"{2_100_000 + serial}"
        )
        made.append(
            Structure(
                function=f"{function:02d}",
                program=f"{(number % 60) + 1:03d}",
                sub_program=f"{(number % 60) * 2 + 1:04d}",
                activity=activity,
                component=f"{5_000_001 + serial:07d}",
                purpose=f"{33_000 + serial:07d}",
            )
        )
    return made


def fill_yearly(sheet: Sheet, scale: Scale, national: National) -> None:
    """Fill the shared masters of the sheet's year."""
    fill_year_codes(sheet)
    _classifiers(sheet, scale, national)
    _accounts(sheet, scale)
    _families(sheet, scale, national)
    _sources(sheet, scale)
    _structure(sheet, structures(scale.of(200, 12, large=4_000)))


def _classifiers(sheet: Sheet, scale: Scale, national: National) -> None:
    rows = (
        (code, _classifier_name(place), "S", f"{place + 1:07d}", "S" if code.startswith("2.3. 2") else "B")
        for place, code in enumerate(national.classifiers[: scale.of(1_800, 60)])
    )
    columns = "CLASIFICADOR NOMBRE_CLASIF FLAG_ABAST ID_CLASIFICADOR TIPO_BIEN"
    sheet.fill("SIG_CLASIFICADOR_GASTO", columns, rows, FLAG_SEACE="S")


def _classifier_name(place: int) -> str:
    goods = words.GOODS[place % len(words.GOODS)][0].split("{")[0].strip()
    return f"{goods} Y AFINES {place // len(words.GOODS) or ''}".strip()


def _accounts(sheet: Sheet, scale: Scale) -> None:
    majors = ["1301", "5302", "1503", "1501", "9105", *(f"{code}" for code in range(1101, 1145))]
    sheet.fill("PLAN_CTB_MAYOR", "MAYOR NOMBRE", ((code, f"CUENTA {code}") for code in majors))
    sheet.fill(
        "PLAN_CTB_SUB_CTA",
        "MAYOR SUB_CTA NOMBRE CLASE NATURALEZA",
        _sub_accounts(majors, scale.of(3_500, 240)),
    )


def _sub_accounts(majors: list[str], count: int) -> Iterator[Row]:
    """Those that ``account_of`` gives come first."""
    for number in range(count):
        if number < 180:
            major, sub = account_of(number // 2, service=bool(number % 2))
        else:
            major, sub = (
                majors[number % (len(majors) - 2) + 2],
                f"{number // 100 + 10:02d}{number % 100:02d}.{number % 7:02d}",
            )
        yield major, sub, f"SUB CUENTA {sub} - {words.THINGS[number % len(words.THINGS)]}", major[0], "D"


def _families(sheet: Sheet, scale: Scale, national: National) -> None:
    chosen = national.families[: scale.of(9_000, 60)]
    keys = [(n, f.kind, f.group, f.klass, f.family) for n, f in enumerate(chosen, start=1)]
    spread = national.classifiers[: min(80, scale.of(1_800, 60))]
    sheet.fill(
        "SIG_FAMILIA_CLASIFICADOR",
        "FAMILIA_CLASIFICADOR TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN CLASIFICADOR",
        ((*key, spread[key[0] * 7 % len(spread)]) for key in keys),
    )
    sheet.fill(
        "SIG_FAMILIA_CUENTA",
        "FAMILIA_CUENTA TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN FAMILIA_CLASIFICADOR CLASIFICADOR MAYOR SUB_CTA",
        (
            (
                *key,
                key[0],
                spread[key[0] * 7 % len(spread)],
                *account_of(key[0] * 7 % 80, service=key[1] == SERVICE),
            )
            for key in keys
        ),
        INDICADOR="1",
    )


def _sources(sheet: Sheet, scale: Scale) -> None:
    more = ((str(n // 9 + 1), f"{20 + n}", f"FUENTE DE FINANCIAMIENTO {20 + n}") for n in range(scale.of(53)))
    sheet.fill("Fuente_Financ", "ORIGEN FUENTE_FINANC nombre", [*SOURCES, *more])


def _structure(sheet: Sheet, chains: list[Structure]) -> None:
    """Fill the seven tables of the functional structure from the same chains, so that their keys join."""
    names = ((f"{n:02d}", "SALUD" if n == 20 else _FUNCTIONS[n % 5]) for n in range(1, 27))
    sheet.fill("Funcion", "funcion nombre", names)
    levels: tuple[tuple[str, str, list[Row]], ...] = (
        ("Programa", "funcion programa", [(c.function, c.program) for c in chains]),
        (
            "Sub_Programa",
            "funcion programa sub_programa",
            [(c.function, c.program, c.sub_program) for c in chains],
        ),
        (
            "Act_Proy",
            "funcion programa sub_programa act_proy",
            [(c.function, c.program, c.sub_program, c.activity) for c in chains],
        ),
        (
            "Componente",
            "funcion programa sub_programa act_proy componente",
            [(c.function, c.program, c.sub_program, c.activity, c.component) for c in chains],
        ),
    )
    for table, columns, rows in levels:
        sheet.fill(table, columns, dict.fromkeys(rows))
    activities = dict.fromkeys(c.activity for c in chains)
    sheet.fill(
        "Act_Proy_Nombre",
        "act_proy tipo_act_proy nombre",
        ((code, "1" if code[0] == "2" else "2", _activity_name(code)) for code in activities),
    )
    sheet.fill(
        "Componente_Nombre", "componente nombre", ((c.component, f"ACTIVIDAD {c.component}") for c in chains)
    )
    sheet.fill("Finalidad", "finalidad nombre", ((c.purpose, _purpose_name(n)) for n, c in enumerate(chains)))


def _activity_name(code: str) -> str:
    kind = {"2": "MEJORAMIENTO DE LOS SERVICIOS DE SALUD", "3": "PRODUCTO"}[code[0]]
    return "SIN PRODUCTO" if code == "3999999" else f"{kind} {code}"


def _purpose_name(number: int) -> str:
    office = words.OFFICES[number % len(words.OFFICES)]
    return f"ATENCIÓN EN {office}" if number % 2 else f"GESTIÓN DE {office} - AÑO FISCAL"
