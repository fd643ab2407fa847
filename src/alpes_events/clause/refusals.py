"""What the clause refuses, each with its sentence."""

from datetime import date

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownAuthority(NotFound):
    """No such contracting authority."""

    def __init__(self) -> None:
        super().__init__(N_("Ce maître d’ouvrage n’existe pas."))


class UnknownClauseOperation(NotFound):
    """No such operation."""

    def __init__(self) -> None:
        super().__init__(N_("Cette opération n’existe pas."))


class UnknownPublicContract(NotFound):
    """No such public contract."""

    def __init__(self) -> None:
        super().__init__(N_("Ce marché n’existe pas."))


class UnknownLot(NotFound):
    """No such lot."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lot n’existe pas."))


class UnknownLotCompany(NotFound):
    """No such company on this lot."""

    def __init__(self) -> None:
        super().__init__(N_("Cette entreprise n’est plus sur ce lot."))


class UnknownTarget(NotFound):
    """No such intermediate target of this lot."""

    def __init__(self) -> None:
        super().__init__(N_("Cet objectif n’est plus dans la liste."))


class UnknownConvention(NotFound):
    """No such convention of globalisation."""

    def __init__(self) -> None:
        super().__init__(N_("Cette convention n’existe pas."))


class UnknownBonus(NotFound):
    """No such rule of valuation."""

    def __init__(self) -> None:
        super().__init__(N_("Cette règle n’est plus dans la liste."))


class StillInUse(Refusal):
    """Removing something that other things hang on."""

    def __init__(self) -> None:
        super().__init__(N_("D’autres fiches en dépendent : on ne peut retirer que ce qui est vide."))


class UnknownEmployment(NotFound):
    """No such employment contract."""

    def __init__(self) -> None:
        super().__init__(N_("Ce contrat de travail n’est plus dans la liste."))


class UnknownHours(NotFound):
    """No such entry of the ledger."""

    def __init__(self) -> None:
        super().__init__(N_("Ces heures ne sont pas dans le registre de ce marché."))


class BadClause(BadInput):
    """Something about an authority, an operation, a contract or a lot that cannot be; `field` names it."""


class BadHours(BadInput):
    """Hours that cannot be right; `field` names what."""


class ObligationBelowZero(Refusal):
    """An amendment that takes more hours than the lot owes."""

    def __init__(self, *, hours: str) -> None:
        super().__init__(
            N_("Cet avenant ôterait plus d’heures que le lot n’en doit (%(hours)s) : vérifiez le nombre."), hours=hours
        )


class TakenBackAlready(Refusal):
    """A second correction of the same entry."""

    def __init__(self) -> None:
        super().__init__(N_("Ces heures ont déjà été corrigées : ouvrez l’écriture qui les remplace."))


class NotCorrectable(Refusal):
    """A correction of a correction, or of a transfer."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Une correction ou un transfert ne se corrige pas : "
                "inscrivez les heures justes, ou annulez le transfert depuis la page de sa convention."
            )
        )


class OwnCompany(Refusal):
    """Somebody who decides for a company they belong to."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("Vous faites partie de cette entreprise : une autre personne doit décider de ses heures."))


class ContractClosed(Refusal):
    """Hours for a contract whose accounts are closed."""

    def __init__(self) -> None:
        super().__init__(N_("Les comptes de ce marché sont clos : rouvrez-le d’abord."))


class NotGlobalised(Refusal):
    """A transfer that no convention allows."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Aucune convention de globalisation signée de cette entreprise ne réunit ces deux lots : "
                "enregistrez-la d’abord."
            )
        )


class TooFewHours(Refusal):
    """A transfer of more hours than were validated."""

    def __init__(self, *, hours: str) -> None:
        super().__init__(
            N_("Il n’y a que %(hours)s à transférer pour cette personne ce mois-là : réduisez le nombre."), hours=hours
        )


class ConventionNotInForce(Refusal):
    """A transfer of hours of a month in which the convention did not hold: not signed yet, or over."""

    def __init__(self, *, reference: str, signed_on: date, ends_on: date | None, month: date) -> None:
        if ends_on is None:
            text = N_(
                "La convention %(reference)s est signée le %(day)s : elle ne vaut pas pour les heures de %(month)s."
            )
        else:
            text = N_("La convention %(reference)s a pris fin le %(day)s : elle ne vaut plus pour %(month)s.")
        super().__init__(text, reference=reference, day=f"{ends_on or signed_on:%d/%m/%Y}", month=f"{month:%m/%Y}")


class UnknownTransfer(NotFound):
    """No such transfer under this convention."""

    def __init__(self) -> None:
        super().__init__(N_("Ce transfert n’est pas au registre de cette convention."))


class TransferTakenBack(Refusal):
    """A transfer taken back a second time."""

    def __init__(self) -> None:
        super().__init__(N_("Ce transfert a déjà été annulé : ses heures comptent là où elles ont été faites."))


class TransferredAway(Refusal):
    """Taking back hours of which some count on another lot by now: a balance would fall below zero."""

    def __init__(self, *, hours: str, month: date) -> None:
        super().__init__(
            N_(
                "Un transfert compte %(hours)s de %(month)s sur un autre lot : "
                "annulez-le d’abord, depuis la page de la convention."
            ),
            hours=hours,
            month=f"{month:%m/%Y}",
        )
