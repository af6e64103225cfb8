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
    (r"telef|fono|celular|movil|fax|e?mail|correo", "teléfono o correo", Proposal.OMITIR),
    (r"banco|cci|cuenta_?banc|cta_?banc|nro_cuenta|nro_cta|cta_ahorro", "cuenta bancaria", Proposal.OMITIR),
    (r"direc|domicil|dir_domic", "domicilio", Proposal.OMITIR),
    (r"sangre?|grupo_sang|discapac|enferm|salud|diagnos|alerg", "salud", Proposal.OMITIR),
    (r"essalud|autogen|cuspp|afp|onp|seguro", "seguro o pensión", Proposal.OMITIR),
    (r"dni|pasaport|brevete|carnet|lib_?mil|docu?_?ident|num_?doc_?ident", "documento de identidad", Proposal.OMITIR),
    (r"nacim|fec_?nac|sexo|genero|est(ado)?_civil|conyug|hijos|religion", "dato íntimo", Proposal.OMITIR),
    (r"documento|nro_?doc|num_?doc", "quizá un documento de identidad", Proposal.REVISAR),
    (r"emplead|trabajador|solicitant|responsab|usuario|chofer|paciente|benefic", "persona", Proposal.REVISAR),
    (r"nombre|nom|apellido|ape|paterno|materno", "quizá el nombre de una persona", Proposal.REVISAR),
    (r"ruc", "RUC (el que empieza con 10 contiene un DNI)", Proposal.REVISAR),
)  # fmt: skip
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
