"""Why an interview cannot be at a place, in a sentence with names and hours."""

from alpes_events.interviews.board import Hindrance, Obstacle
from alpes_events.interviews.names import Names
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, Sentence, say

_WORDS = {
    Obstacle.NOT_EXPECTED: N_("%(person)s n’a plus de place à cet événement."),
    Obstacle.NOT_WISHED: N_("%(person)s n’a pas, ou plus, choisi %(exhibitor)s."),
    Obstacle.NO_TABLE: N_("%(exhibitor)s n’a pas, ou plus, cette table."),
    Obstacle.NO_SLOT: N_("%(exhibitor)s n’a pas de créneau à %(hour)s à la table « %(table)s »."),
    Obstacle.PAST: N_("%(hour)s est déjà passé : choisissez un créneau à venir."),
    Obstacle.MET_ALREADY: N_("L’entretien de %(person)s avec %(exhibitor)s a déjà commencé, ou a eu lieu."),
    Obstacle.NOT_THERE: N_("%(person)s n’est pas là à cette heure."),
    Obstacle.BUSY: N_("%(person)s rencontre déjà %(other_exhibitor)s de %(other_from)s à %(other_to)s."),
    Obstacle.WALK: N_(
        "%(person)s rencontre %(other_exhibitor)s de %(other_from)s à %(other_to)s, dans une autre salle : "
        "il lui faut %(minutes)d minutes pour y aller."
    ),
    Obstacle.AT_MOST: N_("%(person)s a déjà autant d’entretiens qu’il lui en faut : %(most)d."),
    Obstacle.TAKEN: N_("La table « %(table)s » de %(exhibitor)s est prise à %(other_from)s par %(other_person)s."),
}
_FROM = N_("%(person)s n’est pas là avant %(first)s.")
_UNTIL = N_("%(person)s n’est plus là après %(last)s.")


class BadPlace(BadInput):
    """An interview cannot be there."""


class UnfitPlan(Refusal):
    """A draft in which something cannot be any more."""

    def __init__(self, *, count: int) -> None:
        super().__init__(
            N_(
                "Des entretiens de cette proposition ne sont plus possibles (%(count)d) : "
                "déplacez-les ou retirez-les, puis publiez."
            ),
            count=count,
        )


class TimetableMoved(Refusal):
    """The published timetable changed since this draft was made, or since it was compared."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Les horaires publiés ont changé depuis cette proposition. "
                "Relisez ce qui change, puis confirmez la publication."
            )
        )


class NothingToPropose(Refusal):
    """No wishes, or no tables."""

    def __init__(self) -> None:
        super().__init__(
            N_("Il n’y a rien à arranger : il faut au moins une table ouverte, et quelqu’un qui souhaite y venir.")
        )


def bad_place(found: Hindrance, names: Names) -> BadPlace:
    """The refusal of a hindrance."""
    sentence = hindrance_sentence(found, names)
    return BadPlace(sentence.text, **dict(sentence.facts))


def hindrance_sentence(found: Hindrance, names: Names) -> Sentence:
    """What stands in the way, in a sentence."""
    wanted, by = found.wanted, found.by or found.wanted
    facts: dict[str, object] = {
        "person": names.person(wanted.registration_id),
        "exhibitor": names.exhibitor(wanted.exhibitor_id),
        "table": names.table(wanted.table_id),
        "hour": names.hour(wanted.starts),
        "other_person": names.person(by.registration_id),
        "other_exhibitor": names.exhibitor(by.exhibitor_id),
        "other_from": names.hour(by.starts),
        "other_to": names.hour(by.ends),
        "minutes": found.minutes,
        "most": found.most,
    }
    if found.obstacle is Obstacle.NOT_THERE and found.hours is not None:
        if wanted.starts < found.hours.start:
            return say(_FROM, **facts, first=names.hour(found.hours.start))
        return say(_UNTIL, **facts, last=names.hour(found.hours.end))
    return say(_WORDS[found.obstacle], **facts)
