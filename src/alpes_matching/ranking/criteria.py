"""The criteria: each a named function of a pair, with a label, a weight and a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from alpes_matching.ranking import grades, sentences
from alpes_matching.ranking.grades import Grade
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.said import Said

RULES_VERSION = "1"
"""Changes with every change of a weight, a cap or a value: a logged run says which rules made it."""
START = SCALE // 2
"""Where every pair starts: as much speaks for as against. What is not known stays there."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question: `grade` answers it from 0 to 10,000 (or not at all), `sentence` says why in words.

    `weight` is in hundredths of the whole; all weights sum to 100. The most it adds or takes away is 50 x weight.
    """

    code: str
    label: Said
    weight: int
    grade: Callable[[Pair], Grade]
    sentence: Callable[[Pair, Grade], Said]

    def contribution(self, value: int) -> int:
        """Ten-thousandths of the score, from -50 to +50 x weight; 0 without a value."""
        return (self.weight * (value - START) + 50) // 100 if value >= 0 else 0


def occupation(pair: Pair) -> Grade:
    """Title and occupation."""
    return grades.occupation(pair.offer.occupations, pair.candidate.occupations, pair.proximity)


def required_skills(pair: Pair) -> Grade:
    """Skills that the job cannot do without."""
    return grades.skills(pair.offer.required_skills, pair.candidate.skills, grades.SKILL_CAP)


def desired_skills(pair: Pair) -> Grade:
    """Skills that are welcome."""
    return grades.skills(pair.desired_skills, pair.candidate.skills, SCALE)


def experience(pair: Pair) -> Grade:
    """Months worked in the occupation or a near one."""
    offer = pair.offer
    return grades.experience(offer.experience_months, pair.candidate.experience, offer.occupations, pair.proximity)


def training(pair: Pair) -> Grade:
    """Training level."""
    return grades.training(pair.offer.training_level, pair.candidate.training_level)


def licence(pair: Pair) -> Grade:
    """Driving licences."""
    return grades.licence(pair.offer.licences, pair.candidate.licences)


def distance(pair: Pair) -> Grade:
    """The way to work, against the candidate's own mobility."""
    return grades.distance(pair.offer.zone, pair.candidate.zone, pair.candidate.mobility, pair.distances)


def hours(pair: Pair) -> Grade:
    """Weekly hours."""
    wanted = pair.candidate.least_weekly_minutes, pair.candidate.most_weekly_minutes
    return grades.hours(pair.offer.weekly_minutes, wanted)


def times(pair: Pair) -> Grade:
    """Times of work: night, weekend, split shifts."""
    return grades.times(pair.offer.times, pair.candidate.times)


def availability(pair: Pair) -> Grade:
    """The first day."""
    return grades.availability(pair.offer.starts_on, pair.candidate.available_on)


def contract(pair: Pair) -> Grade:
    """The contract wanted."""
    return grades.contract(pair.offer.contract, pair.candidate.contracts)


def languages(pair: Pair) -> Grade:
    """The languages that the job needs."""
    return grades.languages(pair.offer.languages, pair.candidate.languages)


CRITERIA = tuple(
    Criterion(grade.__name__, label, weight, grade, sentence)
    for grade, label, weight, sentence in (
        (occupation, Said("Métier", "Occupation"), 26, sentences.occupation),
        (required_skills, Said("Compétences demandées", "Required skills"), 18, sentences.required_skills),
        (desired_skills, Said("Compétences souhaitées", "Desired skills"), 6, sentences.desired_skills),
        (experience, Said("Expérience", "Experience"), 10, sentences.experience),
        (training, Said("Niveau de formation", "Training level"), 7, sentences.training),
        (licence, Said("Permis", "Driving licence"), 6, sentences.licence),
        (distance, Said("Trajet", "Way to work"), 8, sentences.distance),
        (hours, Said("Durée du travail", "Weekly hours"), 4, sentences.hours),
        (times, Said("Horaires", "Times of work"), 4, sentences.times),
        (availability, Said("Disponibilité", "Availability"), 3, sentences.availability),
        (contract, Said("Contrat", "Contract"), 4, sentences.contract),
        (languages, Said("Langues", "Languages"), 4, sentences.languages),
    )
)
"""In the order in which they are shown. The weights sum to 100."""
