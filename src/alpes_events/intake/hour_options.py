"""How a file of hours is taken, and whose hours somebody may not decide on."""

from dataclasses import dataclass, field

from sqlmodel import Session

from alpes_events.clause.belonging import belongs_to
from alpes_events.clause.refusals import OwnCompany
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.intake.hour_things import SomeCompany


@dataclass(frozen=True)
class HourOptions:
    """How a file is taken: `account` says as what, `creates` whether unknown contracts are created, `corrects` whether
    hours that differ from the ledger's are corrected there. `at_once`: rows of one transaction; `most_plans`: so often
    a plan is made anew before somebody is told that others write all the time.
    """

    account: HourAccount = HourAccount.VALIDATED
    dry_run: bool = False
    all_or_nothing: bool = False
    creates: bool = True
    corrects: bool = False
    at_once: int = 250
    most_plans: int = 200


@dataclass
class OwnCompanies:
    """Nobody decides on hours of a company they belong to."""

    db: Session
    account_id: int | None
    known: dict[int, bool] = field(default_factory=dict)

    def check(self, company: SomeCompany | None) -> None:
        """Raises `OwnCompany`."""
        if self.account_id is None or company is None or company.id is None:
            return
        if company.id not in self.known:
            self.known[company.id] = belongs_to(self.db, self.account_id, company.id)
        if self.known[company.id]:
            raise OwnCompany
