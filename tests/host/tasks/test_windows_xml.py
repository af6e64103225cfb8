"""The XML of a Windows task: valid against the schema, read back exactly, hostile ones refused."""

import string
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.tasks import TaskTextError, TaskUnreadableError
from sigasers.host.tasks import Mark, TaskSpec, windows_xml
from sigasers.host.tasks.windows import Schtasks, _decoded
from tests.host.tasks.one_task import MARK, OTHER_UNIT
from tests.host.tasks.simulated_schtasks import SimulatedSchtasks, schema, split_as_windows

RECORDED = Path(__file__).with_name("recorded")
SPEC = TaskSpec(
    name="MEF_SIGA_TRANSMISION",
    command=(r"C:\Program Files\sigasers\python.exe", "-m", "sigasers", "--dir", r"C:\Año 2026\uno & dos"),
    folder=Path(r"C:\ProgramData\sigasers\siga"),
    account=None,
    mark=MARK,
    description="Transmisión <automática>",
)
_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40
).filter(lambda text: "%" not in text and "$(" not in text and not {"\ufffe", "\uffff"} & set(text))


@pytest.mark.parametrize("account", ["S-1-5-19", r"NT SERVICE\siga", "DOM\\gmsa$"])
@pytest.mark.parametrize("triggers", [True, False])
def test_our_xml_is_valid(account: str, *, triggers: bool) -> None:
    """Against the subset of schema 1.2 that is written from its public documentation."""
    text = windows_xml.render(SPEC, account, triggers=triggers)
    assert [str(error) for error in schema().iter_errors(text.partition("?>")[2])] == []


def test_the_schema_can_refuse() -> None:
    """A judge that takes everything judges nothing."""
    text = windows_xml.render(SPEC, "S-1-5-19").partition("?>")[2]
    for right, wrong in (
        ("IgnoreNew", "Ignore"),
        ("PT15M", "15M"),
        ("<Exec>", "<Exec><X/>"),
        ("LeastPrivilege", "Least"),
    ):
        assert next(schema().iter_errors(text.replace(right, wrong)), None) is not None


def test_the_task_asks_for_what_the_guide_and_we_want() -> None:
    """Each quarter for ever, after a start, made up when missed, never twice at once, on batteries, with few rights."""
    document = windows_xml.parse(windows_xml.render(SPEC, "S-1-5-19"), SPEC.name)
    wanted = {
        "Triggers/TimeTrigger/Repetition/Interval": "PT15M",
        "Triggers/TimeTrigger/Repetition/Duration": None,
        "Triggers/BootTrigger/Enabled": "true",
        "Settings/StartWhenAvailable": "true",
        "Settings/MultipleInstancesPolicy": "IgnoreNew",
        "Settings/DisallowStartIfOnBatteries": "false",
        "Settings/StopIfGoingOnBatteries": "false",
        "Settings/RunOnlyIfIdle": "false",
        "Settings/WakeToRun": "false",
        "Settings/ExecutionTimeLimit": "PT12H",
        "Principals/Principal/UserId": "S-1-5-19",
        "Principals/Principal/RunLevel": "LeastPrivilege",
        "Principals/Principal/LogonType": None,
    }
    assert {path: document.text(path) for path in wanted} == wanted


@given(arguments=st.lists(_TEXT, max_size=5))
def test_arguments_are_taken_apart_as_they_were(arguments: list[str]) -> None:
    """By the rules of CommandLineToArgvW, quotes and backslashes included."""
    assert split_as_windows(windows_xml.arguments_line(arguments)) == arguments


@given(words=st.lists(_TEXT, min_size=1, max_size=4), described=_TEXT)
def test_what_is_written_is_read(words: list[str], described: str) -> None:
    """Any name of a folder, through UTF-16; nothing differs from itself."""
    spec = replace(SPEC, command=(*SPEC.command, *words), description=described)
    text = windows_xml.render(spec, "S-1-5-19")
    data = b"\xff\xfe" + text.encode("utf-16-le")
    document = windows_xml.parse(_decoded(data, "cp850"), spec.name)
    assert document.mark == MARK
    again = windows_xml.parse(text, spec.name)
    assert windows_xml.differences(again, document, code_page="cp850") == ()


@pytest.mark.parametrize("word", ["%TEMP%", "100%", "$(Arg0)"])
def test_what_windows_would_replace_is_refused(word: str) -> None:
    """It expands variables in commands and knows no escape."""
    with pytest.raises(TaskTextError):
        windows_xml.render(replace(SPEC, command=(*SPEC.command, word)), "S-1-5-19")


@pytest.mark.parametrize("text", ["a\nb", "a\0b", "a\x1b[31m", "\ud800", "x" * 901, "a\u2028b"])
def test_what_no_definition_can_hold_is_refused(text: str) -> None:
    """Before it reaches any scheduler."""
    with pytest.raises(TaskTextError):
        replace(SPEC, command=(*SPEC.command, text))


@pytest.mark.parametrize(
    "text", ["", "<Task", "<Other/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><Task/>", "<Task>" + " " * (1 << 20)]
)
def test_a_hostile_definition_is_refused(text: str) -> None:
    """A document type, a cut one, another one, an endless one."""
    with pytest.raises(TaskUnreadableError):
        windows_xml.parse(text, "X")


@given(text=st.text(string.printable, max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but our error comes out."""
    try:
        windows_xml.parse(text, "X")
    except TaskUnreadableError:
        return


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("Settings/Enabled", "false", "que esté habilitada"),
        ("Settings/StartWhenAvailable", "false", "que recupere un inicio perdido"),
        ("Principals/Principal/RunLevel", "HighestAvailable", "los derechos"),
        ("Triggers/TimeTrigger/Repetition/Duration", "P1D", "la frecuencia"),
        ("Actions/*", "Exec ComHandler", "las acciones"),
        ("RegistrationInfo/Source", str(OTHER_UNIT), "la marca de esta instalación"),
    ],
)
def test_what_a_person_changed_is_named(path: str, value: str, named: str) -> None:
    """In Spanish, for the notice."""
    wanted = windows_xml.parse(windows_xml.render(SPEC, "S-1-5-19"), "X")
    found = windows_xml.TaskDocument(
        values={**wanted.values, path: tuple(value.split()) if "*" in path else (value,)}
    )
    assert windows_xml.differences(wanted, found, code_page="cp850") == (named,)


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.xml")), ids=lambda path: path.stem)
def test_definitions_as_real_systems_give_them_are_read(path: Path) -> None:
    """Foreign ones of Windows itself; the service leaves out what says the default."""
    document = windows_xml.parse(_decoded(path.read_bytes(), "cp850"), path.stem)
    assert document.mark is None
    assert document.command
    assert document.account


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.csv")), ids=lambda path: path.stem)
def test_the_list_of_tasks_is_read_by_position(path: Path) -> None:
    """Spanish and English headings, dates and words, in three code pages; only the folder SIGA is looked at."""

    class Recorded(SimulatedSchtasks):
        def _query(self, arguments: list[str]) -> object:  # type: ignore[override]
            from sigasers.host.tasks.programs import Done

            return Done(code=0, out=path.read_bytes())

    code_page = path.stem.rpartition("-")[2]
    assert Schtasks(folder=r"C:\Windows", code_page=code_page, runner=Recorded())._names() == {
        "MEF_SIGA_TRANSMISION",
        "ñandú",
    }


def test_folders_are_given_to_the_account_by_its_sid() -> None:
    """Its name differs by language, its SID does not."""
    runner = SimulatedSchtasks()
    Schtasks(folder=r"C:\Windows", code_page="cp850", runner=runner).install(SPEC)
    assert runner.granted == [(str(SPEC.folder), "*S-1-5-19:(OI)(CI)M")]
    assert all(PureWindowsPath(command[0]).is_absolute() for command in runner.seen)


def test_marks_of_one_unit_are_of_one_unit() -> None:
    """By code; without a code, by installation."""
    other = Mark(instalacion="aaaaaaaa", unidad="1288")
    assert MARK.serves_same_unit(other)
    assert not MARK.serves_same_unit(OTHER_UNIT)
    assert MARK.serves_same_unit(replace(MARK, unidad=None))
    assert not MARK.serves_same_unit(replace(OTHER_UNIT, unidad=None))
