"""What companies declared of the months of a file: the same hours would count twice if the file said them again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Executable
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.durations import in_hours
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.database.parts import parts
from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_things import SomeEmployment
from alpes_events.language.sentence import N_, Sentence, say

_Key = tuple[int, int, date]
"""Person, public contract and month."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A line that a company sent: of which work contract, and whether it waits or is validated."""

    employment_id: int
    minutes: int
    waits: bool
    company: str


@dataclass(frozen=True)
class DeclaredHours:
    """The lines of declarations that stand, by person, public contract and month."""

    lines: Mapping[_Key, Sequence[Declared]]

    def against(self, employment: SomeEmployment, month: date, minutes: int, *, there: int) -> Sentence | None:
        """Why a row is not taken: its hours wait in a declaration, or count by one. None when nothing is against it.

        `there`: what the ledger has of the work contract in the account of the file.
        """
        person_id, contract_id = employment.person.id, employment.lot.contract.id
        if person_id is None or contract_id is None:
            return None
        lines = self.lines.get((person_id, contract_id, month), ())
        waiting = [one for one in lines if one.waits]
        same = [one for one in lines if one.employment_id == employment.id]
        if there == minutes and same:
            return None
        if waiting:
            return _said(
                N_(
                    "%(company)s a déclaré %(hours)s de cette personne en %(month)s, en attente : "
                    "décidez-en dans sa déclaration."
                ),
                waiting,
                month,
            )
        if same:
            return _said(
                N_(
                    "%(hours)s sont validées par la déclaration de %(company)s en %(month)s : "
                    "corrigez-les dans cette déclaration."
                ),
                same,
                month,
            )
        if lines:
            return _said(
                N_(
                    "%(hours)s de cette personne sont déjà validées en %(month)s pour ce marché, par la déclaration de "
                    "%(company)s. Si ces heures s’y ajoutent, saisissez-les dans une déclaration."
                ),
                lines,
                month,
            )
        return None


def _said(text: str, lines: Sequence[Declared], month: date) -> Sentence:
    hours = in_hours(sum(one.minutes for one in lines))
    companies = ", ".join(dict.fromkeys(one.company for one in lines))
    return say(text, company=companies, hours=hours, month=f"{month:%m/%Y}")


def declared_hours(
    db: Session, register: Register, contract_ids: Iterable[int], *, first: date, last: date
) -> DeclaredHours:
    """What was declared on these public contracts of the months from `first` to `last`, and was not refused."""
    found: defaultdict[_Key, list[Declared]] = defaultdict(list)
    for some in parts(sorted(contract_ids)):
        for row in db.execute(_asked(some, first, last)):
            employment_id, candidate_id, contract_id, month, minutes, state, company_id = row
            person, company = register.people.get(candidate_id), register.companies.get(company_id)
            if person is not None and person.id is not None:
                name = "" if company is None else company.name
                line = Declared(employment_id, minutes, state == LineState.SENT, name)
                found[person.id, contract_id, month].append(line)
    return DeclaredHours(found)


def _asked(contract_ids: Sequence[int], first: date, last: date) -> Executable:
    line, work = DeclaredLine, EmploymentContract
    return (
        columns(
            col(work.id),
            col(work.candidate_id),
            col(ClauseLot.contract_id),
            col(HourDeclaration.month),
            col(line.minutes),
            col(line.state),
            col(HourDeclaration.company_id),
        )
        .select_from(line)
        .join(HourDeclaration, col(HourDeclaration.id) == col(line.declaration_id))
        .join(work, col(work.id) == col(line.employment_id))
        .join(ClauseLot, col(ClauseLot.id) == col(work.lot_id))
        .where(
            col(ClauseLot.contract_id).in_(contract_ids),
            col(HourDeclaration.month) >= first,
            col(HourDeclaration.month) <= last,
            col(line.state).in_((LineState.SENT, LineState.VALIDATED)),
        )
        .order_by(col(line.id))
    )
