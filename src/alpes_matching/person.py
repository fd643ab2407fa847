"""A record of a person as it is compared, and the criteria: each a label, points of so many possible, and a bound."""

from dataclasses import dataclass, field
from datetime import date

from alpes_matching.contacts import Closeness, email_closeness, telephone_closeness
from alpes_matching.folding import fold
from alpes_matching.names import Likeness, Name, family_likeness, given_likeness, prepared


@dataclass(frozen=True)
class Person:
    """What is compared of one record. Empty text and None are not known. `commune` is a code or a name."""

    id: int
    family_name: str
    given_name: str
    email: str = ""
    telephone: str = ""
    birth_on: date | None = None
    commune: str = ""


@dataclass(frozen=True)
class Criterion:
    """One criterion: `points` of at most `possible`, None when one of the two is not known.

    `bound` limits the score, whatever else agrees.
    """

    code: str
    label: str
    points: float | None
    possible: float
    bound: float = 1.0


@dataclass(frozen=True)
class Prepared:
    """A record with its names in the forms that are compared."""

    person: Person
    family: Name = field(init=False)
    given: Name = field(init=False)
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "family", prepared(self.person.family_name))
        object.__setattr__(self, "given", prepared(self.person.given_name))
        object.__setattr__(self, "words", self.family.words | self.given.words)


HOUSEHOLD = 8.5
"""The most that e-mail and telephone say together: who shares one in a family often shares the other."""
_SWAPPED = " (nom et prénom échangés)"
_FAMILY = {
    Likeness.SAME: ("Même nom de famille", 6.0, 1.0),
    Likeness.NEAR: ("Nom de famille presque identique", 4.0, 1.0),
    Likeness.PART: ("Une partie du nom de famille est la même", 3.0, 0.9),
    Likeness.OTHER: ("Nom de famille différent", -4.0, 0.8),
}
_GIVEN = {
    Likeness.SAME: ("Même prénom", 4.0, 1.0),
    Likeness.NEAR: ("Prénom presque identique", 2.5, 1.0),
    Likeness.PART: ("Une partie du prénom est la même", 1.0, 0.9),
    Likeness.UNSURE: ("Prénoms proches, peut-être de deux personnes", 0.5, 0.9),
    Likeness.OTHER: ("Prénom différent", -9.0, 0.4),
}
_EMAIL = {
    Closeness.SAME: ("Même adresse e-mail", 6.5),
    Closeness.VARIANT: ("Même adresse e-mail écrite autrement", 5.0),
    Closeness.NEAR: ("Adresse e-mail proche", 2.0),
    Closeness.OTHER: ("Autre adresse e-mail", -0.5),
}
_TELEPHONE = {
    Closeness.SAME: ("Même téléphone", 6.0),
    Closeness.VARIANT: ("Même téléphone", 6.0),
    Closeness.NEAR: ("Téléphone avec un chiffre d’écart", 2.5),
    Closeness.OTHER: ("Autre téléphone", -0.5),
}


def names(first: Prepared, second: Prepared) -> tuple[Criterion, Criterion]:
    """Both names, straight or in each other's place, whichever agrees more."""
    if not all((first.family.joined, second.family.joined, first.given.joined, second.given.joined)):
        return _unknown("family_name", "Nom de famille", 6.0), _unknown("given_name", "Prénom", 4.0)
    if first.words == second.words:
        swapped = first.family.joined != second.family.joined
        return _name_criteria(Likeness.SAME, Likeness.SAME, note=_SWAPPED if swapped else "")
    straight = family_likeness(first.family, second.family), given_likeness(first.given, second.given)
    crosswise = _crosswise(first, second)
    if _worth(crosswise) > _worth(straight):
        return _name_criteria(*crosswise, note=_SWAPPED)
    return _name_criteria(*straight)


def _crosswise(first: Prepared, second: Prepared) -> tuple[Likeness, Likeness]:
    """How alike they are with the names of one in each other's place: one name the same, the other at least nearly.

    The better of the two stands for the family's, so that the order of the records does not matter.
    """
    one = family_likeness(first.family, second.given)
    other = family_likeness(first.given, second.family)
    if max(one, other) < Likeness.SAME or min(one, other) < Likeness.NEAR:
        return Likeness.OTHER, Likeness.OTHER
    return max(one, other), min(one, other)


def _worth(likeness: tuple[Likeness, Likeness]) -> float:
    return _FAMILY[likeness[0]][1] + _GIVEN[likeness[1]][1]


def _name_criteria(family: Likeness, given: Likeness, *, note: str = "") -> tuple[Criterion, Criterion]:
    label, points, bound = _FAMILY[family]
    of_family = Criterion("family_name", label + note, points, 6.0, bound)
    label, points, bound = _GIVEN[given]
    return of_family, Criterion("given_name", label + note, points, 4.0, bound)


def email(first: Person, second: Person) -> Criterion:
    """E-mail addresses. Another one says little: people have several."""
    if not first.email or not second.email:
        return _unknown("email", "Adresse e-mail", 6.5)
    label, points = _EMAIL[email_closeness(first.email, second.email)]
    return Criterion("email", label, points, 6.5)


def telephone(first: Person, second: Person, *, most: float) -> Criterion:
    """Telephones; `most` is what they may still say after the e-mail addresses."""
    if not first.telephone or not second.telephone:
        return _unknown("telephone", "Téléphone", 6.0)
    label, points = _TELEPHONE[telephone_closeness(first.telephone, second.telephone)]
    return Criterion("telephone", label, min(points, most), 6.0)


def birth(first: date | None, second: date | None) -> Criterion:
    """Day and month swapped is how people of two countries read one date; one wrong digit is a typing error."""
    if first is None or second is None:
        return _unknown("birth_on", "Date de naissance", 6.0)
    if first == second:
        return Criterion("birth_on", "Même date de naissance", 6.0, 6.0)
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return Criterion("birth_on", "Jour et mois de naissance échangés", 3.5, 6.0)
    if sum(one != other for one, other in zip(first.isoformat(), second.isoformat(), strict=True)) == 1:
        return Criterion("birth_on", "Un chiffre d’écart dans la date de naissance", 1.5, 6.0, 0.9)
    return Criterion("birth_on", "Autre date de naissance", -7.0, 6.0, 0.7)


def commune(first: str, second: str) -> Criterion:
    """Communes. Another one says little: people move."""
    if not first or not second:
        return _unknown("commune", "Commune", 1.5)
    same = fold(first) == fold(second)
    return Criterion("commune", "Même commune" if same else "Autre commune", 1.5 if same else -0.5, 1.5)


def _unknown(code: str, what: str, possible: float) -> Criterion:
    return Criterion(code, f"{what} : pas connu des deux côtés", None, possible)
