"""From what a child reported to the reasons of a constancia. The report is untrusted: every member is checked."""

from dataclasses import dataclass

from sigasers import mensajes
from sigasers.centro.packages import StatedRun, read_run
from sigasers.errors import SigasersError, TheirError
from sigasers.errors.centro import VerifierDiedError
from sigasers.errors.formats import FormatTooNewError
from sigasers.formats.documents import Nivel, Razon, Resultado
from sigasers.formats.documents.constancia import MAX_TEXT_CHARS
from sigasers.formats.json_fields import Fields
from sigasers.formats.package import Resultado as Reported
from sigasers.model import FileStatement

UNIT_DIFFERS = "CEN-080"
NOTHING_TO_OPEN = "CEN-081"
LONE_RAR = "CEN-082"
MORE_FINDINGS = "CEN-083"
CHILD_DIED_TWICE = "CEN-084"
LONE_RAR_MARK = "rar_sin_html"
_MAX_FINDINGS = 600
_MAX_REASONS, _MAX_REASONS_CHARS = (
    1000,
    300_000,
)  # of a whole sobre; a constancia takes 2000, and 1 MiB in all
_LEVELS = {"rechazo": Nivel.RECHAZO, "observacion": Nivel.OBSERVACION, "espera": Nivel.OBSERVACION}
_GRAVITY = (
    Resultado.CONFORME,
    Resultado.OBSERVADO,
    Resultado.RECHAZADO,
    Resultado.EN_REVISION,
    Resultado.EN_ESPERA,
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A result and its reasons, of one file or of a whole sobre; ``corridas``: what its packages say made them."""

    resultado: Resultado
    razones: tuple[Razon, ...] = ()
    corridas: tuple[StatedRun, ...] = ()


def of_report(report: dict[str, object], file: FileStatement, unidad: str) -> Verdict:
    """Judge a child's report on ``file`` of the unit ``unidad``; raises ``VerifierDiedError`` if it is none."""
    fields = Fields(report, "report")
    try:
        result = Resultado(fields.parsed("resultado", Reported).value)
        reasons = [_reason(item, file) for item in fields.objects("hallazgos", max_items=_MAX_FINDINGS)]
        omitted = fields.integer("omitidos", minimum=0)
        inside = fields.text("unidad", max_chars=6) if fields.optional("unidad") else None
        runs = (read_run(fields.object("corrida"), file),) if fields.optional("corrida") else ()
    except (TheirError, KeyError) as error:
        raise VerifierDiedError("child's report is malformed", motivo="respuesta inválida") from error
    if omitted:
        reasons.append(own_reason(MORE_FINDINGS, Nivel.OBSERVACION, file.nombre, cuantos=omitted))
    if inside is not None and inside != unidad:
        reasons.append(own_reason(UNIT_DIFFERS, Nivel.RECHAZO, file.nombre, unidad=unidad))
        result = Resultado.RECHAZADO
    return Verdict(resultado=result, razones=tuple(reasons), corridas=runs)


def of_error(error: SigasersError, file: FileStatement) -> Verdict:
    """Give the verdict on a file that could not be opened, for a reason that lies in the file.

    One whose format is newer than this centre waits, as everything too new does; any other is refused.
    """
    waits = FormatTooNewError.code in {error.code, error.fields.get("codigo")}
    reason = Razon(
        codigo=error.code,
        nivel=Nivel.OBSERVACION if waits else Nivel.RECHAZO,
        texto=mensajes.sentence(error.code, error.fields).que[:MAX_TEXT_CHARS],
        archivo=file.nombre,
    )
    return Verdict(resultado=Resultado.EN_ESPERA if waits else Resultado.RECHAZADO, razones=(reason,))


def in_review(file: FileStatement) -> Verdict:
    """Give the verdict on a file whose verifier died twice: a person looks at it."""
    reason = own_reason(CHILD_DIED_TWICE, Nivel.OBSERVACION, file.nombre)
    return Verdict(resultado=Resultado.EN_REVISION, razones=(reason,))


def of_sobre(verdicts: list[Verdict], marcas: tuple[str, ...]) -> Verdict:
    """Join the verdicts of a sobre's packages; a sobre without any is observed, a lone RAR too."""
    reasons = [reason for verdict in verdicts for reason in verdict.razones]
    if not verdicts:
        reasons.append(own_reason(NOTHING_TO_OPEN, Nivel.OBSERVACION, None))
    if LONE_RAR_MARK in marcas:
        reasons.append(own_reason(LONE_RAR, Nivel.OBSERVACION, None))
    least = Resultado.OBSERVADO if reasons else Resultado.CONFORME
    worst = max([least, *(verdict.resultado for verdict in verdicts)], key=_GRAVITY.index)
    runs = tuple(run for verdict in verdicts for run in verdict.corridas)
    return Verdict(resultado=worst, razones=_bounded(reasons), corridas=runs)


def _bounded(reasons: list[Razon]) -> tuple[Razon, ...]:
    """Give as many reasons as a constancia holds, refusals first, and how many were left out."""
    ordered = sorted(reasons, key=lambda reason: reason.nivel is not Nivel.RECHAZO)
    kept: list[Razon] = []
    chars = 0
    for reason in ordered[:_MAX_REASONS]:
        chars += len(reason.texto)
        if chars > _MAX_REASONS_CHARS:
            break
        kept.append(reason)
    if len(kept) < len(reasons):
        omitted = len(reasons) - len(kept)
        kept.append(own_reason(MORE_FINDINGS, Nivel.OBSERVACION, None, cuantos=omitted))
    return tuple(kept)


def own_reason(codigo: str, nivel: Nivel, archivo: str | None, **fields: object) -> Razon:
    """Give a reason of the centre's own, with its sentence."""
    return Razon(codigo=codigo, nivel=nivel, texto=mensajes.sentence(codigo, fields).que, archivo=archivo)


def _reason(item: Fields, file: FileStatement) -> Razon:
    return Razon(
        codigo=item.text("codigo", max_chars=40),
        nivel=_LEVELS[item.text("nivel", max_chars=20)],
        texto=item.text("texto", max_chars=MAX_TEXT_CHARS),
        archivo=file.nombre,
        tabla=item.text("tabla", max_chars=130) if item.optional("tabla") else None,
        columna=item.text("columna", max_chars=130) if item.optional("columna") else None,
    )
