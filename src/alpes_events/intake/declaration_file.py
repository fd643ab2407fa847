"""The lines of a company's file of hours, read against the people that it has under contract: a dry run. Pure.

Nothing is lost: a line that can be declared becomes a line of the form, with whatever was typed in it; one that cannot
is told with its number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alpes_events.clause.declaring.proposing import likely_of
from alpes_events.clause.declaring.recognising import Likely, certain
from alpes_events.clause.declaring.roster import Employed
from alpes_events.clause.durations import NotHoursError, minutes_of
from alpes_events.intake.declaration_table import TextTable
from alpes_events.intake.hour_cells import month_of_cell
from alpes_events.intake.issues import BadCell
from alpes_events.intake.times import day_of
from alpes_events.intake.values import flag_of
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, Sentence, say


@dataclass(frozen=True)
class FileLine:
    """A line as it would be declared: `hours`, `from_on` and `until_on` as they were typed, with what is read in them.

    `note`: what was understood of the name, or who it may be.
    """

    number: int
    words: str
    person: Employed | None
    hours: str
    from_on: str
    until_on: str
    overtime: bool
    note: Sentence | None


@dataclass(frozen=True)
class LeftLine:
    """A line that is not taken up: its number, what it says, and why."""

    number: int
    typed: str
    sentence: Sentence


@dataclass(frozen=True)
class FileReading:
    """What a file says of one month."""

    lines: tuple[FileLine, ...]
    left: tuple[LeftLine, ...]


def read_declaration(
    table: TextTable, columns: Mapping[str, int], people: Iterable[Employed], *, month: date
) -> FileReading:
    """Read each line for one company and month."""
    listed = list(people)
    lines: list[FileLine] = []
    left: list[LeftLine] = []
    for number, cells in table.lines:
        texts = {field: cells[at].strip() if at < len(cells) else "" for field, at in columns.items()}
        why = _not_taken(texts, month)
        if why is not None:
            typed = " · ".join(cell for cell in cells if cell)[:120]
            left.append(LeftLine(number, typed, why))
        else:
            lines.append(_line(number, texts, listed))
    return FileReading(tuple(lines), tuple(left))


def _not_taken(texts: Mapping[str, str], month: date) -> Sentence | None:
    """Why a line is not declared."""
    if not _words(texts):
        return say(N_("Cette ligne ne nomme personne."))
    if not texts["hours"]:
        return say(N_("Cette ligne n’a pas d’heures."))
    if _is_nothing(texts["hours"]):
        return say(N_("Zéro heure : il n’y a rien à déclarer."))
    if texts.get("month"):
        try:
            named = month_of_cell(texts["month"])
        except BadCell as problem:
            return problem.sentence
        if named != month:
            return say(N_("Ces heures sont d’un autre mois (%(month)s)."), month=f"{named:%m/%Y}")
    return None


def _is_nothing(text: str) -> bool:
    try:
        return minutes_of(text) == 0
    except NotHoursError:
        return False


def _line(number: int, texts: Mapping[str, str], people: list[Employed]) -> FileLine:
    words = _words(texts)
    person, note = _recognised(words, people)
    return FileLine(
        number=number,
        words=words,
        person=person,
        hours=texts["hours"],
        from_on=_day(texts.get("from_on", "")),
        until_on=_day(texts.get("until_on", "")),
        overtime=_ticked(texts.get("overtime", "")),
        note=note,
    )


def _words(texts: Mapping[str, str]) -> str:
    apart = f"{texts.get('given_name', '')} {texts.get('family_name', '')}".strip()
    return texts.get("name", "") or apart


def _recognised(words: str, people: list[Employed]) -> tuple[Employed | None, Sentence | None]:
    """Who it is when one of the list stands out, with what was understood; else who it may be."""
    known = {one.employment_id: one for one in people}
    found = likely_of(words, people)
    firsts = _one_each(found, known)
    chosen = certain(firsts)
    if chosen is None:
        if not firsts:
            return None, say(N_("« %(words)s » n’est pas dans la liste."), words=words)
        names = ", ".join(f"{known[one.id].name} ({one.score:.0%})" for one in firsts[:3])
        return None, say(N_("« %(words)s » n’est pas sûr. Peut-être : %(names)s."), words=words, names=names)
    person = known[chosen]
    if sum(known[one.id].candidate_id == person.candidate_id for one in found) > 1:
        return person, say(N_("%(name)s a deux contrats de travail : vérifiez le lot."), name=person.name)
    if sorted(fold(words).split()) != sorted(fold(person.name).split()):
        score = f"{firsts[0].score:.0%}"
        return person, say(
            N_("« %(words)s » : nous avons compris %(name)s (%(score)s)."), words=words, name=person.name, score=score
        )
    return person, None


def _one_each(found: Iterable[Likely], known: Mapping[int, Employed]) -> list[Likely]:
    """The likeliest contract of each person."""
    best: dict[int, Likely] = {}
    for one in found:
        best.setdefault(known[one.id].candidate_id, one)
    return list(best.values())


def _day(text: str) -> str:
    """A day as a form takes it; what cannot be read stays as typed."""
    try:
        return day_of(text).isoformat() if text else ""
    except BadCell:
        return text


def _ticked(text: str) -> bool:
    """« oui », or any number of hours but zero."""
    if not text:
        return False
    try:
        return flag_of(text)
    except BadCell:
        return not _is_nothing(text)
