"""What makes declared lines impossible: absurd hours, days outside the contract or the month, nobody named. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alpes_events.clause.declaring.declaring import Ground, LineDraft
from alpes_events.clause.durations import LONGEST_MONTH, in_hours
from alpes_events.clause.months import last_day
from alpes_events.language.sentence import N_, Sentence, say

_DAY = 24 * 60
_Wrong = tuple[str, Sentence]


@dataclass(frozen=True)
class Problem:
    """Why a line cannot be declared: its place among the lines, the field that is wrong, and the sentence."""

    place: int
    field: str
    sentence: Sentence


def problems(lines: Sequence[LineDraft], grounds: Iterable[Ground], *, month: date) -> list[Problem]:
    """Everything that makes lines impossible, in their order, one problem a line."""
    known = {ground.employment_id: ground for ground in grounds}
    found = []
    for place, line in enumerate(lines):
        wrong = _minutes(line) or _days(line, month) or _person(line, known)
        if wrong is not None:
            found.append(Problem(place, *wrong))
    return found


def _minutes(line: LineDraft) -> _Wrong | None:
    if line.minutes <= 0:
        return "hours", say(N_("Inscrivez un nombre d’heures plus grand que zéro."))
    days = (line.until_on - line.from_on).days + 1
    if line.minutes > LONGEST_MONTH or 0 < days * _DAY < line.minutes:
        return "hours", say(
            N_("%(hours)s, c’est plus que ces jours n’en ont : vérifiez le nombre."), hours=in_hours(line.minutes)
        )
    return None


def _days(line: LineDraft, month: date) -> _Wrong | None:
    if line.until_on < line.from_on:
        return "until_on", say(N_("Le dernier jour vient avant le premier : changez l’un ou l’autre."))
    if line.from_on < month or line.until_on > last_day(month):
        field = "from_on" if line.from_on < month else "until_on"
        return field, say(N_("Ces jours ne sont pas tous du mois déclaré : changez-les."))
    return None


def _person(line: LineDraft, known: Mapping[int, Ground]) -> _Wrong | None:
    if line.employment_id is None:
        named = any(sign.isalpha() for sign in line.person_words)
        return None if named else ("person_words", say(N_("Écrivez le prénom et le nom de la personne.")))
    ground = known.get(line.employment_id)
    if ground is None:
        return "person_words", say(N_("Cette personne n’a pas de contrat de travail avec l’entreprise ce mois-là."))
    if ground.closed:
        return "person_words", say(
            N_("Les comptes de ce marché sont clos : ces heures ne peuvent plus être déclarées.")
        )
    return _within(line, ground)


def _within(line: LineDraft, ground: Ground) -> _Wrong | None:
    """The days lie within those of the employment contract and of the lot."""
    if line.from_on < ground.starts_on:
        return "from_on", say(
            N_("Son contrat de travail commence le %(day)s : elle n’a pas d’heures avant."),
            day=f"{ground.starts_on:%d/%m/%Y}",
        )
    if ground.ends_on is not None and line.until_on > ground.ends_on:
        return "until_on", say(
            N_("Son contrat de travail finit le %(day)s : elle n’a pas d’heures après."),
            day=f"{ground.ends_on:%d/%m/%Y}",
        )
    if line.from_on < ground.first_on or (ground.last_on is not None and line.until_on > ground.last_on):
        return "from_on", say(
            N_("Le lot du marché %(reference)s n’est pas en cours tous ces jours : changez-les."),
            reference=ground.reference,
        )
    return None
