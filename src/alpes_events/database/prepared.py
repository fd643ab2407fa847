"""What a long transaction writes, made before it begins.

SQLite lets one writer in at a time: whoever writes many rows keeps all others waiting while they are made. Within
`preparing`, a session that only reads runs the same commands, and what they would write is kept instead: their rows as
the database takes them, under numbers taken ahead, and the questions that they rest on with their answers. `write`,
in the transaction, asks the questions again, and writes when each is answered as before.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Dialect, Executable, Select, Table, func, insert, literal, select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session, SQLModel

from alpes_events.database.parts import parts

_KEY = "alpes_prepared"
_AT_ONCE = 5000
_GAP = 10_000
"""So many numbers are left to whoever writes while SQLite's rows are made. PostgreSQL deals numbers out itself."""

Step = Callable[[Session], object]


class Overtaken(Exception):  # noqa: N818 (what happened, not an error)
    """What was prepared rests on what is no longer so: nothing of it may be written."""


class NotAhead(Exception):  # noqa: N818 (what it is, not an error)
    """This cannot be prepared: it is to be written by whoever holds the lock."""


class Prepared:
    """Steps that a transaction takes one after the other, with the questions and numbers that they rest on."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._asked: list[tuple[Executable, Counter[Any]]] = []
        self._first: dict[Table, int] = {}
        self._taken: Counter[Table] = Counter()

    def then(self, step: Step) -> None:
        """Take this step when it is the turn of what was prepared so far."""
        self._steps.append(step)

    def rests_on(self, asked: Executable, answer: Sequence[Any]) -> None:
        """Only write when this question has this answer, in any order."""
        self._asked.append((asked, Counter(answer)))

    def numbers(self, db: Session, table: Table, count: int) -> list[int]:
        """So many ids for new rows, ascending, that nobody else is given."""
        if db.get_bind().dialect.name != "sqlite":
            sequence = func.pg_get_serial_sequence(literal(table.name), literal("id"))
            dealt = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
            return sorted(int(number) for number in db.execute(dealt).scalars())
        if table not in self._first:
            self._first[table] = highest_id(db, table) + 1 + _GAP
        first = self._first[table] + self._taken[table]
        self._taken[table] += count
        return list(range(first, first + count))

    def write(self, db: Session) -> None:
        """Take the steps, in a session that writes. Raises `Overtaken` before anything is written."""
        if any(highest_id(db, table) >= first for table, first in self._first.items()):
            raise Overtaken
        if any(Counter(_answer(db, asked)) != answer for asked, answer in self._asked):
            raise Overtaken
        while self._steps:  # each holds its rows, which go with it
            self._steps.pop(0)(db)


@contextmanager
def preparing(db: Session) -> Iterator[Prepared]:
    """Within, what `db` would write through the functions of this module is kept, and not written."""
    kept = db.info[_KEY] = Prepared()
    try:
        yield kept
    finally:
        del db.info[_KEY]


def prepared(db: Session) -> Prepared | None:
    """What is being prepared in this session; None in one that writes."""
    return db.info.get(_KEY)


def ask(db: Session, asked: Select[*tuple[Any, ...]], *, hold: bool = False) -> list[Any]:
    """The rows that answer a question on which what is written rests. `hold`: nobody changes them from the moment that
    it is asked by whoever writes until the commit.
    """
    held = asked.with_for_update(read=True) if hold else asked
    kept = prepared(db)
    if kept is None:
        return _answer(db, held)
    answer = _answer(db, asked)
    kept.rests_on(held, answer)
    return answer


def do(db: Session, step: Step) -> None:
    """Take a step that writes, or keep it for its turn."""
    kept = prepared(db)
    if kept is None:
        step(db)
    else:
        kept.then(step)


def only_now(db: Session) -> None:
    """What follows is written there and then. Raises `NotAhead` where something is prepared."""
    if prepared(db) is not None:
        raise NotAhead


def insert_rows(db: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or keep them as the database takes them. All have the columns of the first."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    if not rows:
        return
    kept = prepared(db)
    if kept is not None and db.get_bind().dialect.name == "sqlite":
        sql, values = _as_taken(db.get_bind().dialect, table, rows)
        kept.then(partial(_insert_taken, sql=sql, values=values))
    else:
        do(db, partial(_insert, table=table, rows=rows))


def highest_id(db: Session, table: Table) -> int:
    """The highest id that is taken; 0 while there is none."""
    return db.execute(select(func.max(table.c.id))).scalar() or 0


def _insert(db: Session, *, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for some in parts(rows, _AT_ONCE):
        db.execute(insert(table), list(some))


def _insert_taken(db: Session, *, sql: str, values: list[tuple[Any, ...]]) -> None:
    db.connection().exec_driver_sql(sql, values)


def _as_taken(dialect: Dialect, table: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[tuple[Any, ...]]]:
    """The statement as SQLite reads it, and the values of each row as it keeps them."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
    assert isinstance(compiled, SQLCompiler)
    ways = [
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is)
        for name in compiled.positiontup or ()
    ]
    return str(compiled), [tuple([way(row[name]) for name, way in ways]) for row in rows]


def _as_it_is(value: Any) -> Any:
    return value


def _answer(db: Session, asked: Executable) -> list[Any]:
    return [tuple(row) for row in db.execute(asked)]
