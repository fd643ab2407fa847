"""A table of interviews before it is kept: its hours, the length of an interview, its breaks, and what cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpes_events.interviews.models import GRAIN, InterviewTable
from alpes_events.interviews.refusals import BadTable
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_
from alpes_matching.timetable import Span, slots_between

SHORTEST, LONGEST = 5, 60
USUAL = (5, 10, 15)
"""Minutes that an interview lasts: the least, the most, and what is usual."""
MOST_BREAKS = 3
_LONGEST_NAME = 40


@dataclass(frozen=True)
class TableDraft:
    """A table that holds interviews of `minutes` in [`opens`, `closes`), minutes from the start of the event, but
    during its `breaks`. Without a `name` it gets the next number.
    """

    opens: int
    closes: int
    minutes: int
    breaks: tuple[tuple[int, int], ...] = ()
    name: str = ""

    @property
    def slot_count(self) -> int:
        """How many interviews it has time for, one after the other."""
        spans = [Span(*one) for one in self.breaks]
        return len(slots_between(self.opens, self.closes, length=self.minutes, breaks=spans))

    def holds(self, starts: int, ends: int) -> bool:
        """Whether an interview in [`starts`, `ends`) is within its hours and outside its breaks."""
        free = all(ends <= start or end <= starts for start, end in self.breaks)
        return self.opens <= starts and ends <= self.closes and free


def draft_of(row: InterviewTable) -> TableDraft:
    """A table as it is kept."""
    breaks = tuple((start, end) for start, end in row.breaks)
    return TableDraft(row.opens, row.closes, row.minutes, breaks, row.name)


def check_table(draft: TableDraft, *, event_minutes: int) -> TableDraft:
    """The table with its breaks in order and its name tidied. Raises `BadTable`, which names the field."""
    _check_hours(draft, event_minutes)
    if not SHORTEST <= draft.minutes <= LONGEST:
        text = N_("Un entretien dure de %(least)d à %(most)d minutes.")
        raise BadTable(text, field="minutes", least=SHORTEST, most=LONGEST)
    if draft.minutes % GRAIN:
        raise BadTable(N_("Choisissez une durée de 5 en 5 minutes : 5, 10, 15…"), field="minutes")
    name = composed(draft.name)
    if len(name) > _LONGEST_NAME:
        raise BadTable(N_("Le nom de la table est trop long : %(most)d caractères au plus."), field="name", most=40)
    tidy = TableDraft(draft.opens, draft.closes, draft.minutes, _checked_breaks(draft), name)
    if not tidy.slot_count:
        raise BadTable(N_("Entre ces heures, il n’y a le temps d’aucun entretien."), field="closes")
    return tidy


def _check_hours(draft: TableDraft, event_minutes: int) -> None:
    outside = N_("Cette heure est en dehors de l’événement : choisissez-en une pendant qu’il a lieu.")
    for field, minute in (("opens", draft.opens), ("closes", draft.closes)):
        if not 0 <= minute <= event_minutes:
            raise BadTable(outside, field=field)
        if minute % GRAIN:
            raise BadTable(N_("Choisissez une heure de 5 en 5 minutes : 9:00, 9:05, 9:10…"), field=field)
    if draft.closes <= draft.opens:
        raise BadTable(N_("La table ferme avant d’ouvrir : corrigez l’une des deux heures."), field="closes")


def _checked_breaks(draft: TableDraft) -> tuple[tuple[int, int], ...]:
    if len(draft.breaks) > MOST_BREAKS:
        raise BadTable(N_("Une table a %(most)d pauses au plus."), field="breaks", most=MOST_BREAKS)
    for number, (start, end) in enumerate(draft.breaks, 1):
        _check_break(draft, number, start, end)
    breaks = tuple(sorted(draft.breaks))
    _check_apart(draft.breaks)
    return breaks


def _check_break(draft: TableDraft, number: int, start: int, end: int) -> None:
    if start % GRAIN or end % GRAIN:
        text = N_("Choisissez une heure de 5 en 5 minutes : 9:00, 9:05, 9:10…")
    elif end <= start:
        text = N_("Cette pause finit avant de commencer : corrigez l’une des deux heures.")
    elif start < draft.opens or end > draft.closes:
        text = N_("Cette pause est en dehors des heures de la table.")
    else:
        return
    raise BadTable(text, field="breaks", number=number)


def _check_apart(breaks: Sequence[tuple[int, int]]) -> None:
    for number, (start, end) in enumerate(breaks, 1):
        if any(start < other_end and other_start < end for other_start, other_end in breaks[: number - 1]):
            raise BadTable(N_("Deux pauses se chevauchent : corrigez l’une des deux."), field="breaks", number=number)
