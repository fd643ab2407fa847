"""What cannot be arranged as asked: named, with the rule that refuses; all the rest is arranged."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alpes_matching.timetable.asked import Day, Person, Pin, Span, Table, Wish
from alpes_matching.wording import N_


class Rule(StrEnum):
    """Why something that was asked is left out."""

    TABLE_TWICE = "table_twice"
    PERSON_TWICE = "person_twice"
    WISH_TWICE = "wish_twice"
    NO_SLOTS = "no_slots"
    SLOT_BACKWARDS = "slot_backwards"
    SLOTS_OVERLAP = "slots_overlap"
    SLOT_PAST = "slot_past"
    HOURS_BACKWARDS = "hours_backwards"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_EXHIBITOR = "unknown_exhibitor"
    PIN_NO_SLOT = "pin_no_slot"
    PIN_SLOT_TAKEN = "pin_slot_taken"
    PIN_OUTSIDE_HOURS = "pin_outside_hours"
    PIN_OVERLAPS = "pin_overlaps"
    PIN_TWICE = "pin_twice"
    PIN_TOO_MANY = "pin_too_many"


RULES: Mapping[Rule, str] = {
    Rule.TABLE_TWICE: N_("deux tables portent le même nom : la seconde n’est pas utilisée"),
    Rule.PERSON_TWICE: N_("cette personne est donnée deux fois : seule la première est gardée"),
    Rule.WISH_TWICE: N_("ce souhait est donné deux fois : seul le premier est gardé"),
    Rule.NO_SLOTS: N_("cette table n’a aucun horaire : donnez-lui des heures d’ouverture"),
    Rule.SLOT_BACKWARDS: N_("ce créneau finit avant de commencer"),
    Rule.SLOTS_OVERLAP: N_("ce créneau commence avant la fin du précédent à la même table"),
    Rule.SLOT_PAST: N_("ce créneau est déjà passé"),
    Rule.HOURS_BACKWARDS: N_("ces heures de présence finissent avant de commencer"),
    Rule.UNKNOWN_PERSON: N_("cette personne n’est pas inscrite"),
    Rule.UNKNOWN_EXHIBITOR: N_("cet exposant n’a aucune table ouverte"),
    Rule.PIN_NO_SLOT: N_("l’exposant n’a pas de créneau à cette heure"),
    Rule.PIN_SLOT_TAKEN: N_("ce créneau est déjà fixé pour quelqu’un d’autre"),
    Rule.PIN_OUTSIDE_HOURS: N_("la personne n’est pas là à cette heure"),
    Rule.PIN_OVERLAPS: N_("la personne a déjà un entretien fixé à cette heure, ou n’a pas le temps d’y aller"),
    Rule.PIN_TWICE: N_("un entretien de cette personne avec cet exposant est déjà fixé"),
    Rule.PIN_TOO_MANY: N_("la personne a déjà autant d’entretiens fixés qu’elle en veut"),
}
"""Each rule in a French sentence that follows a colon."""


@dataclass(frozen=True)
class Refused:
    """Something that was left out, and the rule. A slot is refused with its table."""

    what: Table | Person | Wish | Pin
    rule: Rule
    slot: Span | None = None


def sound(day: Day) -> tuple[Day, tuple[Refused, ...]]:
    """What of the day can be arranged, in one order whatever the order it was given in, and what was left out.

    Pins are left as they are: `pinning` looks at each beside the others.
    """
    refused: list[Refused] = []
    tables = _tables(day, refused)
    people = _people(day, refused)
    known, exhibitors = {person.key for person in people}, {table.exhibitor for table in tables}
    wishes: dict[tuple[str, str], Wish] = {}
    for wish in day.wishes:
        if wish.person not in known:
            refused.append(Refused(wish, Rule.UNKNOWN_PERSON))
        elif wish.exhibitor not in exhibitors:
            refused.append(Refused(wish, Rule.UNKNOWN_EXHIBITOR))
        elif (wish.person, wish.exhibitor) in wishes:
            refused.append(Refused(wish, Rule.WISH_TWICE))
        else:
            wishes[wish.person, wish.exhibitor] = wish
    in_order = tuple(wishes[pair] for pair in sorted(wishes))
    return Day(tables, people, in_order, day.pins, day.walks, day.now), tuple(refused)


def _tables(day: Day, refused: list[Refused]) -> tuple[Table, ...]:
    kept: dict[str, Table] = {}
    for table in day.tables:
        if table.key in kept:
            refused.append(Refused(table, Rule.TABLE_TWICE))
            continue
        if not table.slots:
            refused.append(Refused(table, Rule.NO_SLOTS))
        slots = tuple(_slots(table, day.now, refused))
        if slots:
            kept[table.key] = Table(table.key, table.exhibitor, slots, table.hall)
    return tuple(sorted(kept.values(), key=lambda table: (table.exhibitor, table.key)))


def _slots(table: Table, now: int | None, refused: list[Refused]) -> list[Span]:
    kept: list[Span] = []
    for slot in sorted(table.slots):
        if slot.end <= slot.start:
            refused.append(Refused(table, Rule.SLOT_BACKWARDS, slot))
        elif kept and slot.start < kept[-1].end:
            refused.append(Refused(table, Rule.SLOTS_OVERLAP, slot))
        elif now is not None and slot.start < now:
            refused.append(Refused(table, Rule.SLOT_PAST, slot))
        else:
            kept.append(slot)
    return kept


def _people(day: Day, refused: list[Refused]) -> tuple[Person, ...]:
    kept: dict[str, Person] = {}
    for person in day.people:
        if person.key in kept:
            refused.append(Refused(person, Rule.PERSON_TWICE))
            continue
        backwards = [span for span in person.hours if span.end <= span.start]
        refused += [Refused(person, Rule.HOURS_BACKWARDS, span) for span in backwards]
        hours = tuple(sorted(span for span in person.hours if span.end > span.start))
        kept[person.key] = Person(person.key, hours, max(0, person.most))
    return tuple(sorted(kept.values(), key=lambda person: person.key))
