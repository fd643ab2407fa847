"""What an exhibitor gets on paper before the day: its interviews by time, with a box to tick for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpes_events.documents.stands import Heading
from alpes_events.documents.typesetting import typeset
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.language.typography import set_in

_TITLE = N_("Vos entretiens")


@dataclass(frozen=True)
class PrintedInterview:
    """One line: the hours, the table (empty: there is one only), who comes. `name` is empty without their agreement;
    `reference_end` are then the last signs of the reference that they carry.
    """

    hours: str
    table: str
    name: str
    reference_end: str


@dataclass(frozen=True)
class InterviewList:
    """One exhibitor's page. `address` is where its list is kept up to date; it is drawn as a code (empty: none)."""

    stand: str
    booth: str
    interviews: Sequence[PrintedInterview]


def interview_lists_pdf(lists: Sequence[InterviewList], heading: Heading, *, language: str) -> bytes:
    """A tagged PDF, a page or more for each exhibitor."""
    columns = (N_("Heure"), N_("Table"), N_("Personne"), N_("Tenu"), N_("Suite"))
    content = {
        "language": language,
        "title": f"{_words(_TITLE, language)}, {set_in(heading.event, language)}",
        "heading": _words(_TITLE, language),
        "event": set_in(heading.event, language),
        "when": set_in(heading.when, language),
        "organisation": set_in(heading.organisation, language),
        "columns": [_words(one, language) for one in columns],
        "rule": _words(
            N_(
                "Ces personnes acceptent que vous lisiez leur nom, pour cet événement ; les autres sont dites par la "
                "fin de leur référence. Détruisez ensuite cette liste."
            ),
            language,
        ),
        "lists": [_list(one, language) for one in lists],
    }
    return typeset("interview_lists.typ", content)


def _list(one: InterviewList, language: str) -> dict[str, object]:
    return {
        "stand": set_in(one.stand, language),
        "booth": say(N_("Stand %(number)s"), number=one.booth).in_language(language) if one.booth else "",
        "tables": any(line.table for line in one.interviews),
        "interviews": [
            {
                "hours": set_in(line.hours, language),
                "table": set_in(line.table, language),
                "who": set_in(line.name, language) if line.name else _nameless(line.reference_end, language),
            }
            for line in one.interviews
        ],
    }


def _nameless(reference_end: str, language: str) -> str:
    words = say(N_("Référence finissant par %(end)s"), end=reference_end).in_language(language)
    return set_in(words, language)


def _words(sentence: str, language: str) -> str:
    return set_in(Sentence(sentence).in_language(language), language)
