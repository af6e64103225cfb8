"""The rules file: what it may say, every refusal, and our own file held against the catalogue."""

import dataclasses
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors.rules import RulesDataError, RulesFormatError
from sigasers.formats.package import Level
from sigasers.model import Ambito
from sigasers.protocol.rules import EVERY_TABLE, Rule, RuleSet, load_rules, loader, parse_rules
from sigasers.protocol.rules.key_checks import needed
from sigasers.protocol.rules.kind_forms import FORMS
from sigasers.protocol.rules.kinds import Huerfanas, KeyKind, RowKind, SumaDetalle, TablaVacia, row_columns
from sigasers.siga.catalogue import TableEntry, load_catalogue
from tests.rules.memory_tables import rule

BLANK = 'tipo = "sin_valor"\ncolumna = "C"'
NUMBERS = ("numeric", "int", "smallint", "tinyint", "bigint", "decimal", "money")


def whole(*rules: str, head: str = 'v = 1\nversion = "1.0"\n') -> bytes:
    return (head + "".join(rules)).encode()


def test_our_rules_are_many_and_at_least_half_are_known_defects() -> None:
    """What the design asks for."""
    rules = load_rules().reglas
    assert len(rules) >= 25
    assert sum(rule.conocido for rule in rules) * 2 >= len(rules)
    assert {rule.nivel for rule in rules} == {Level.OBSERVACION, Level.RECHAZO}


def test_every_kind_is_used_by_a_rule() -> None:
    """A kind without a rule is code that nobody needs."""
    used = {type(rule.kind).__name__.lower() for rule in load_rules().reglas}
    assert used == {name.replace("_", "") for name in FORMS}


def test_every_table_and_column_of_our_rules_is_in_the_reference_schema() -> None:
    """A misspelt column would make a rule that is always left out; omitted columns never travel."""
    entries = {entry.nombre: entry for entry in load_catalogue().tablas}
    wrong = [
        f"{rule.codigo}: {table}.{name}"
        for rule in load_rules().reglas
        for table, names in reads(rule)
        for name in names or ("",)
        if table not in entries or (name and name not in travelling(entries[table]))
    ]
    assert wrong == []


def test_tables_of_a_rule_travel_with_its_ambitos() -> None:
    """A rule of the programming year about a table that does not go with it would never be applied."""
    entries = {entry.nombre: entry for entry in load_catalogue().tablas}
    wrong = [
        (rule.codigo, table)
        for rule in load_rules().reglas
        for table, _ in reads(rule)
        if not rule.ambitos <= entries[table].ambitos
    ]
    assert wrong == []


def test_keys_that_are_compared_are_of_one_kind() -> None:
    """Text against number would be left out in every real base."""
    entries = {entry.nombre: entry for entry in load_catalogue().tablas}
    compared, wrong = 0, []
    for each in load_rules().reglas:
        match each.kind:
            case Huerfanas(columnas=own, padre=other, columnas_padre=theirs):
                pass
            case SumaDetalle(clave=own, detalle=other, clave_detalle=theirs):
                pass
            case _:
                continue
        compared += 1
        mine = [is_number(entries[each.tabla], name) for name in own]
        if mine != [is_number(entries[other], name) for name in theirs]:
            wrong.append(each.codigo)
    assert wrong == []
    assert compared > 10


def reads(rule: Rule) -> list[tuple[str, tuple[str, ...]]]:
    """Give the tables that a rule reads, each with its columns."""
    conditions = tuple(condition.columna for condition in rule.donde)
    if isinstance(rule.kind, RowKind):
        return [(rule.tabla, (*row_columns(rule.kind), *conditions))]
    if isinstance(rule.kind, KeyKind):
        return needed(rule.kind, rule.tabla, rule.donde)
    if isinstance(rule.kind, TablaVacia):
        return [(rule.tabla, ()), (rule.kind.mientras, ())]
    return [] if rule.tabla == EVERY_TABLE else [(rule.tabla, ())]


def travelling(entry: TableEntry) -> set[str]:
    return {name for name, _ in entry.columnas} - set(entry.omitir)


def is_number(entry: TableEntry, name: str) -> bool:
    return dict(entry.columnas)[name].partition("(")[0] in NUMBERS


def test_a_whole_rule_is_read() -> None:
    """Every key in its place."""
    body = (
        BLANK
        + '\ncero = true\nmas_de = 5\nal_menos = 2\nconocido = true\ndonde = [{ columna = "E", en = ["1"] }]'
    )
    (found,) = parse_rules(whole(rule(body))).reglas
    assert (found.codigo, found.tabla, found.conocido, found.umbral.mas_de) == ("VAL-01", "T", True, 5)
    assert found.ambitos == {Ambito.SISTEMA}
    assert dataclasses.is_dataclass(found.kind)


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b"\xff", "el archivo"),
        (b"no es = = toml", "el archivo"),
        (b"x" * ((1 << 20) + 1), "el archivo"),
        (b"[" * 100_000, "el archivo"),
        (whole(rule(BLANK), head='version = "1.0"\n'), "v"),
        (whole(rule(BLANK), head='v = 2\nversion = "1.0"\n'), "v"),
        (whole(rule(BLANK), head='v = true\nversion = "1.0"\n'), "v"),
        (whole(rule(BLANK), head="v = 1\n"), "el archivo: version"),
        (whole(rule(BLANK), head='v = 1\nversion = "uno"\n'), "version"),
        (whole(rule(BLANK), head='v = 1\nversion = "1.0"\notra = 1\n'), "el archivo"),
        (whole(), "regla"),
        (whole("regla = 3\n"), "regla"),
        (whole("regla = [3]\n"), "regla 1"),
        (whole(rule(BLANK), rule(BLANK)), "regla"),
        (whole(rule(BLANK).replace("VAL-01", "VAL-1")), "regla 1: codigo"),
        (whole(rule(BLANK).replace('nivel = "rechazo"', 'nivel = "espera"')), "VAL-01: nivel"),
        (whole(rule(BLANK).replace('["sistema"]', '["todos"]')), "VAL-01: ambitos"),
        (whole(rule(BLANK).replace('["sistema"]', '["sistema", "sistema"]')), "VAL-01: ambitos"),
        (whole(rule(BLANK).replace('haga = "H."\n', "")), "VAL-01: haga"),
        (whole(rule(BLANK).replace('haga = "H."', 'haga = " H."')), "VAL-01: haga"),
        (whole(rule(BLANK).replace('nombre = "N"', 'nombre = "a\\u001b[31m"')), "VAL-01: nombre"),
    ],
)
def test_a_file_that_is_not_of_the_form_is_refused(raw: bytes, where: str) -> None:
    """Strictly: a misspelt key is an error, never ignored."""
    with pytest.raises(RulesFormatError) as caught:
        parse_rules(raw)
    assert caught.value.fields["donde"] == where


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ('tipo = "eval"', "VAL-01: tipo"),
        (BLANK + "\notra = 1", "VAL-01"),
        (BLANK + "\nmas_de = 100", "VAL-01: mas_de"),
        (BLANK + "\nmas_de = true", "VAL-01: mas_de"),
        (BLANK + "\nal_menos = 0", "VAL-01: al_menos"),
        (BLANK + '\ncero = "sí"', "VAL-01: cero"),
        ('tipo = "sin_valor"\ncolumna = "C; DROP"', "VAL-01: columna"),
        ('tipo = "sin_valor"', "VAL-01: columna"),
        ('tipo = "forma"\ncolumna = "C"\npatron = "("', "VAL-01: patron"),
        ('tipo = "forma"\ncolumna = "C"\npatron = "(a)\\\\1"', "VAL-01: patron"),
        (f'tipo = "forma"\ncolumna = "C"\npatron = "{"a" * 121}"', "VAL-01: patron"),
        ('tipo = "dominio"\ncolumna = "C"\nvalores = []', "VAL-01: valores"),
        ('tipo = "dominio"\ncolumna = "C"\nvalores = [1]', "VAL-01: valores"),
        ('tipo = "dominio"\ncolumna = "C"\nvalores = ["1", "1"]', "VAL-01: valores"),
        ('tipo = "rango"\ncolumna = "C"', "VAL-01"),
        ('tipo = "rango"\ncolumna = "C"\ndesde = 0', "VAL-01: desde"),
        ('tipo = "rango"\ncolumna = "C"\ndesde = "1e9"', "VAL-01: desde"),
        ('tipo = "rango"\ncolumna = "C"\ndesde = "2"\nhasta = "1"', "VAL-01"),
        ('tipo = "fecha"\ncolumna = "C"\ndentro = "mes"', "VAL-01: dentro"),
        ('tipo = "producto"\nfactores = ["A"]\nresultado = "C"\ntolerancia = "0"', "VAL-01: factores"),
        ('tipo = "producto"\nfactores = ["A", "a"]\nresultado = "C"\ntolerancia = "0"', "VAL-01: factores"),
        ('tipo = "suma"\nsumandos = ["A"]\nresultado = "C"\ntolerancia = "-1"', "VAL-01: tolerancia"),
        ('tipo = "huerfanas"\ncolumnas = ["A"]\npadre = "P"\ncolumnas_padre = ["A", "B"]', "VAL-01"),
        ('tipo = "filas_por_grupo"\ncolumnas = ["A"]\nfilas = 0', "VAL-01: filas"),
        ('tipo = "siempre_vacia"\ncolumna = "C"\nmas_de = 1', "VAL-01"),
        (BLANK + '\ndonde = [{ columna = "C" }]', "VAL-01: donde"),
        (BLANK + '\ndonde = [{ columna = "C", en = ["1"], con_valor = true }]', "VAL-01: donde"),
        (BLANK + '\ndonde = { columna = "C" }', "VAL-01: donde"),
    ],
)
def test_a_rule_that_is_not_of_its_kind_is_refused(body: str, where: str) -> None:
    """Each kind has its own keys and no other."""
    with pytest.raises(RulesFormatError) as caught:
        parse_rules(whole(rule(body)))
    assert caught.value.fields["donde"] == where


@pytest.mark.parametrize(
    "text",
    [
        "{otra}",
        "{cantidad.__class__}",
        "{cantidad[0]}",
        "{cantidad!r}",
        "{cantidad:>9999999}",
        "{",
        "{}",
        "{0}",
    ],
)
def test_a_sentence_may_show_counts_alone(text: str) -> None:
    """No format reaches into a value, and none takes memory."""
    with pytest.raises(RulesFormatError) as caught:
        parse_rules(whole(rule(BLANK, texto=text)))
    assert caught.value.fields["donde"] == "VAL-01: texto"


def test_lost_rows_and_empty_tables_have_their_own_counts() -> None:
    """What was before and what is now; there are no bad rows to count."""
    lost = 'tipo = "filas_perdidas"\ndesde = 50\nminimo = 1'
    assert parse_rules(whole(rule(lost, tabla="*", texto="{anterior} {actual} {porcentaje}")))
    for body, text in ((lost, "{cantidad}"), ('tipo = "tabla_vacia"\nmientras = "P"', "{cantidad}")):
        with pytest.raises(RulesFormatError):
            parse_rules(whole(rule(body, texto=text)))
    with pytest.raises(RulesFormatError):
        parse_rules(whole(rule(lost + "\nmenos_de = 50", texto="x")))
    with pytest.raises(RulesFormatError):
        parse_rules(whole(rule(BLANK, tabla="*")))
    assert parse_rules(whole(rule('tipo = "tabla_fallida"', tabla="*", texto="x")))
    with pytest.raises(RulesFormatError):
        parse_rules(whole(rule('tipo = "tabla_fallida"', tabla="*", texto="{total}")))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60) | st.text(max_size=60).map(whole))
def test_any_bytes_give_rules_or_our_error(raw: bytes) -> None:
    """Nothing else escapes."""
    with suppress(RulesFormatError):
        assert isinstance(parse_rules(raw), RuleSet)


def test_our_own_file_when_broken_is_a_defect_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told as such, with the place."""
    load_rules.cache_clear()
    try:
        monkeypatch.setattr(loader, "FILE_NAME", "no-hay.toml")
        with pytest.raises(RulesDataError):
            load_rules()
        monkeypatch.setattr(loader, "FILE_NAME", "loader.py")
        with pytest.raises(RulesDataError) as caught:
            load_rules()
        assert caught.value.fields["donde"] == "el archivo"
    finally:
        load_rules.cache_clear()
