"""What a timetable is worth, in words: wishes met beside the bound, fairness, waiting, and what was refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from alpes_events.interviews.names import Names
from alpes_events.interviews.standing import LEFT_WORDS, Left
from alpes_events.language.sentence import N_
from alpes_matching.timetable import RULES, Rule
from alpes_web.languages import translated, translated_count
from alpes_web.staff.acting import said

_SLOT_RULES = frozenset({Rule.SLOT_PAST, Rule.SLOT_BACKWARDS, Rule.SLOTS_OVERLAP})


def worth(figures: Mapping[str, Any]) -> list[str]:
    """Sentences on what the timetable meets, how fair it is and how long people and tables wait."""
    return [
        _met(figures["met"], figures["wishes"]) + " " + _bound(figures),
        *_fairness(figures["people"]),
        _waiting(figures),
    ]


def _met(met: int, wishes: int) -> str:
    words = translated_count(
        "%(met)d souhait sur %(wishes)d est tenu.", "%(met)d souhaits sur %(wishes)d sont tenus.", met
    )
    return words % {"met": met, "wishes": wishes}


def _bound(figures: Mapping[str, Any]) -> str:
    bound = figures.get("bound_met")
    if bound is None:
        return ""
    if figures["met"] >= figures["wishes"]:
        return ""
    if figures["met"] >= bound:
        words = N_("Aucun horaire ne peut en tenir davantage.")
        return said(
            N_("Aucun horaire ne peut en tenir davantage sans bouger ce qui est fixé.")
            if figures.get("pins")
            else words
        )
    return said(N_("Aucun horaire ne peut en tenir plus de %(bound)d."), bound=bound)


def _fairness(people: Sequence[int]) -> list[str]:
    none, one, two, more = people
    first = (
        translated("Personne n’est sans entretien.")
        if not none
        else translated_count("%(num)d personne n’a aucun entretien.", "%(num)d personnes n’ont aucun entretien.", none)
        % {"num": none}
    )
    rest = said(
        N_("Personnes avec un entretien : %(one)d ; deux : %(two)d ; trois ou plus : %(more)d."),
        one=one,
        two=two,
        more=more,
    )
    return [first, rest]


def _waiting(figures: Mapping[str, Any]) -> str:
    if not figures["person_idle"] and not figures["table_idle"]:
        return translated("Personne n’attend entre deux entretiens, et aucune table n’a de trou.")
    return said(
        N_("Entre deux entretiens, les personnes attendent %(people)d minutes en tout, et les tables %(tables)d."),
        people=figures["person_idle"],
        tables=figures["table_idle"],
    )


def cause(left: Left) -> str:
    """Why a wish is not met."""
    return translated(LEFT_WORDS[left])


def refused(rows: Sequence[Sequence[Any]], names: Names) -> list[str]:
    """What the planner left out, each with its rule, in sentences."""
    return [_refused(row, names) for row in rows]


def _refused(row: Sequence[Any], names: Names) -> str:
    what, number, code, *more = row
    rule = Rule(code)
    match what:
        case "table":
            subject = said(
                N_("Table « %(table)s » de %(exhibitor)s"),
                table=names.table(number),
                exhibitor=names.exhibitor(more[0]),
            )
            if rule in _SLOT_RULES:
                count = more[1]
                subject += " (" + translated_count("%(num)d créneau", "%(num)d créneaux", count) % {"num": count} + ")"
        case "wish":
            subject = said(
                N_("Souhait de %(person)s pour %(exhibitor)s"),
                person=names.person(number),
                exhibitor=names.exhibitor(more[0]),
            )
        case "pin":
            subject = said(
                N_("Entretien fixé de %(person)s avec %(exhibitor)s à %(hour)s"),
                person=names.person(number),
                exhibitor=names.exhibitor(more[0]),
                hour=names.hour(more[1]),
            )
        case _:
            subject = names.person(number)
    return said(N_("%(subject)s : %(rule)s."), subject=subject, rule=translated(RULES[rule]))
