"""The days of a work contract as rows of hours give them: what cannot be is refused, and nothing is replaced unseen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from alpes_events.clause.durations import MINUTES_PER_HOUR, in_hours
from alpes_events.clause.employment.employment_terms import TOO_YOUNG, is_too_young
from alpes_events.clause.months import last_day
from alpes_events.clause.terms import window_of
from alpes_events.intake.hour_placing import Placed
from alpes_events.intake.hour_rows import HourRecord, ReadHours
from alpes_events.intake.hour_things import SomeEmployment
from alpes_events.intake.issues import RowIssue
from alpes_events.language.sentence import N_, Sentence, say

_DAY = 24 * MINUTES_PER_HOUR
_Chosen = Sequence[tuple[Placed, SomeEmployment]]


def wrong_days(one: Placed, employment: SomeEmployment) -> tuple[str, Sentence] | None:
    """What keeps a row's hours off that work contract: the field, and the sentence.

    To be asked once all rows have said their dates: those of one work contract may give its end on some rows only.
    """
    row, first, last = one.row, employment.starts_on, employment.ends_on
    if employment.id is None and row.starts_on is not None and not _in_window(employment):
        return "starts_on", say(N_("Le contrat de travail commence hors des dates du lot."))
    if last is not None and last < row.month:
        return "month", say(
            N_("Son contrat de travail finit le %(day)s : elle n’a pas d’heures après."), day=f"{last:%d/%m/%Y}"
        )
    until = last_day(row.month) if last is None else min(last, last_day(row.month))
    days = (until - max(first, row.month)).days + 1
    if row.minutes > days * _DAY:
        text = N_("%(hours)s, c’est plus que ces jours n’en ont : vérifiez le nombre.")
        return "minutes", say(text, hours=in_hours(row.minutes))
    begins = first if employment.id is not None or row.starts_on is not None else last_day(row.month)
    if is_too_young(one.person.row.birth_on or row.birth_on, on=begins):
        return "birth_on", say(TOO_YOUNG)
    return None


def _in_window(employment: SomeEmployment) -> bool:
    first, last = window_of(employment.lot.contract.row, employment.lot.row)
    return first <= employment.starts_on and (last is None or employment.starts_on <= last)


def said_otherwise(read: ReadHours, chosen: _Chosen, *, brought: Collection[int]) -> list[RowIssue]:
    """A question for each known work contract whose dates the rows give otherwise: they stay as they are. None for
    those that this file `brought`.
    """
    rows: defaultdict[SomeEmployment, list[HourRecord]] = defaultdict(list)
    for one, employment in chosen:
        if employment.id is not None and employment.id not in brought:
            rows[employment].append(one.row)
    found = []
    for employment, those in rows.items():
        starts, ends = _given(row.starts_on for row in those), _given(row.ends_on for row in those)
        other_start = bool(starts) and employment.starts_on not in starts
        other_end = bool(ends) and employment.ends_on != ends[-1]
        if other_start or other_end:
            said = _span(starts[0] if starts else None, ends[-1] if ends else None)
            text = N_(
                "Ce contrat de travail est déjà inscrit (%(known)s) et le fichier dit %(said)s : ses dates restent. "
                "Corrigez-les sur sa page si le fichier a raison."
            )
            sentence = say(text, known=_span(employment.starts_on, employment.ends_on), said=said)
            found.append(read.issue(those[0].line, "starts_on" if other_start else "ends_on", sentence))
    return found


def _given(days: Iterable[date | None]) -> list[date]:
    return sorted({day for day in days if day is not None})


def _span(first: date | None, last: date | None) -> str:
    return " – ".join("…" if day is None else f"{day:%d/%m/%Y}" for day in (first, last))
