"""Columns whose name lets one suspect personal data, and what the catalogue's own policy does with such ones.

A guess by names alone, for a person to confirm: it reads no value. The kinds are those of decision 0002.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Proposal(Enum):
    """What to do with a suspicious column; ``REVISAR``: the name alone does not tell."""

    OMITIR = "omitir"
    REVISAR = "revisar"


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """A column, of what kind of personal data it seems, and what is proposed."""

    columna: str
    clase: str
    propuesta: Proposal


# A word of the name (between underscores) that begins so; the first rule that fits is taken.
_RULES: tuple[tuple[str, str, Proposal], ...] = (
    (r"telef|fono|celular|movil|fax|e_?mail|correo", "teléfono o correo", Proposal.OMITIR),
    (
        r"banco|cci|cuenta_?(banc|interb)|cta_?(banc|cte|ahorro)|nro_c(uen)?ta|pago_planilla",
        "cuenta bancaria",
        Proposal.OMITIR,
    ),
    (r"direc|domicil|nro_dir$", "domicilio", Proposal.OMITIR),
    (r"sangre?|grupo_sang|discapac|enferm|salud|diagnos|alerg", "salud", Proposal.OMITIR),
    (r"essalud|ipss|autogen|cuspp|afp|onp|seguro|regimen_pen", "seguro o pensión", Proposal.OMITIR),
    (
        r"dni|num_doc$|doc(um|umento)?_?ident|pasaport|brevete|carnet|l(ib_?)?militar|colegiatura",
        "documento de identidad",
        Proposal.OMITIR,
    ),
    (
        r"nacim|nac$|pais_nac|sexo|genero|est(ado)?_civil|conyug|hijos|religion|grado_inst",
        "dato íntimo",
        Proposal.OMITIR,
    ),
    (r"documento|nro_?doc|num_?doc", "quizá un documento de identidad", Proposal.REVISAR),
    (
        r"pais|departamento|provincia|distrito|referencia|nro_(mz|lote|int)$|tipo_via$|(nmb|tipo)_habilit",
        "quizá parte de un domicilio",
        Proposal.REVISAR,
    ),
    (r"peso|talla", "quizá salud", Proposal.REVISAR),
    (
        r"emplead|trabajador|solicitant|respo|usuario|chofer|paciente|benefic|persona|titular|jefe|verific|cargo|prof",
        "persona",
        Proposal.REVISAR,
    ),
    (r"nombre|nom|apellido|ape|paterno|materno", "quizá el nombre de una persona", Proposal.REVISAR),
    (r"ruc", "RUC (el que empieza con 10 contiene un DNI)", Proposal.REVISAR),
)
_COMPILED = tuple((re.compile(rf"(?:^|_)(?:{words})"), kind, proposal) for words, kind, proposal in _RULES)


def suspicions(columns: Iterable[str]) -> list[Suspicion]:
    """Give the suspicious ones among ``columns``, in their order."""
    found = []
    for name in columns:
        for pattern, kind, proposal in _COMPILED:
            if pattern.search(name.lower()):
                found.append(Suspicion(columna=name, clase=kind, propuesta=proposal))
                break
    return found
