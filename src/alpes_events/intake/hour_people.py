"""Who the people of a file of hours are: known by name and birth date, written differently, new, or one cannot say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_rows import HourRecord
from alpes_events.intake.hour_things import SomePerson
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.people.identity import name_key
from alpes_events.people.models import Candidate
from alpes_matching.duplicates import CERTAIN_FROM, POSSIBLE_FROM, compare
from alpes_matching.person import Person

_MOST_NAMED = 4


class Unsure(Exception):  # noqa: N818 (a finding, turned into an issue)
    """A row of which one cannot say what it means: `field` names the column, the sentence asks."""

    def __init__(self, field: str, sentence: Sentence) -> None:
        super().__init__(field)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True)
class Match:
    """What a row's words were taken for, how sure that is (in [0, 1]), and what else they might mean."""

    line: int
    kind: str
    typed: str
    found: str
    score: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass
class People:
    """Looks people up, and remembers those of the file. `made` are those who would be created, in their order."""

    register: Register
    made: list[SomePerson] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    _found: dict[tuple[object, ...], SomePerson | Unsure] = field(default_factory=dict)

    def person_of(self, row: HourRecord) -> SomePerson:
        """The person of a row. Raises `Unsure`."""
        key = (row.record, name_key(row.given_name, row.family_name), row.birth_on)
        if key not in self._found:
            try:
                self._found[key] = self._look(row, key[1])
            except Unsure as question:
                self._found[key] = question
        found = self._found[key]
        if isinstance(found, Unsure):
            raise found
        return found

    def _look(self, row: HourRecord, name: str) -> SomePerson:
        if row.record is not None:
            return self._by_record(row)
        same = [one for one in self.register.by_name[name] if _may_be(one, row.birth_on)]
        exact = [one for one in same if one.row.birth_on == row.birth_on] if row.birth_on else same
        if len(exact) > 1:
            raise Unsure("family_name", _which(exact))
        if exact and row.birth_on is not None:
            return exact[0]  # the same name and birth date leave no doubt
        if exact:
            return self._taken(row, exact[0], self._near(row))
        near = self._near(row)
        sure = [(one, score) for one, score in near if score >= CERTAIN_FROM]
        if len(sure) > 1:
            raise Unsure("family_name", _which([one for one, _score in sure]))
        if sure:
            return self._taken(row, sure[0][0], near)
        return self._new(row, name, near)

    def _by_record(self, row: HourRecord) -> SomePerson:
        known = self.register.people.get(row.record or 0)
        if known is None:
            raise Unsure("record", say(N_("Aucun dossier n’a ce numéro : vérifiez-le, ou laissez cette case vide.")))
        same = name_key(known.row.given_name, known.row.family_name) == name_key(row.given_name, row.family_name)
        if not same and _score(row, known) < POSSIBLE_FROM:
            raise Unsure("record", say(N_("Ce dossier est celui d’une autre personne : vérifiez le numéro.")))
        return known

    def _near(self, row: HourRecord) -> list[tuple[SomePerson, float]]:
        """Those born that day, or of that name, by how alike they are."""
        born = [] if row.birth_on is None else self.register.by_birth[row.birth_on]
        named = self.register.by_name[name_key(row.given_name, row.family_name)]
        scores = [(one, _score(row, one)) for one in dict.fromkeys((*born, *named))]
        return sorted((one for one in scores if one[1] >= POSSIBLE_FROM), key=lambda one: -one[1])

    def _taken(self, row: HourRecord, person: SomePerson, near: Iterable[tuple[SomePerson, float]]) -> SomePerson:
        others = tuple((_named(one), score) for one, score in near if one is not person)[:_MOST_NAMED]
        score, typed = _score(row, person), f"{row.given_name} {row.family_name}"
        if score < 1 and (person.id is not None or typed != _name(person.row)):
            self.matches.append(Match(row.line, "person", typed, _named(person), score, others))
        return person

    def _new(self, row: HourRecord, name: str, near: Sequence[tuple[SomePerson, float]]) -> SomePerson:
        person = SomePerson(Candidate(family_name=row.family_name, given_name=row.given_name, birth_on=row.birth_on))
        if near:
            others = tuple((_named(one), score) for one, score in near)[:_MOST_NAMED]
            self.matches.append(Match(row.line, "new_person", _name(person.row), "", 0.0, others))
        self.made.append(person)
        self.register.by_name[name].append(person)
        if row.birth_on is not None:
            self.register.by_birth[row.birth_on].append(person)
        return person


def _may_be(person: SomePerson, birth_on: date | None) -> bool:
    return birth_on is None or person.row.birth_on in {None, birth_on}


def _score(row: HourRecord, person: SomePerson) -> float:
    known = person.row
    said = Person(0, row.family_name, row.given_name, birth_on=row.birth_on, commune=row.place.name)
    there = Person(1, known.family_name, known.given_name, birth_on=known.birth_on, commune=known.commune_name or "")
    return compare(said, there).score


def _which(people: Sequence[SomePerson]) -> Sentence:
    named = " ; ".join(_named(one) for one in people[:_MOST_NAMED])
    return say(
        N_("Plusieurs personnes répondent à ce nom : %(people)s. Indiquez le numéro de dossier de la bonne."),
        people=named,
    )


def _name(row: Candidate) -> str:
    return f"{row.given_name} {row.family_name}"


def _named(person: SomePerson) -> str:
    """« Éloïse Delattre, 04/11/1991, Lambersart, n° 12 »."""
    row = person.row
    parts = [_name(row), f"{row.birth_on:%d/%m/%Y}" if row.birth_on else "", row.commune_name or ""]
    return ", ".join([*filter(None, parts), *([f"n° {person.id}"] if person.id else [])])
