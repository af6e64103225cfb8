"""``siga base configurar``: the file keeps all else that people wrote, and what it asked is tried at once."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.postgres import PostgresServer
from sigasers.errors.siga import ConfigurationError
from sigasers.siga.settings_edit import edited, write_base
from sigasers.siga.settings_file import SettingsFile
from tests.base.place import Installed, make_login

WRITTEN = """# La unidad, como está en el SIGA
unidad = 1288
zona_horaria = "America/Lima"

[base.opciones]
# medido en enero
PacketSize = 8192
"""
VALUES = {"motor": "sqlserver", "servidor": "SRV\\MEF", "nombre": "SIGA_1288", "cifrado": True}


def parsed(text: str) -> SettingsFile:
    return SettingsFile(path=Path("siga.toml"), values=tomllib.loads(text), text=text)


def test_the_rest_of_the_file_stays() -> None:
    """Comments, other settings, the options."""
    text = edited(parsed(WRITTEN), VALUES)
    assert [line for line in WRITTEN.splitlines() if line not in text.splitlines()] == []
    assert tomllib.loads(text) == {
        "unidad": 1288,
        "zona_horaria": "America/Lima",
        "base": {**VALUES, "opciones": {"PacketSize": 8192}},
    }


def test_a_line_with_a_file_becomes_a_section() -> None:
    """And a section is changed in its place, what it has besides kept."""
    first = edited(parsed("base = 'vieja.db'\nunidad = 7\n"), VALUES)
    assert tomllib.loads(first) == {"unidad": 7, "base": VALUES}
    more = first.replace("[base]\n", "[base]\nlimite_consulta_s = 90\n# nota\n")
    second = edited(
        parsed(more), {"motor": "postgresql", "servidor": "otro", "nombre": "siga", "cifrado": False}
    )
    assert tomllib.loads(second)["base"] == {
        "motor": "postgresql", "servidor": "otro", "nombre": "siga", "cifrado": False, "limite_consulta_s": 90,
    }  # fmt: skip
    assert "# nota" in second
    file = edited(parsed(second), {"motor": "sqlite", "archivo": "C:\\SIGA\\base.db"})
    assert tomllib.loads(file)["base"] == {"motor": "sqlite", "archivo": "C:\\SIGA\\base.db"}


@pytest.mark.parametrize(
    "text",
    [
        'base.motor = "odbc"\n',
        'unidad = """\n[base]\n"""\n',
        "[otra]\nx = 1\n[[base]]\n",
        'base = """\na.db"""\n',
    ],
)
def test_what_cannot_be_changed_by_lines_is_left_to_a_person(text: str) -> None:
    """Nothing is written that would lose or bend another setting."""
    try:
        again = tomllib.loads(edited(parsed(text), VALUES))
    except ConfigurationError:
        return
    assert again.pop("base") == VALUES
    assert again == {name: value for name, value in tomllib.loads(text).items() if name != "base"}


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)


@given(servidor=NAMES, nombre=NAMES, usuario=NAMES)
def test_any_answer_comes_back_as_it_was_given(servidor: str, nombre: str, usuario: str) -> None:
    """Quotes, backslashes, signs of TOML."""
    values = {"motor": "odbc", "servidor": servidor, "nombre": nombre, "usuario": usuario, "puerto": 1}
    assert tomllib.loads(edited(parsed(WRITTEN), values))["base"] == {
        **values,
        "opciones": {"PacketSize": 8192},
    }


def test_rights_of_the_file_stay(tmp_path: Path) -> None:
    """Whoever closed it finds it closed."""
    path = tmp_path / "siga.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    path.chmod(0o600)
    write_base(path, VALUES)
    assert path.stat().st_mode & 0o777 == 0o600


def test_asks_writes_and_tries(tmp_path: Path, postgres: PostgresServer, postgres_siga: str) -> None:
    """From nothing to a connection that was seen to work."""
    place = Installed(tmp_path)
    make_login(postgres, postgres_siga, "preguntado", "x", "SELECT ON ALL TABLES IN SCHEMA public")
    answers = ["postgresql", postgres.host, str(postgres.port), postgres_siga, "preguntado", "", "n"]
    done = place.child("base", "configurar", stdin="\n".join(answers) + "\n", SIGASERS_CLAVE_BASE="x")
    assert "Quedó escrito en" in done.stdout, done
    written = tomllib.loads((place.siga / "siga.toml").read_text(encoding="utf-8"))
    assert written == {
        "base": {
            "motor": "postgresql", "servidor": postgres.host, "puerto": postgres.port, "nombre": postgres_siga,
            "usuario": "preguntado", "cifrado": False,
        }
    }  # fmt: skip
    assert "SIGA-008" in done.stderr  # two units in that base, and none chosen yet
    assert done.returncode == 65


def test_the_authorities_are_asked_for_where_they_count_and_kept_when_asked_again(tmp_path: Path) -> None:
    """A second round of the questions, all answered by Enter, loses nothing that the first one wrote."""
    place = Installed(tmp_path)
    authorities = tmp_path / "ca.pem"
    answers = ["postgresql", "127.0.0.1", "1", "siga", "", "", "s", str(authorities)]
    written = []
    for stdin in ("\n".join(answers) + "\n", "\n" * len(answers)):
        place.child("base", "configurar", stdin=stdin)
        written.append(tomllib.loads((place.siga / "siga.toml").read_text(encoding="utf-8"))["base"])
    assert written[0]["certificado"] == str(authorities)
    assert written[1] == written[0]


def test_what_was_written_can_be_taken_away_and_goes_with_its_engine(tmp_path: Path) -> None:
    """A dash is none; another engine is offered nothing of the one before."""
    place = Installed(tmp_path)

    def asked(*answers: str) -> dict[str, object]:
        place.child("base", "configurar", stdin="\n".join(answers) + "\n")
        written: dict[str, object] = tomllib.loads((place.siga / "siga.toml").read_text(encoding="utf-8"))[
            "base"
        ]
        return written

    first = asked("odbc", "127.0.0.1", "1433", "siga", "sa", "dbo", "FreeTDS", "n")
    assert (first["usuario"], first["esquema"], first["puerto"]) == ("sa", "dbo", 1433)
    second = asked("odbc", "", "", "", "-", "", "", "")
    assert second == {name: value for name, value in first.items() if name != "usuario"}
    third = asked("postgresql", "127.0.0.1", "", "siga", "", "", "n")
    assert third == {"motor": "postgresql", "servidor": "127.0.0.1", "nombre": "siga", "cifrado": False}


def test_a_bad_answer_writes_nothing(tmp_path: Path) -> None:
    """What the settings would refuse is refused before."""
    place = Installed(tmp_path)
    done = place.child("base", "configurar", stdin="postgresql\nsrv;PWD=x\n0\nsiga\nu\n\nn\n")
    assert done.returncode == 74
    assert "SIGA-017" in done.stderr
    assert not (place.siga / "siga.toml").exists()
