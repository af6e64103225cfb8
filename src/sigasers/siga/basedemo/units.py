"""Real units by SEC_EJEC, with names as public lists write them (capitals, inconsistent, accents and all)."""

from dataclasses import dataclass

from sigasers.model import Nemonico, UnidadEjecutora


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a unit belongs: sector and pliego, own number in the pliego, short name, INEI's ubigeo, town."""

    nombre: str
    sector: str = "99"
    pliego: str = "463"
    ejecutora: str = "001"
    siglas: str = "UE"
    ubigeo: str = "150101"
    localidad: str = "LIMA"


_PLACES: dict[int, Place] = {
    1286: Place(
        nombre="REGION LIMA - HOSP.HUACHO - HUAURA - OYON Y SERV.BASICOS DE SALUD",
        ejecutora="401", siglas="HHHO", ubigeo="150801", localidad="HUACHO",
    ),
    1287: Place(
        nombre="REGION LIMA - SERVICIOS BASICOS DE SALUD CAÑETE - YAUYOS",
        ejecutora="402", siglas="SBSCY", ubigeo="150501", localidad="SAN VICENTE DE CAÑETE",
    ),
    1288: Place(
        nombre="REGION LIMA - HOSPITAL DE APOYO REZOLA",
        ejecutora="403", siglas="HAR", ubigeo="150501", localidad="SAN VICENTE DE CAÑETE",
    ),
    1289: Place(
        nombre="REGION LIMA - HOSP.BARRANCA - CAJATAMBO Y SERV.BASICOS DE SALUD",
        ejecutora="404", siglas="HBC", ubigeo="150201", localidad="BARRANCA",
    ),
    1404: Place(
        nombre="GOB.REG.DE LIMA - RED DE SALUD DE HUAROCHIRÍ",
        ejecutora="407", siglas="RSH", ubigeo="150701", localidad="MATUCANA",
    ),
    1512: Place(
        nombre="INSTITUTO NACIONAL DE SALUD DEL NIÑO - SAN BORJA",
        sector="11", pliego="011", ejecutora="139", siglas="INSN-SB", ubigeo="150130", localidad="SAN BORJA",
    ),
    1750: Place(
        nombre="AUTORIDAD NACIONAL DE INFRAESTRUCTURA (ANIN)",
        sector="01", pliego="026", ejecutora="001", siglas="ANIN", ubigeo="150101", localidad="LIMA",
    ),
}  # fmt: skip
DEFAULT_UNIT = 1288
_NEIGHBOUR = 1287


def place_of(unit: Nemonico) -> Place:
    """Give where ``unit`` belongs; a code not in the list gets a plain name."""
    return _PLACES.get(unit.value) or Place(nombre=f"UNIDAD EJECUTORA {unit.value:06d}")


def known_unit(unit: Nemonico) -> UnidadEjecutora:
    """Give the unit with its name."""
    return UnidadEjecutora(nemonico=unit, nombre=place_of(unit).nombre)


def neighbour_of(unit: UnidadEjecutora) -> UnidadEjecutora:
    """Give the second unit of the same base, whose rows must never leak into the first one's package."""
    other = _NEIGHBOUR if unit.nemonico.value != _NEIGHBOUR else DEFAULT_UNIT
    return known_unit(Nemonico(other))
