"""The sheet to sign at the door: everyone expected by name, forty lines to an A4 page, and free lines at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alpes_events.documents.typesetting import typeset
from alpes_events.language import dates
from alpes_events.language.sentence import N_, NN_, Sentence, counted
from alpes_events.language.typography import set_in

LINES = 40
"""Lines of one page."""
FREE_LINES = 5
"""At the least, for those who come without having signed up; the last page is filled with them."""


@dataclass(frozen=True)
class Expected:
    """One person who signs."""

    name: str
    town: str
    reference: str


@dataclass(frozen=True)
class SheetPart:
    """The sheet of the event as a whole (`session` « »), or of one session, with its own hours and place."""

    session: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    place: str
    people: Sequence[Expected]


def sign_in_sheet_pdf(
    parts: Sequence[SheetPart], *, event: str, organisation: str, zone: ZoneInfo, language: str
) -> bytes:
    """A tagged PDF: each part begins a page of its own."""
    assert parts, "a sheet has a part at least"

    def words(sentence: str) -> str:
        return set_in(Sentence(sentence).in_language(language), language)

    title = words(N_("Feuille d’émargement"))
    content = {
        "language": language,
        "title": f"{title}, {set_in(event, language)}",
        "organisation": set_in(organisation, language),
        "warning": words(
            N_("Cette feuille porte des noms : rangez-la, et détruisez-la quand les présences sont notées.")
        ),
        "page": words(N_("Page {at} sur {all}")),
        "heads": [
            words(head) for head in (N_("N°"), N_("Prénom et nom"), N_("Commune"), N_("Référence"), N_("Signature"))
        ],
        "parts": [_part(part, event=event, heading=title, zone=zone, language=language) for part in parts],
    }
    return typeset("sign_in_sheet.typ", content)


def _part(part: SheetPart, *, event: str, heading: str, zone: ZoneInfo, language: str) -> dict[str, object]:
    when = dates.span(part.starts_at, part.ends_at, language=language, zone=zone, all_day=part.all_day, year=True)
    number = counted(NN_("%(num)s personne attendue", "%(num)s personnes attendues"), len(part.people), language)
    return {
        "heading": heading,
        "event": set_in(event, language),
        "session": set_in(part.session, language),
        "when": set_in(dates.capitalised(when), language),
        "place": set_in(part.place, language),
        "count": number % {"num": len(part.people)},
        "lines": [*map(_line, range(1, len(part.people) + 1), part.people), *_free_lines(len(part.people))],
    }


def _line(number: int, person: Expected) -> dict[str, str]:
    return {"number": str(number), "name": person.name, "town": person.town, "reference": person.reference}


def _free_lines(people: int) -> list[dict[str, str]]:
    """Lines without a name, so that the last page is full."""
    whole = -(-(people + FREE_LINES) // LINES) * LINES
    return [{"number": str(number), "name": "", "town": "", "reference": ""} for number in range(people + 1, whole + 1)]
