"""A figure of one's own cut in parts: one figure more for each word of a column, each counted as its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from alpes_events.language.sentence import N_
from alpes_events.reporting.custom import CONDITIONS, OWN, IndicatorDraft, catalogue_of, own_definition
from alpes_events.reporting.definition import BadDefinition
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.naming import with_member
from alpes_events.reporting.own_figures import define

_MOST_PARTS = 30
_TELLING = frozenset({"criterion", "reason"})
"""Columns that can tell of health, or of which a row holds many words: nothing is cut by them."""


@dataclass(frozen=True)
class Part:
    """A part of a figure: of which word it is, in words, and what it is to be counted as."""

    words: str
    draft: IndicatorDraft


def cuts_of(source: str) -> list[str]:
    """The columns by which a figure of a source may be cut, in order."""
    return [name for name in CONDITIONS[source] if name not in _TELLING]


def parts_of(
    draft: IndicatorDraft, column: str, words: Mapping[str, str], english: Mapping[str, str]
) -> Sequence[Part]:
    """The parts of a draft by a column: one for each of its words, of those that its conditions leave.

    `words` are what the words of the column are called in French, `english` in English. Raises `BadDefinition`: no
    such cut, or too many parts.
    """
    if not column:
        return []
    if column not in cuts_of(draft.source):
        raise BadDefinition(N_("Ce découpage ne va pas avec ce qui est compté."), field="cut")
    wanted = draft.where.get(column, ()) or list(words)
    if len(wanted) > _MOST_PARTS:
        raise BadDefinition(
            N_("Ce découpage ferait %(count)s chiffres, trente au plus : cochez ceux que vous voulez."),
            field="cut",
            count=len(wanted),
        )
    return [Part(words.get(word, word), _part(draft, column, word, words, english)) for word in wanted]


def define_cut(
    db: Session, draft: IndicatorDraft, parts: Iterable[Part], *, now: datetime, account_id: int | None
) -> None:
    """Keep a figure and its parts, that were tried before. Raises `BadDefinition`."""
    for one in (draft, *(part.draft for part in parts)):
        define(db, one, now=now, account_id=account_id)


def tried_parts(db: Session, parts: Sequence[Part], year: int) -> list[tuple[str, ReportFigure]]:
    """What the parts give in a year, each by its word. Raises `BadDefinition`. Counting is long: outside of a
    transaction that writes.
    """
    drawn = {f"{OWN}part_{number}": part for number, part in enumerate(parts)}
    definitions = {name: own_definition(name, part.draft) for name, part in drawn.items()}
    evaluation = Evaluation(db, {**catalogue_of(db), **definitions})
    return [(drawn[name].words, evaluation.figure(one, "", year)) for name, one in definitions.items()]


def _part(
    draft: IndicatorDraft, column: str, word: str, words: Mapping[str, str], english: Mapping[str, str]
) -> IndicatorDraft:
    in_english = draft.label_en or draft.label
    return replace(
        draft,
        label=with_member(draft.label, words.get(word, word), "fr"),
        label_en=with_member(in_english, english.get(word, word), "en"),
        where={**draft.where, column: (word,)},
    )
