"""What the plan of the stands and its prints refuse, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class BadPlan(BadInput):
    """A drawing of a hall, or a move on the plan, that cannot be."""

    def __init__(self, text: str, *, field: str = "drawing", **facts: object) -> None:
        super().__init__(text, field=field, **facts)


class UnknownHall(NotFound):
    """No such hall, or booth, at this event."""

    def __init__(self) -> None:
        super().__init__(N_("Cette salle ou ce stand n’est pas, ou n’est plus, sur le plan : rechargez la page."))


class NothingToPrint(Refusal):
    """A print of stands where there is none, or of badges without names."""

    def __init__(self) -> None:
        super().__init__(
            N_("Il n’y a rien à imprimer : acceptez d’abord des stands, et pour les badges, notez des noms.")
        )
