"""``siga.toml``: the table ``[base]``, what is refused in it, and that no password may stand anywhere in the file."""

import os
import traceback
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers import mensajes
from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.errors.secrets import PasswordInFileError
from sigasers.errors.siga import ConfigurationError
from sigasers.host.installation import Installation
from sigasers.siga.configuration import Configuration, load_configuration
from sigasers.siga.settings_file import holds_secret, looks_secret
from sigasers.siga.sources.server import Motor, Server

FULL = r"""
unidad = 1288

[base]
motor = "sqlserver"
servidor = 'SRV-SIGA\MEF'
puerto = 1433
nombre = "SIGA_1288"
usuario = "siga_lectura"
esquema = "dbo"
controlador = "ODBC Driver 18 for SQL Server"
cifrado = true
limite_consulta_s = 90

[base.opciones]
PacketSize = 8192
MultiSubnetFailover = true
"""
SMALL = '[base]\nmotor = "postgresql"\nservidor = "srv"\nnombre = "siga"\n'


def load(root: Path, text: str | bytes) -> Configuration:
    folder = root / "siga"
    folder.mkdir(exist_ok=True)
    (folder / "siga.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return load_configuration(Installation.under(root))


def refusal(root: Path, text: str | bytes) -> str:
    """Give the operator's whole sentence of the refusal."""
    with pytest.raises(ConfigurationError) as caught:
        load(root, text)
    told = mensajes.sentence(caught.value.code, caught.value.fields)
    return f"{told.que} {told.porque} {told.haga}"


def test_the_authorities_of_a_server_are_a_file_beside_the_settings(tmp_path: Path) -> None:
    """And are refused where nothing would look at them."""
    found = load(tmp_path, SMALL + 'cifrado = true\ncertificado = "ca.pem"\n')
    assert isinstance(found.base, Server)
    assert found.base.certificado == tmp_path / "siga" / "ca.pem"
    for text in (
        SMALL + 'certificado = "ca.pem"\n',
        SMALL.replace("postgresql", "sqlserver") + 'cifrado = true\ncertificado = "ca.pem"\n',
        SMALL + "cifrado = true\ncertificado = 7\n",
        SMALL + 'cifrado = true\ncertificado = " "\n',
    ):
        assert "«certificado»" in refusal(tmp_path, text)


def test_every_setting_of_a_server_is_taken(tmp_path: Path) -> None:
    """What stands in the table is what the connection is made of."""
    found = load(tmp_path, FULL)
    assert found.base == Server(
        motor=Motor.SQLSERVER,
        servidor="SRV-SIGA\\MEF",
        base="SIGA_1288",
        puerto=1433,
        usuario="siga_lectura",
        esquema="dbo",
        controlador="ODBC Driver 18 for SQL Server",
        opciones=(("PacketSize", "8192"), ("MultiSubnetFailover", "yes")),
        cifrado=True,
    )
    assert found.limite_consulta_s == 90
    assert found.base_nombre == "SIGA_1288 en SRV-SIGA\\MEF:1433"


def test_a_file_is_named_either_way(tmp_path: Path) -> None:
    """``base = "ARCHIVO"`` stays; the table may name a file too. Relative ones start at the settings."""
    here = tmp_path / "siga" / "base.db"
    assert load(tmp_path, "base = 'base.db'\n").base == here
    assert load(tmp_path, "[base]\nmotor = 'sqlite'\narchivo = 'base.db'\n").base == here


def test_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    """Motor, server and name are enough."""
    found = load(tmp_path, SMALL)
    assert found.base == Server(motor=Motor.POSTGRESQL, servidor="srv", base="siga")
    assert found.limite_consulta_s == 600


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[base]\nmotor = 'oracle'\n", "línea 2: «motor» de [base] debe ser uno de «sqlite», «postgresql»"),
        ("[base]\nservidor = 's'\n", "línea 1: «motor» de [base] debe ser"),
        ("[base]\nmotor = 'postgresql'\nnombre = 'x'\n", 'falta en [base] la línea servidor = "..."'),
        ("[base]\nmotor = 'odbc'\nservidor = 's'\nnombre = 'x'\n", "falta en [base] la línea controlador"),
        ("[base]\nmotor = 'sqlite'\n", "archivo = 'RUTA'"),
        ("[base]\nmotor = 'sqlite'\narchivo = 'a'\nservidor = 's'\n", "línea 4: «servidor» de [base] no va con"),
        (SMALL + "puerta = 1\n", "línea 5: «puerta» de [base] no se conoce"),
        (SMALL + "puerto = '5432'\n", "línea 5: «puerto» debe ser un número de 1 a 65535, sin comillas"),
        (SMALL + "puerto = true\n", "«puerto» debe ser"),
        (SMALL + "puerto = 70000\n", "«puerto» debe ser"),
        (SMALL + "cifrado = 'sí'\n", "línea 5: «cifrado» debe ser true o false"),
        (SMALL + "limite_consulta_s = 0\n", "línea 5: «limite_consulta_s» debe ser un número de segundos"),
        (SMALL + "usuario = ' '\n", "«usuario» debe ser un texto"),
        (SMALL + 'usuario = "a\\u0000b"\n', "«usuario» debe ser un texto"),
        (SMALL + f"esquema = '{'x' * 129}'\n", "«esquema» debe ser un texto"),
        (SMALL.replace("srv", "srv,1433"), "el puerto va en «puerto»"),
        (SMALL.replace("srv", "srv;Database=otra"), "«servidor» es solo el nombre"),
        (SMALL.replace("srv", "postgresql://srv"), "«servidor» es un nombre o una dirección IP"),
        (SMALL.replace('"srv"', r"'srv\a'"), "«servidor» es un nombre o una dirección IP"),
        (SMALL + "controlador = '{x};Server=otro'\n", "«controlador» es solo el nombre"),
        (SMALL + "opciones = 'a=b'\n", "«opciones» debe ser una sección"),
        (SMALL + "[base.opciones]\nServer = 'otro'\n", "línea 6: «Server» no va en las opciones: para eso está"),
        (SMALL + "[base.opciones]\n'Network Address' = 'otro'\n", "para eso está «servidor»"),
        (SMALL + "[base.opciones]\nTrust_Server_Certificate = true\n", "para eso está «cifrado»"),
        (SMALL + "[base.opciones]\n'a;b' = 'x'\n", "no es nombre de una opción"),
        (SMALL + "[base.opciones]\nApp = 'x;Server=otro'\n", "sin punto y coma ni llaves"),
        (SMALL + "[base.opciones]\nApp = [1]\n", "sin punto y coma ni llaves"),
        ("base = 'postgresql://srv/siga'\n", "línea 1: «base» es la ruta de un archivo o carpeta; la base de un"),
        ("base = 'Server=srv;Database=siga'\n", "la base de un servidor va en una sección [base]"),
        (f"base = '{'a' * 5000}'\n", "línea 1: «base» es una ruta demasiado larga"),
        (f"ruta_transmision = '{'a' * 5000}'\n", "«ruta_transmision» es una ruta demasiado larga"),
        ("base = '~nadie-que-exista/b.db'\n", "una cuenta que no existe"),
        ('base = "a\\u0000b"\n', "tiene signos que no van en una ruta"),
        (f"unidad = {'9' * 10_000}\n", "no es TOML válido"),
        ("a." * 50_000 + "b = 1\n", "línea 1: un nombre tiene demasiadas partes"),
        ("base = 7\n", "línea 1: «base» debe ser una ruta entre comillas, o una sección [base]"),
        ("\nunidat = 1\n", "línea 2: no se conoce la línea «unidat»"),
        ("unidad = 1\nbase = C:\\x\n", "línea 2: no es TOML válido"),
        (b"unidad = '\xff'\n", "no está en UTF-8"),
        (b"#" * (1 << 20) + b"#", "mide más de 1 MiB"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_with_its_line_and_its_cure(
    tmp_path: Path, text: str | bytes, told: str
) -> None:
    """Nothing is guessed, and nothing passed over."""
    assert told in refusal(tmp_path, text)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_in_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    """The open of a pipe would wait for its other end."""
    (tmp_path / "siga").mkdir()
    os.mkfifo(tmp_path / "siga" / "siga.toml")
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(Installation.under(tmp_path))
    assert caught.value.fields["motivo"] == "no es un archivo"


def test_an_address_on_the_command_line_is_refused_and_never_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither on the screen nor in a log."""
    for order in (
        ["exportar", "--tipo", "diaria"],
        ["base", "probar"],
        ["catalogo", "comparar"],
        ["validar"],
    ):
        given = f"postgresql://u:Sec/{SECRET}@99@h/db"
        assert run_with(grupo, [*order, "--dir", str(tmp_path), "--base", given]) == 2
        shown = capfd.readouterr()
        assert "sección [base] de siga.toml" in shown.err
        assert SECRET not in shown.out + shown.err
    assert not any(SECRET in path.read_text() for path in tmp_path.rglob("*.log"))


SECRET = "Xk9-secreta-de-prueba"


@pytest.mark.parametrize(
    "text",
    [
        SMALL + f"clave = '{SECRET}'\n",
        SMALL + f"contraseña = '{SECRET}'\n".replace("contraseña", '"contraseña"'),
        SMALL + f"Password = '{SECRET}'\n",
        SMALL + f"opciones = {{ PWD = '{SECRET}' }}\n",
        SMALL + f"[base.opciones]\nPwd = '{SECRET}'\n",
        SMALL + f"[base.opciones]\nApp = 'x;PWD={SECRET}'\n",
        SMALL + f"usuario = 'siga;Password={SECRET}'\n",
        f"clave_base = '{SECRET}'\n",
        f"base = 'postgresql://siga:{SECRET}@srv/siga'\n",
        f"base = 'postgresql://siga:Sec/{SECRET}@99@srv/siga'\n",
        f"base = 'postgresql://s:/{SECRET}@srv/siga'\n",
        f"base = 'siga:{SECRET}@srv'\n",
        SMALL + f"usuario = 'u:{SECRET}@h'\n",
        SMALL + f"esquema = ' uno:/{SECRET}/@h'\n",
        f"tablas_adicionales = 'https://u:{SECRET}@h/t.toml'\n",
        f"'u:{SECRET}@h' = 1\n",
        f"[[otras]]\n[[otras.mas]]\ntoken = '{SECRET}'\n",
        f"[base]\nmotor = 'oracle'\npassphrase = '{SECRET}'\n",
    ],
)
def test_a_password_in_the_file_is_refused_and_never_shown(tmp_path: Path, text: str) -> None:
    """Whatever its name and depth, and before any other fault of the file; the sentence says where it belongs."""
    with pytest.raises(PasswordInFileError) as caught:
        load(tmp_path, text)
    told = mensajes.sentence(caught.value.code, caught.value.fields)
    assert "siga base clave" in told.haga
    assert "línea " in told.que
    shown = f"{told} {caught.value} {''.join(traceback.format_exception(caught.value))}"
    assert SECRET not in shown


def test_a_file_that_is_not_toml_does_not_show_its_password(tmp_path: Path) -> None:
    """The parser quotes what it met; that stays out of sentence and log."""
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, f"[base]\nclave = {SECRET}\n")
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "clave",
        "CLAVE",
        "Contraseña",
        "contrasen\u0303a",
        "pass",
        "PASSWORD",
        "pass_word",
        "P W D",
        "API-Token",
    ],
)
def test_names_of_passwords_are_known_in_any_spelling(name: str) -> None:
    """Case, accents, composed or not, and signs between letters do not hide one."""
    assert looks_secret(name)


@pytest.mark.parametrize(
    "name", ["servidor", "esquema", "usuario", "ruta_transmision", "Encrypt", "passthrough"]
)
def test_other_names_are_none(name: str) -> None:
    """A setting is not refused for a few letters."""
    assert not looks_secret(name)


def test_texts_without_a_password_are_taken() -> None:
    """A path, an address, an ordinary sentence."""
    assert not any(
        map(
            holds_secret,
            [r"C:\SIGA\base.db", "postgresql://srv/siga", "srv@dominio", "//u@h:1/x", r"C:\a@b", "D:/x@y"],
        )
    )


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_text_gives_settings_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Never another exception."""
    root = tmp_path_factory.mktemp("any")
    with suppress(ConfigurationError, PasswordInFileError):
        load(root, text)


KEYS = ("motor", "servidor", "puerto", "nombre", "usuario", "esquema", "controlador", "opciones", "cifrado")
VALUES = st.one_of(
    st.integers(-9, 99_999).map(str),
    st.sampled_from(["true", "[]", "{}", "1.5", "2020-01-01", '{ App = "x" }']),
    st.text("abz;={}@:/ .", max_size=9).map(lambda text: f"'{text}'"),
    st.sampled_from([f"'{motor.value}'" for motor in Motor]),
)


@given(table=st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_any_table_gives_a_server_fit_for_a_connection_string_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, str]
) -> None:
    """No sign that would end one part of a connection string and begin another leaves here in server or options."""
    lines = "\n".join(f"{name} = {value}" for name, value in table.items())
    found = None
    with suppress(ConfigurationError, PasswordInFileError):
        found = load(tmp_path_factory.mktemp("any"), f"[base]\n{lines}\n").base
    if isinstance(found, Server):
        texts = [found.servidor, found.controlador or "", *(text for pair in found.opciones for text in pair)]
        assert not set("".join(texts)) & set(";{}")
