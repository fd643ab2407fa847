"""A record of a person as it is compared, and the criteria: each a label, points of so many possible, and a bound."""

from dataclasses import dataclass, field
from datetime import date

from alpes_matching.contacts import Closeness, email_closeness, telephone_closeness
from alpes_matching.folding import fold
from alpes_matching.names import Likeness, Name, family_likeness, given_likeness, prepared
from alpes_matching.wording import N_


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
    """A record with its names and commune in the forms that are compared."""

    person: Person
    family: Name = field(init=False)
    given: Name = field(init=False)
    words: frozenset[str] = field(init=False)
    commune: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "family", prepared(self.person.family_name))
        object.__setattr__(self, "given", prepared(self.person.given_name))
        object.__setattr__(self, "words", self.family.words | self.given.words)
        object.__setattr__(self, "commune", fold(self.person.commune))


HOUSEHOLD = 8.5
"""The most that e-mail and telephone say together: who shares one in a family often shares the other."""
FAMILY = {
    Likeness.SAME: (N_("Même nom de famille"), 6.0, 1.0),
    Likeness.NEAR: (N_("Nom de famille presque identique"), 4.0, 1.0),
    Likeness.PART: (N_("Une partie du nom de famille est la même"), 3.0, 0.9),
    Likeness.OTHER: (N_("Nom de famille différent"), -4.0, 0.8),
}
GIVEN = {
    Likeness.SAME: (N_("Même prénom"), 4.0, 1.0),
    Likeness.NEAR: (N_("Prénom presque identique"), 2.5, 1.0),
    Likeness.PART: (N_("Une partie du prénom est la même"), 1.0, 0.9),
    Likeness.UNSURE: (N_("Prénoms proches, peut-être de deux personnes"), 0.5, 0.9),
    Likeness.OTHER: (N_("Prénom différent"), -9.0, 0.4),
}
SWAPPED = {
    Likeness.SAME: N_("Le même nom, à la place de l’autre"),
    Likeness.NEAR: N_("Un nom presque identique, à la place de l’autre"),
}
EMAIL = {
    Closeness.SAME: (N_("Même adresse e-mail"), 6.5),
    Closeness.VARIANT: (N_("Même adresse e-mail écrite autrement"), 5.0),
    Closeness.NEAR: (N_("Adresse e-mail proche"), 2.0),
    Closeness.OTHER: (N_("Autre adresse e-mail"), -0.5),
}
TELEPHONE = {
    Closeness.SAME: (N_("Même téléphone"), 6.0),
    Closeness.NEAR: (N_("Téléphone avec un chiffre d’écart"), 2.5),
    Closeness.OTHER: (N_("Autre téléphone"), -0.5),
}
SAME_BIRTH = (N_("Même date de naissance"), 6.0)
SWAPPED_BIRTH = (N_("Jour et mois de naissance échangés"), 3.5)
NEAR_BIRTH = (N_("Un chiffre d’écart dans la date de naissance"), 1.5)
OTHER_BIRTH = (N_("Autre date de naissance"), -7.0)
SAME_COMMUNE = (N_("Même commune"), 1.5)
OTHER_COMMUNE = (N_("Autre commune"), -0.5)
_UNKNOWN = {
    "family_name": (N_("Nom de famille : pas connu des deux côtés"), 6.0),
    "given_name": (N_("Prénom : pas connu des deux côtés"), 4.0),
    "email": (N_("Adresse e-mail : pas connue des deux côtés"), 6.5),
    "telephone": (N_("Téléphone : pas connu des deux côtés"), 6.0),
    "birth_on": (N_("Date de naissance : pas connue des deux côtés"), 6.0),
    "commune": (N_("Commune : pas connue des deux côtés"), 1.5),
}


def names(first: Prepared, second: Prepared) -> tuple[Criterion, Criterion]:
    """Both names, straight or in each other's place, whichever agrees more."""
    if not all((first.family.joined, second.family.joined, first.given.joined, second.given.joined)):
        return _unknown("family_name"), _unknown("given_name")
    if first.words == second.words:
        swapped = first.family.joined != second.family.joined
        return _name_criteria(Likeness.SAME, Likeness.SAME, swapped=swapped)
    straight = family_likeness(first.family, second.family), given_likeness(first.given, second.given)
    crosswise = _crosswise(first, second)
    if _worth(crosswise) > _worth(straight):
        return _name_criteria(*crosswise, swapped=True)
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
    return FAMILY[likeness[0]][1] + GIVEN[likeness[1]][1]


def _name_criteria(family: Likeness, given: Likeness, *, swapped: bool = False) -> tuple[Criterion, Criterion]:
    label, points, bound = FAMILY[family]
    of_family = Criterion("family_name", SWAPPED[family] if swapped else label, points, 6.0, bound)
    label, points, bound = GIVEN[given]
    return of_family, Criterion("given_name", SWAPPED[given] if swapped else label, points, 4.0, bound)


def email(first: Person, second: Person) -> Criterion:
    """E-mail addresses. Another one says little: people have several."""
    if not first.email or not second.email:
        return _unknown("email")
    label, points = EMAIL[email_closeness(first.email, second.email)]
    return Criterion("email", label, points, 6.5)


def telephone(first: Person, second: Person, *, most: float) -> Criterion:
    """Telephones; `most` is what they may still say after the e-mail addresses."""
    if not first.telephone or not second.telephone:
        return _unknown("telephone")
    label, points = TELEPHONE[telephone_closeness(first.telephone, second.telephone)]
    return Criterion("telephone", label, min(points, most), 6.0)


def birth(first: date | None, second: date | None) -> Criterion:
    """Day and month swapped is how people of two countries read one date; one wrong digit is a typing error."""
    if first is None or second is None:
        return _unknown("birth_on")
    if first == second:
        return Criterion("birth_on", *SAME_BIRTH, 6.0)
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return Criterion("birth_on", *SWAPPED_BIRTH, 6.0)
    if sum(one != other for one, other in zip(first.isoformat(), second.isoformat(), strict=True)) == 1:
        return Criterion("birth_on", *NEAR_BIRTH, 6.0, 0.9)
    return Criterion("birth_on", *OTHER_BIRTH, 6.0, 0.7)


def commune(first: str, second: str) -> Criterion:
    """Communes, folded. Another one says little: people move."""
    if not first or not second:
        return _unknown("commune")
    return Criterion("commune", *(SAME_COMMUNE if first == second else OTHER_COMMUNE), 1.5)


def _unknown(code: str) -> Criterion:
    label, possible = _UNKNOWN[code]
    return Criterion(code, label, None, possible)
