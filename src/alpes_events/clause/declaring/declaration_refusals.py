"""What declaring and deciding hours refuses, each with its sentence."""

from collections.abc import Collection, Mapping, Sequence

from alpes_events.clause.declaring.declaring import Flag
from alpes_events.clause.declaring.declaring_problems import Problem
from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownDeclaration(NotFound):
    """No such declaration, or another company's."""

    def __init__(self) -> None:
        super().__init__(N_("Cette déclaration n’existe pas."))


class UnknownLine(NotFound):
    """No such line of a declaration."""

    def __init__(self) -> None:
        super().__init__(N_("Cette ligne n’est pas, ou n’est plus, dans la déclaration."))


class BadMonth(BadInput):
    """A month of which nothing can be declared."""


class BadLines(BadInput):
    """Lines that cannot be: each problem names its place among them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(N_("Une ligne au moins ne peut pas être juste : corrigez-la."), field="lines")
        self.problems = tuple(problems)


class ToConfirm(Refusal):
    """Something unusual that the company has not confirmed yet, by the place of each line."""

    status = 422

    def __init__(self, flags: Mapping[int, tuple[Flag, ...]]) -> None:
        super().__init__(N_("Relisez les remarques, puis confirmez."))
        self.flags = dict(flags)


class NothingDeclared(BadInput):
    """Neither hours nor « nobody worked »."""

    def __init__(self) -> None:
        super().__init__(
            N_("Écrivez les heures d’une personne au moins, ou cochez « Personne n’a travaillé »."), field="nobody"
        )


class SomebodyWorked(BadInput):
    """« Nobody worked », and hours."""

    def __init__(self) -> None:
        super().__init__(
            N_("Il y a des heures dans cette déclaration : effacez-les, ou décochez « Personne n’a travaillé »."),
            field="nobody",
        )


class SentAlready(Refusal):
    """A draft of what was sent."""

    def __init__(self) -> None:
        super().__init__(N_("Cette déclaration est déjà envoyée : envoyez vos changements pour qu’ils comptent."))


class LineDecided(Refusal):
    """A change to a line that was decided meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("Ces heures ont été décidées pendant que vous écriviez : rouvrez la page, puis relisez."))


class NotToDecide(Refusal):
    """A decision about a line that does not wait for one."""

    def __init__(self) -> None:
        super().__init__(N_("Quelqu’un a déjà décidé de cette ligne, ou elle a changé : rouvrez la page."))


class NobodyNamed(Refusal):
    """Validating hours of somebody whom nobody recognised."""

    def __init__(self) -> None:
        super().__init__(N_("Dites d’abord qui est cette personne, puis validez ses heures."))


class CountedAlready(BadInput):
    """Validating hours of which the ledger has some already, without saying whether they come on top."""

    def __init__(self, line_ids: Collection[int]) -> None:
        super().__init__(
            N_(
                "Le registre a déjà des heures de cette personne, ce mois-là, pour ce marché : "
                "dites si celles-ci s’y ajoutent ou les remplacent, ou refusez-les."
            ),
            field="counting",
        )
        self.line_ids = frozenset(line_ids)


class DeclarationMoved(Refusal):
    """Acting on a declaration in which somebody wrote since it was read."""

    def __init__(self) -> None:
        super().__init__(
            N_("Quelqu’un a changé cette déclaration pendant que vous écriviez : relisez, puis recommencez.")
        )


class SaidInDeclaration(Refusal):
    """Correcting in the ledger hours that a declaration says."""

    def __init__(self, declaration_id: int) -> None:
        super().__init__(
            N_(
                "Ces heures viennent d’une déclaration : corrigez-les là, en annulant la décision ou en changeant "
                "la ligne."
            )
        )
        self.declaration_id = declaration_id


class ReasonNeeded(BadInput):
    """A refusal without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Écrivez pourquoi, en 300 signes au plus : l’entreprise le lira."), field="reason")


class OtherCompanysContract(BadInput):
    """An employment contract that is not of this company, or not of this month."""

    def __init__(self) -> None:
        super().__init__(N_("Choisissez un contrat de travail de cette entreprise, ce mois-là."), field="employment_id")
