"""What is known of a person under the social clause, in words, for the document that they alone read.

Documents and opinions that speak for them, what was found of contracts, where they were proposed, their work contracts
with the hours. What tells of health is named: it is their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from alpes_events.clause.durations import in_hours
from alpes_events.clause.tables.employment_rows import EmploymentContract, EmploymentMode, LaterSituation
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import (
    HEALTH,
    DisabilityProof,
    EligibilityAssessment,
    EligibilityProof,
    Eligible,
    Issuer,
)
from alpes_events.clause.tally.words import MODES, SITUATIONS
from alpes_events.documents.record import Chapter
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.privacy.clause_known import ClauseKnown, clause_known
from alpes_events.privacy.told_project import Tell

_ISSUERS: Mapping[Issuer, str] = {
    Issuer.FRANCE_TRAVAIL: N_("France Travail"),
    Issuer.MDE: N_("Maison de l’Emploi"),
    Issuer.MISSION_LOCALE: N_("Mission Locale"),
    Issuer.MDPH: N_("MDPH"),
}
_ANSWERS: Mapping[Eligible, str] = {
    Eligible.YES: N_("La clause vous est ouverte"),
    Eligible.NO: N_("La clause ne vous est pas ouverte"),
    Eligible.UNKNOWN: N_("Il manque un justificatif pour le dire"),
}
_PLACEMENTS: Mapping[PlacementState, str] = {
    PlacementState.PROPOSED: N_("Nous vous avons proposé à l’entreprise"),
    PlacementState.ACCEPTED: N_("L’entreprise a accepté"),
    PlacementState.REFUSED: N_("L’entreprise a refusé"),
    PlacementState.DECLINED: N_("Vous n’avez pas voulu"),
    PlacementState.HIRED: N_("Vous avez été embauché"),
    PlacementState.WITHDRAWN: N_("Nous avons retiré la proposition"),
}
_ACCOUNTS: Mapping[HourAccount, str] = {
    HourAccount.PLANNED: N_("Heures prévues"),
    HourAccount.DECLARED: N_("Heures déclarées, en attente"),
    HourAccount.VALIDATED: N_("Heures validées"),
    HourAccount.REFUSED: N_("Heures refusées"),
}
_Entry = tuple[str, Sequence[tuple[str, str]]]


def clause_told(db: Session, candidate_ids: Sequence[int], tell: Tell, language: str) -> list[Chapter]:
    """The chapters that have something to tell."""
    known = clause_known(db, candidate_ids, language=language)
    teller = _Teller(known, tell, language)
    chapters = [
        Chapter(
            tell(N_("Vos justificatifs pour la clause sociale")), entries=[teller.proof(one) for one in known.proofs]
        ),
        Chapter(
            tell(N_("Votre droit à la clause sociale")), facts=[teller.assessment(one) for one in known.assessments]
        ),
        Chapter(tell(N_("Où nous vous avons proposé")), facts=[teller.placement(one) for one in known.placements]),
        Chapter(
            tell(N_("Vos contrats de travail en clause sociale")), entries=[teller.work(one) for one in known.works]
        ),
    ]
    return [one for one in chapters if one.facts or one.entries]


@dataclass(frozen=True)
class _Teller:
    """Puts rows into words."""

    known: ClauseKnown
    tell: Tell
    language: str

    def day(self, day: date | None) -> str:
        return "" if day is None else dates.short_day(day, language=self.language, year=True)

    def public(self, code: str | None) -> str:
        return "" if code is None else self.known.publics.get(code, code)

    def proof(self, row: EligibilityProof | DisabilityProof) -> _Entry:
        """One document: what it says, its days, an opinion with its text and what became of it."""
        facts = [
            (self.tell(N_("Document du")), self.day(row.issued_on)),
            (self.tell(N_("Référence")), row.reference),
            (self.tell(N_("Compte à partir du")), self.day(row.valid_from)),
            (self.tell(N_("Ne compte plus à partir du")), self.day(row.valid_until)),
            (self.tell(N_("Ce qu’il dit")), "" if row.holds else self.tell(N_("que vous n’en relevez pas"))),
        ]
        if isinstance(row, EligibilityProof) and row.issuer is not None:
            facts += [
                (self.tell(N_("Avis de")), self.tell(_ISSUERS[row.issuer])),
                (self.tell(N_("Texte de l’avis")), row.opinion),
                (self.tell(N_("Décision")), self._decision(row)),
            ]
        return self.public(row.code), facts

    def _decision(self, row: EligibilityProof) -> str:
        if row.refused_at is not None:
            return self.tell(N_("non retenu"))
        return self.tell(N_("en attente") if row.validated_at is None else N_("retenu"))

    def assessment(self, row: EligibilityAssessment) -> tuple[str, str]:
        """What was found for a contract on a day, and by which public."""
        code = self.known.health_of_assessments.get(row.id or 0) if row.criterion_code == HEALTH else row.criterion_code
        told = [self.tell(_ANSWERS[row.answer]), self.public(code)]
        return f"{self.known.contracts.get(row.contract_id, '')}, {self.day(row.assessed_on)}", "\n".join(
            filter(None, told)
        )

    def placement(self, row: Placement) -> tuple[str, str]:
        """Where, for which company, since when, and how far it came."""
        company = self.known.companies.get(row.company_id or 0, "")
        place = ", ".join(filter(None, (self.known.lots.get(row.lot_id, ""), company)))
        return place, f"{self.tell(_PLACEMENTS[row.state])} ({self.day(row.moved_at.date())})"

    def work(self, row: EmploymentContract) -> _Entry:
        """One work contract."""
        company = self.known.companies.get(row.company_id, "")
        return f"{self.known.lots.get(row.lot_id, '')}, {company}", list(self._work_facts(row))

    def _work_facts(self, row: EmploymentContract) -> Iterator[tuple[str, str]]:
        number = row.id or 0
        code = self.known.health_of_works.get(number) if row.criterion_code == HEALTH else row.criterion_code
        yield self.tell(N_("Du")), self.day(row.starts_on)
        yield self.tell(N_("Jusqu’au")), self.day(row.ended_on or row.ends_on)
        yield self.tell(N_("Employeur")), self.known.companies.get(row.employer_id or 0, "")
        yield self.tell(N_("Modalité")), self.tell(MODES[EmploymentMode(row.mode)]) if row.mode else ""
        yield self.tell(N_("Code ROME")), self.known.occupations.get(row.rome_code or "", "")
        yield self.tell(N_("Public retenu")), self.public(code)
        yield self.tell(N_("Commune au premier jour")), row.commune_name
        if row.withdrawn_at is not None:
            yield self.tell(N_("Retiré")), self.tell(N_("noté par erreur"))
        for account, words in _ACCOUNTS.items():
            yield self.tell(words), self._hours(number, account)
        for months, words in ((6, N_("Situation à 6 mois")), (12, N_("Situation à 12 mois"))):
            situation = self.known.situations.get((number, months))
            yield self.tell(words), self.tell(SITUATIONS[LaterSituation(situation)]) if situation else ""

    def _hours(self, employment_id: int, account: HourAccount) -> str:
        """« 35 h (janvier 2026 : 20 h, février 2026 : 15 h) »."""
        months = self._minutes(employment_id, account)
        if not months:
            return ""
        told = ", ".join(
            self.tell(
                N_("%(month)s : %(hours)s"),
                month=dates.month(month, language=self.language, year=True),
                hours=in_hours(minutes),
            )
            for month, minutes in sorted(months.items())
        )
        return f"{in_hours(sum(months.values()))} ({told})"

    def _minutes(self, employment_id: int, account: HourAccount) -> dict[date, int]:
        """By month; of declared hours those that nobody decided yet."""
        balances = self.known.hours.get(employment_id, {})
        name = "waiting" if account is HourAccount.DECLARED else account.value
        told = {month: int(getattr(balance, name)) for month, balance in balances.items()}
        return {month: minutes for month, minutes in told.items() if minutes}
