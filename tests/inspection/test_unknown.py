"""Eight hundred unknown tables stay readable, and those that could be a unit's own are found."""

from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.inspection.unknown import is_candidate, unknown_groups, year_column
from sigasers.siga.sources import TableSchema

TEXT = ColumnType.parse("texto")


def table(name: str, *columns: str, clave: tuple[str, ...] = ()) -> TableSchema:
    return TableSchema(
        nombre=name, columnas=tuple(Column(each, TEXT) for each in columns or ("A",)), clave=clave
    )


def live(*tables: TableSchema) -> dict[str, TableSchema]:
    return {each.nombre.lower(): each for each in tables}


def real_siga() -> dict[str, TableSchema]:
    """As many tables of each module as a real base has."""
    sizes = {
        "SIG_TMP": 60,
        "SIG_PPR": 49,
        "SIG_TES": 31,
        "SIG_PAAC": 15,
        "SIG_X": 2,
        "SI": 47,
        "SEG": 15,
        "TMP": 35,
    }
    names = [f"{prefix}_T{number}" for prefix, size in sizes.items() for number in range(size)]
    return live(*(table(name) for name in names), table("users"), table("SIG_PEDIDOS"))


def test_tables_are_grouped_by_module() -> None:
    """A wide first word is split by the second; what stands alone is gathered; the catalogue's own are not unknown."""
    groups = {group.prefijo: len(group.tablas) for group in unknown_groups(load_catalogue(), real_siga())}
    assert groups == {
        "SIG_TMP_": 60, "SIG_PPR_": 49, "SI_": 47, "TMP_": 35, "SIG_TES_": 31, "SIG_PAAC_": 15, "SEG_": 15,
        "SIG_": 2, "(otras)": 1,
    }  # fmt: skip
    assert sum(groups.values()) == len(real_siga()) - 1


def test_groups_with_candidates_come_first() -> None:
    """What a person should look at."""
    tables = real_siga() | live(table("UE_COMEDOR", "ANO_EJE", "SEC_EJEC"))
    first = unknown_groups(load_catalogue(), tables)
    assert [group.candidatas for group in first if group.candidatas] == [("UE_COMEDOR",)]


def test_a_candidate_has_year_and_unit_and_is_no_scratch_table() -> None:
    """In any case of letters; users, passwords and staging never are."""
    assert is_candidate(table("UE_X", "anno_ejec", "Sec_Ejec"))
    assert not is_candidate(table("UE_X", "ANO_EJE"))
    assert not is_candidate(table("UE_X", "SEC_EJEC"))
    for name in ("TMP_X", "SIG_TMP_X", "SEG_X", "SI_X_TRX", "SGE_X", "temp_x"):
        assert not is_candidate(table(name, "ANO_EJE", "SEC_EJEC")), name


def test_the_year_of_the_key_comes_before_others() -> None:
    """A year outside the key cites another document."""
    assert year_column(table("T", "ANO_EJE", "ANO_EJEC", clave=("ano_ejec",))) == "ANO_EJEC"
    assert year_column(table("T", "ANNO_EJEC", "ANO_EJE")) == "ANO_EJE"
    assert year_column(table("T", "FECHA")) is None
