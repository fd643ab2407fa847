"""What cannot be planned as asked: named, with the rule that refuses; all the rest is planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alpes_matching.placement.asked import Asked, Fit, Lot, Person, Stint, Weeks
from alpes_matching.wording import N_

MOST_SCORE = 10_000


class Rule(StrEnum):
    """Why something that was asked is left out."""

    LOT_TWICE = "lot_twice"
    NOTHING_DUE = "nothing_due"
    WEEKS_BACKWARDS = "weeks_backwards"
    NOT_URGENT = "not_urgent"
    PERSON_TWICE = "person_twice"
    NO_HOURS = "no_hours"
    FIT_TWICE = "fit_twice"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_LOT = "unknown_lot"
    SCORE_OUT_OF_RANGE = "score_out_of_range"
    PIN_OUTSIDE_WEEKS = "pin_outside_weeks"
    PIN_OVERLAPS = "pin_overlaps"
    PIN_TOO_LONG = "pin_too_long"


RULES: Mapping[Rule, str] = {
    Rule.LOT_TWICE: N_("deux lots portent le même nom : seul le premier est gardé"),
    Rule.NOTHING_DUE: N_("ce lot ne doit plus aucune heure"),
    Rule.WEEKS_BACKWARDS: N_("ces semaines finissent avant de commencer"),
    Rule.NOT_URGENT: N_("l’urgence d’un lot est un nombre entier à partir de 1"),
    Rule.PERSON_TWICE: N_("cette personne est donnée deux fois : seule la première est gardée"),
    Rule.NO_HOURS: N_("cette personne n’a pas d’heures de travail à donner"),
    Rule.FIT_TWICE: N_("cette personne est donnée deux fois pour ce lot : la première fois compte"),
    Rule.UNKNOWN_PERSON: N_("cette personne n’est pas parmi celles à placer"),
    Rule.UNKNOWN_LOT: N_("ce lot n’est pas parmi ceux à servir"),
    Rule.SCORE_OUT_OF_RANGE: N_("le score d’une personne pour un lot va de 0 à 10 000"),
    Rule.PIN_OUTSIDE_WEEKS: N_("la personne ou le lot n’a pas toutes ces semaines"),
    Rule.PIN_OVERLAPS: N_("la personne a déjà une mission fixée dans ces semaines"),
    Rule.PIN_TOO_LONG: N_("ces heures dépassent ce que la personne peut faire dans ces semaines ou en tout"),
}
"""Each rule in a French sentence that follows a colon."""


@dataclass(frozen=True)
class Refused:
    """Something that was left out, and the rule."""

    what: Lot | Person | Fit | Stint
    rule: Rule


@dataclass(frozen=True)
class Sound:
    """What can be planned, in one order whatever the order in which it was given."""

    lots: tuple[Lot, ...]
    people: tuple[Person, ...]
    fits: tuple[Fit, ...]
    pinned: tuple[Stint, ...]


def sound(asked: Asked) -> tuple[Sound, tuple[Refused, ...]]:
    """What of it can be planned, and what was left out."""
    refused: list[Refused] = []
    lots = {lot.key: lot for lot in _lots(asked.lots, refused)}
    people = {person.key: person for person in _people(asked.people, refused)}
    excluded = set(asked.excluded)
    fits: dict[tuple[str, str], Fit] = {}
    for fit in asked.fits:
        rule = _fit_rule(fit, lots, people, fits)
        if rule is not None:
            refused.append(Refused(fit, rule))
        else:
            fits[fit.person, fit.lot] = fit
    pinned = tuple(_pinned(asked.pinned, lots, people, refused))
    kept = tuple(fits[pair] for pair in sorted(fits) if pair not in excluded)
    return Sound(
        tuple(sorted(lots.values(), key=lambda lot: lot.key)),
        tuple(sorted(people.values(), key=lambda person: person.key)),
        kept,
        pinned,
    ), tuple(refused)


def _lots(given: Iterable[Lot], refused: list[Refused]) -> Iterable[Lot]:
    seen: set[str] = set()
    for lot in given:
        rule = Rule.LOT_TWICE if lot.key in seen else _lot_rule(lot)
        seen.add(lot.key)
        if rule is None:
            yield lot
        else:
            refused.append(Refused(lot, rule))


def _lot_rule(lot: Lot) -> Rule | None:
    if lot.weeks.end <= lot.weeks.start:
        return Rule.WEEKS_BACKWARDS
    if lot.urgency < 1:
        return Rule.NOT_URGENT
    return None if lot.due > 0 else Rule.NOTHING_DUE


def _people(given: Iterable[Person], refused: list[Refused]) -> Iterable[Person]:
    seen: set[str] = set()
    for person in given:
        if person.key in seen:
            refused.append(Refused(person, Rule.PERSON_TWICE))
            continue
        seen.add(person.key)
        weeks = tuple(sorted(span for span in person.weeks if span.end > span.start))
        if len(weeks) < len(person.weeks):
            refused.append(Refused(person, Rule.WEEKS_BACKWARDS))
        if person.weekly <= 0 or person.most <= 0 or not weeks:
            refused.append(Refused(person, Rule.NO_HOURS))
        else:
            yield Person(person.key, weeks, person.weekly, person.most)


def _fit_rule(
    fit: Fit, lots: Mapping[str, Lot], people: Mapping[str, Person], fits: Mapping[tuple[str, str], Fit]
) -> Rule | None:
    if fit.person not in people:
        return Rule.UNKNOWN_PERSON
    if fit.lot not in lots:
        return Rule.UNKNOWN_LOT
    if (fit.person, fit.lot) in fits:
        return Rule.FIT_TWICE
    return None if 0 <= fit.score <= MOST_SCORE else Rule.SCORE_OUT_OF_RANGE


def _pinned(
    given: Iterable[Stint], lots: Mapping[str, Lot], people: Mapping[str, Person], refused: list[Refused]
) -> Iterable[Stint]:
    """The pins that can stand together, the earlier given first."""
    held: dict[str, list[Stint]] = {}
    for pin in given:
        own = held.setdefault(pin.person, [])
        rule = _pin_rule(pin, lots, people, own)
        if rule is not None:
            refused.append(Refused(pin, rule))
        else:
            own.append(pin)
            yield Stint(pin.person, pin.start, pin.end, pin.lot, pin.minutes, pinned=True)


def _pin_rule(pin: Stint, lots: Mapping[str, Lot], people: Mapping[str, Person], own: list[Stint]) -> Rule | None:
    person, lot = people.get(pin.person), lots.get(pin.lot)
    if person is None or lot is None:
        return Rule.UNKNOWN_PERSON if person is None else Rule.UNKNOWN_LOT
    weeks = range(pin.start, pin.end)
    there = all(any(span.start <= week < span.end for span in person.weeks) for week in weeks)
    if not weeks or not there or pin.start < lot.weeks.start or pin.end > lot.weeks.end:
        return Rule.PIN_OUTSIDE_WEEKS
    if any(pin.start < other.end and other.start < pin.end for other in own):
        return Rule.PIN_OVERLAPS
    total = pin.minutes + sum(other.minutes for other in own)
    too_long = not 0 < pin.minutes <= person.weekly * len(weeks) or total > person.most
    return Rule.PIN_TOO_LONG if too_long else None


def all_weeks(question: Sound) -> Weeks:
    """From the first week that any lot has to the last."""
    return Weeks(min(lot.weeks.start for lot in question.lots), max(lot.weeks.end for lot in question.lots))
