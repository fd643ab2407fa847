"""For each criterion, the smallest steps a candidate could take: a sentence, and the profile after the step."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from alpes_matching.ranking import words
from alpes_matching.ranking.distances import MODES, NOT_KNOWN, TENTHS
from alpes_matching.ranking.grades import levels
from alpes_matching.ranking.kinds import Level, held
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.profiles import (
    MOST_EXPERIENCES,
    MOST_MONTHS,
    MOST_OCCUPATIONS,
    MOST_SKILLS,
    CandidateProfile,
    Experience,
    LanguageLevel,
)
from alpes_matching.ranking.said import Said, duration, listed, span
from alpes_matching.ranking.tokens import Skill

Step = tuple[Said, CandidateProfile]


def occupation(pair: Pair) -> Iterator[Step]:
    """Wanting an occupation of the offer."""
    if pair.offer.occupations and len(pair.candidate.occupations) < MOST_OCCUPATIONS:
        wanted = pair.candidate.occupations | {min(pair.offer.occupations)}
        yield (
            Said("En recherchant aussi ce métier", "Wanting this occupation too"),
            replace(pair.candidate, occupations=wanted),
        )


def required_skills(pair: Pair) -> Iterator[Step]:
    """Each that is missing, and all of them."""
    missing = pair.offer.required_skills - pair.candidate.skills
    yield from (_with_skills(pair, frozenset({one})) for one in sorted(missing))
    if len(missing) > 1:
        yield _with_skills(pair, missing)


def desired_skills(pair: Pair) -> Iterator[Step]:
    """Each that is missing."""
    yield from (_with_skills(pair, frozenset({one})) for one in sorted(pair.desired_skills - pair.candidate.skills))


def _with_skills(pair: Pair, more: frozenset[Skill]) -> Step:
    have = pair.candidate.skills | more
    said = Said("Avec : {more}", "With: {more}").put(more=pair.named(more))
    return said, replace(pair.candidate, skills=have if len(have) <= MOST_SKILLS else pair.candidate.skills)


def experience(pair: Pair) -> Iterator[Step]:
    """The months asked, in the occupation of the offer."""
    asked = pair.offer.experience_months
    have = pair.candidate.experience or frozenset()
    if asked and pair.offer.occupations and len(have) < MOST_EXPERIENCES:
        one = Experience(min(pair.offer.occupations), min(asked, MOST_MONTHS))
        said = Said("Avec {asked} d’expérience dans ce métier", "With {asked} of work in this occupation")
        yield said.put(asked=span(asked)), replace(pair.candidate, experience=have | {one})


def training(pair: Pair) -> Iterator[Step]:
    """The level asked."""
    asked = pair.offer.training_level
    if asked is not None:
        said = Said("Avec une formation de niveau {asked}", "With a training of level {asked}").put(
            asked=words.TRAININGS[asked]
        )
        yield said, replace(pair.candidate, training_level=max(asked, pair.candidate.training_level or 0))


def licence(pair: Pair) -> Iterator[Step]:
    """The licences that are missing."""
    have = pair.candidate.licences or frozenset()
    missing = pair.offer.licences - held(have)
    if missing:
        said = Said("Avec le permis {missing}", "With driving licence {missing}").put(missing=listed(missing))
        yield said, replace(pair.candidate, licences=have | missing)


def distance(pair: Pair) -> Iterator[Step]:
    """A limit that reaches so far, in each unit in which one is declared."""
    mobility = pair.candidate.mobility
    if mobility is None:
        return
    known = pair.distances.known(pair.candidate.zone, pair.offer.zone)
    minutes = [known[1 + MODES.index(mode)] for mode in mobility.modes]
    quick = min((value for value in minutes if value != NOT_KNOWN), default=NOT_KNOWN)
    if mobility.minutes is not None and 0 <= quick <= 1440 * TENTHS:
        far = max(mobility.minutes, -(-quick // TENTHS))
        said = Said("En acceptant un trajet de {far} min", "Accepting a travel of {far} min").put(far=far)
        yield said, replace(pair.candidate, mobility=replace(mobility, minutes=far))
    elif mobility.kilometres is not None and 0 <= known[0] <= 1440 * TENTHS:
        far = max(mobility.kilometres, -(-known[0] // TENTHS))
        said = Said("En acceptant un trajet de {far} km", "Accepting a travel of {far} km").put(far=far)
        yield said, replace(pair.candidate, mobility=replace(mobility, kilometres=far))


def hours(pair: Pair) -> Iterator[Step]:
    """These weekly hours."""
    asked, least, most = (
        pair.offer.weekly_minutes,
        pair.candidate.least_weekly_minutes,
        pair.candidate.most_weekly_minutes,
    )
    if asked is not None:
        least = None if least is None else min(least, asked)
        said = Said("En acceptant {asked} par semaine", "Accepting {asked} a week").put(asked=duration(asked))
        changed = replace(
            pair.candidate, least_weekly_minutes=least, most_weekly_minutes=max(asked, most if most is not None else 0)
        )
        yield said, changed


def times(pair: Pair) -> Iterator[Step]:
    """The times of work that are not accepted."""
    refused = pair.offer.times - pair.candidate.times
    if refused:
        said = Said("En acceptant de travailler {refused}", "Accepting to work {refused}")
        yield (
            said.put(refused=listed(words.TIMES[one] for one in refused)),
            replace(pair.candidate, times=pair.candidate.times | refused),
        )


def availability(pair: Pair) -> Iterator[Step]:
    """Free on the first day."""
    if pair.offer.starts_on is not None:
        said = Said("En étant disponible le {day:%d/%m/%Y}", "Being free on {day:%d/%m/%Y}")
        yield said.put(day=pair.offer.starts_on), replace(pair.candidate, available_on=pair.offer.starts_on)


def contract(pair: Pair) -> Iterator[Step]:
    """This contract too."""
    asked = pair.offer.contract
    if asked is not None and asked not in pair.candidate.contracts:
        said = Said("En acceptant aussi : {asked}", "Accepting also: {asked}").put(asked=words.CONTRACTS[asked])
        yield said, replace(pair.candidate, contracts=pair.candidate.contracts | {asked})


def languages(pair: Pair) -> Iterator[Step]:
    """Every language at the level needed."""
    have = levels(pair.candidate.languages)
    short = {code: level for code, level in levels(pair.offer.languages).items() if have.get(code, 0) < level}
    if short:
        said = Said("Avec le niveau de langue {short}", "With the language level {short}")
        reached = {LanguageLevel(code, Level(level)) for code, level in short.items()}
        kept = {one for one in pair.candidate.languages if one.language not in short}
        yield (
            said.put(short=listed(words.language(code, Level(level)) for code, level in short.items())),
            replace(pair.candidate, languages=frozenset(kept | reached)),
        )


STEPS: dict[str, Callable[[Pair], Iterator[Step]]] = {
    step.__name__: step
    for step in (
        occupation,
        required_skills,
        desired_skills,
        experience,
        training,
        licence,
        distance,
        hours,
        times,
        availability,
        contract,
        languages,
    )
}
"""By the code of the criterion."""
