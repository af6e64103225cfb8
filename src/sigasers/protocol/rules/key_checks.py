"""Rules over keys: rows without parent, sums of details, repeated rows, groups of the wrong size.

Held in memory are keys alone (one text a distinct key, with counts where a rule needs them), never rows; both
sides are read batch by batch. More than ``MAX_HELD_BYTES`` of keys are not held: ``TooManyKeysError``.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.protocol.rules.arrow import DoesNotFitError, exact, keys, same_kind
from sigasers.protocol.rules.kinds import (
    Condicion,
    FilasPorGrupo,
    Huerfanas,
    KeyKind,
    Repetidas,
    SumaDetalle,
)
from sigasers.protocol.rules.row_checks import where
from sigasers.protocol.rules.tally import Tally
from sigasers.protocol.rules.values import Rule, Tables

MAX_HELD_BYTES = 512 << 20
_CHUNK_ROWS = 1 << 19  # looked up at once: the parents' hash table is built once for so many rows
_SUM_DIGITS = 60  # 38 of a column and more than any number of rows adds
_SCALE_APART = 15  # two sums of _SUM_DIGITS can be subtracted within 76 digits
_KEPT_ROWS = 1 << 19  # new rows after which what is held is made distinct again


class TooManyKeysError(Exception):
    """Not an error of the tree: more keys than are held in memory; the rule is left out."""


def check_keys(rule: Rule, kind: KeyKind, tables: Tables) -> Tally:
    """Apply one rule over keys; its tables and columns are there and of fitting types."""
    match kind:
        case Huerfanas():
            return _orphans(rule, kind, tables)
        case SumaDetalle():
            return _sums(rule, kind, tables)
        case Repetidas() | FilasPorGrupo():
            return _groups(rule, kind, tables)


def needed(kind: KeyKind, tabla: str, donde: Sequence[Condicion]) -> list[tuple[str, tuple[str, ...]]]:
    """Give the tables that ``kind`` reads, each with its columns; the rule's own table first."""
    conditions = tuple(condition.columna for condition in donde)
    match kind:
        case Huerfanas(columnas=own, padre=parent, columnas_padre=theirs):
            return [(tabla, (*own, *conditions)), (parent, theirs)]
        case SumaDetalle():
            own = (*kind.clave, kind.monto, *conditions)
            return [(tabla, own), (kind.detalle, (*kind.clave_detalle, kind.monto_detalle))]
        case Repetidas(columnas=own) | FilasPorGrupo(columnas=own):
            return [(tabla, (*own, *conditions))]


def check_types(kind: KeyKind, tabla: str, tables: Tables) -> None:
    """Raise ``DoesNotFitError`` where the columns of two tables cannot be compared, or are no keys or amounts."""
    match kind:
        case Huerfanas(columnas=own, padre=parent, columnas_padre=theirs):
            _check_pairs(tables, (tabla, own), (parent, theirs))
        case SumaDetalle():
            _check_pairs(tables, (tabla, kind.clave), (kind.detalle, kind.clave_detalle))
            head = exact(pa.array([], _type(tables, tabla, kind.monto))).type
            part = exact(pa.array([], _type(tables, kind.detalle, kind.monto_detalle))).type
            if abs(head.scale - part.scale) > _SCALE_APART:
                raise DoesNotFitError("amounts of scales too far apart")
        case Repetidas(columnas=own) | FilasPorGrupo(columnas=own):
            keys([pa.array([], _type(tables, tabla, name)) for name in own])


def _check_pairs(
    tables: Tables, child: tuple[str, tuple[str, ...]], parent: tuple[str, tuple[str, ...]]
) -> None:
    kinds = [[_type(tables, table, name) for name in names] for table, names in (child, parent)]
    if not all(same_kind(first, second) for first, second in zip(*kinds, strict=True)):
        raise DoesNotFitError("text against number")
    for side in kinds:
        keys([pa.array([], kind) for kind in side])


def _type(tables: Tables, table: str, name: str) -> pa.DataType:
    columns = tables.columns(table)
    assert columns is not None  # noqa: S101 - the engine has looked
    return columns[name.lower()]


def _orphans(rule: Rule, kind: Huerfanas, tables: Tables) -> Tally:
    parents = _KeySet()
    for batch in tables.batches(kind.padre, kind.columnas_padre):
        parents.add(keys(batch.columns))
    known, tally = parents.array(), Tally()
    for chunk in _chunks(_own_keys(rule, kind.columnas, tables)):
        concerned = pc.is_valid(chunk)
        found = pc.is_in(chunk, value_set=known)
        tally.add(concerned, pc.and_(concerned, pc.invert(found)))
    return tally


def _sums(rule: Rule, kind: SumaDetalle, tables: Tables) -> Tally:
    heads, parts = _Groups(), _Groups()
    for batch in tables.batches(rule.tabla, _distinct(*kind.clave, kind.monto, *_conditions(rule))):
        own = _chosen(rule, batch, kind.clave)
        heads.add(own, exact(batch.column(kind.monto)))
    for batch in tables.batches(kind.detalle, _distinct(*kind.clave_detalle, kind.monto_detalle)):
        own = keys([batch.column(name) for name in kind.clave_detalle])
        parts.add(own, exact(batch.column(kind.monto_detalle)))
    both = heads.table().join(
        parts.table(), keys="clave", join_type="inner", right_suffix="_detalle", use_threads=False
    )
    off = pc.abs(pc.subtract(_money(both, "monto"), _money(both, "monto_detalle")))
    bad = both.filter(pc.greater(off, pa.scalar(kind.tolerancia, pa.decimal256(38, 6))))
    return _tally(both.num_rows, bad.num_rows, bad)


def _groups(rule: Rule, kind: Repetidas | FilasPorGrupo, tables: Tables) -> Tally:
    groups = _Groups()
    for own in _own_keys(rule, kind.columnas, tables):
        groups.add(own)
    table = groups.table()
    if isinstance(kind, FilasPorGrupo):
        bad = table.filter(pc.not_equal(table["filas"], kind.filas))
        return _tally(table.num_rows, bad.num_rows, bad)
    bad = table.filter(pc.greater(table["filas"], 1))
    total, repeated = (pc.sum(each["filas"]).as_py() or 0 for each in (table, bad))
    return _tally(total, repeated - bad.num_rows, bad)


def _tally(total: int, cantidad: int, bad: pa.Table) -> Tally:
    tally = Tally()
    tally.set(total=total, cantidad=cantidad, fila=pc.min(bad["primera"]).as_py())
    return tally


def _own_keys(rule: Rule, names: tuple[str, ...], tables: Tables) -> Iterator[pa.Array]:
    for batch in tables.batches(rule.tabla, _distinct(*names, *_conditions(rule))):
        yield _chosen(rule, batch, names)


def _chosen(rule: Rule, batch: pa.RecordBatch, names: tuple[str, ...]) -> pa.Array:
    """Give the rows' keys, null for rows that the rule's conditions leave out."""
    own = keys([batch.column(name) for name in names])
    columns = {name.lower(): batch.column(name) for name in batch.schema.names}
    for condition in rule.donde:
        own = pc.if_else(where(condition, columns), own, pa.scalar(None, own.type))
    return own


def _conditions(rule: Rule) -> tuple[str, ...]:
    return tuple(condition.columna for condition in rule.donde)


def _distinct(*names: str) -> tuple[str, ...]:
    """Give each column once, in its first spelling."""
    found = {name.lower(): name for name in reversed(names)}
    return tuple(dict.fromkeys(found[name.lower()] for name in names))


def _chunks(arrays: Iterator[pa.Array]) -> Iterator[pa.Array]:
    """Give the rows of ``arrays`` in few, larger arrays."""
    kept: list[pa.Array] = []
    for array in arrays:
        kept.append(array)
        if sum(map(len, kept)) >= _CHUNK_ROWS:
            yield pa.concat_arrays(kept)
            kept = []
    if kept:
        yield pa.concat_arrays(kept)


def _money(table: pa.Table, name: str) -> pa.ChunkedArray:
    """Give sums, which have Arrow's widest type, in one that leaves room for a difference; null is zero."""
    kind = pa.decimal256(_SUM_DIGITS, table.schema.field(name).type.scale)
    return pc.fill_null(table[name].cast(kind), pa.scalar(Decimal(0), kind))


class _KeySet:
    """Distinct keys."""

    def __init__(self) -> None:
        self._kept: list[pa.Array] = [pa.array([], pa.string())]
        self._new = 0

    def add(self, some: pa.Array) -> None:
        self._kept.append(pc.unique(some))
        self._new += len(self._kept[-1])
        if self._new > _KEPT_ROWS:
            self.array()

    def array(self) -> pa.Array:
        _check_held(sum(each.nbytes for each in self._kept))
        whole = pc.unique(pa.concat_arrays(self._kept))
        self._kept, self._new = [whole], 0
        return whole.drop_null()


class _Groups:
    """Counts by key: ``filas``, ordinal of the ``primera``, sum ``monto``; keys that are null are left out."""

    def __init__(self) -> None:
        self._kept: list[pa.Table] = []
        self._new = self._passed = 0

    def add(self, some: pa.Array, amounts: pa.Array | None = None) -> None:
        size = len(some)
        money = amounts if amounts is not None else pa.nulls(size, pa.decimal256(1, 0))
        rows = pa.table(
            {
                "clave": some,
                "filas": pa.repeat(pa.scalar(1, pa.int64()), size),
                "primera": pa.array(range(self._passed + 1, self._passed + size + 1), pa.int64()),
                "monto": money,
            }
        )
        self._passed += size
        self._kept.append(_grouped(rows.filter(pc.is_valid(rows["clave"]))))
        self._new += self._kept[-1].num_rows
        if self._new > _KEPT_ROWS:
            self.table()

    def table(self) -> pa.Table:
        if not self._kept:
            self.add(pa.array([], pa.string()))
        _check_held(sum(each.nbytes for each in self._kept))
        whole = _grouped(pa.concat_tables(self._kept, promote_options="permissive"))
        self._kept, self._new = [whole], 0
        return whole


def _grouped(rows: pa.Table) -> pa.Table:
    summed = rows.group_by("clave", use_threads=False).aggregate(
        [("filas", "sum"), ("primera", "min"), ("monto", "sum")]
    )
    return summed.rename_columns(["clave", "filas", "primera", "monto"])


def _check_held(held_bytes: int) -> None:
    if held_bytes > MAX_HELD_BYTES:
        raise TooManyKeysError(f"{held_bytes} bytes of keys")
