"""What a file of hours leaves to ask: what a name was taken for, and rows that others kept from being written."""

from collections.abc import Iterable

from alpes_events.intake.hour_people import Match
from alpes_events.intake.hour_placing import Placed
from alpes_events.intake.hour_rows import HourRecord, ReadHours
from alpes_events.intake.hour_things import SomeEmployment
from alpes_events.intake.issues import RowIssue
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say


def match_question(read: ReadHours, match: Match) -> RowIssue:
    """A match that is not beyond doubt, as a question."""
    others = " ; ".join(f"{name} ({_percent(score)})" for name, score in match.others)
    if match.kind == "new_person":
        text = N_("Nouveau dossier : ressemble à %(others)s. Indiquez le numéro de dossier si c’est la même personne.")
        sentence = say(text, others=others)
    elif others:
        text = N_("Compris comme %(found)s (%(score)s) ; autres possibilités : %(others)s.")
        sentence = say(text, found=match.found, score=_percent(match.score), others=others)
    else:
        sentence = say(N_("Compris comme %(found)s (%(score)s)."), found=match.found, score=_percent(match.score))
    field = "company" if match.kind == "company" else "family_name"
    return read.issue(match.line, field, sentence, match.typed)


def still_asked(matches: Iterable[Match], chosen: Iterable[tuple[Placed, SomeEmployment]]) -> list[Match]:
    """The matches without those of a person, by their own name, who is known to work there for that company."""
    known = {
        one.row.line: fold(f"{one.person.row.given_name} {one.person.row.family_name}")
        for one, employment in chosen
        if employment.id is not None
    }
    return [match for match in matches if match.kind != "person" or known.get(match.line) != fold(match.typed)]


def _percent(score: float) -> str:
    return f"{int(score * 100)}\u202f%"


def overtaken(read: ReadHours, row: HourRecord) -> RowIssue:
    """A row that was never written, because somebody else wrote each time."""
    text = N_("Quelqu’un d’autre écrivait au registre en même temps : cette ligne reste à importer de nouveau.")
    return read.issue(row.line, "minutes", say(text))
