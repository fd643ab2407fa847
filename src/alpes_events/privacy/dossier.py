"""Everything that is one person's: their records after merges, sign-ups and account, and the rows found by them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, false, or_
from sqlmodel import Session, SQLModel, col, select

from alpes_events.attendance.models import Registration
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.proof_rows import EligibilityAssessment
from alpes_events.fair.meetings import Interview
from alpes_events.hiring.applications import JobApplication
from alpes_events.pathways.models import Enrolment
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_events.privacy.holdings import HOLDINGS, Holding, Link

_SUBJECTS = (Link.CANDIDATE, Link.REGISTRATION, Link.ACCOUNT, Link.APPLICATION)


@dataclass(frozen=True)
class Dossier:
    """The ids of a person's records (the one that stands first), sign-ups, accounts, applications; addresses."""

    candidate_ids: tuple[int, ...]
    registration_ids: tuple[int, ...]
    account_ids: tuple[int, ...]
    application_ids: tuple[int, ...] = ()
    addresses: tuple[str, ...] = ()

    def ids(self, link: Link) -> tuple[int, ...] | tuple[str, ...]:
        """The ids, or addresses, that a column of this link may hold."""
        match link:
            case Link.CANDIDATE:
                return self.candidate_ids
            case Link.REGISTRATION:
                return self.registration_ids
            case Link.APPLICATION:
                return self.application_ids
            case Link.ADDRESS:
                return self.addresses
            case _:
                return self.account_ids


def dossier_of(db: Session, candidate_id: int) -> Dossier:
    """The dossier of the person whose record this is, or was before a merge. Raises `UnknownCandidate`."""
    kept = canonical(db, the_candidate(db, candidate_id))
    assert kept.id is not None
    records = (kept.id, *(one for one in records_of(db, kept.id) if one != kept.id))
    registrations = db.exec(select(Registration.id).where(col(Registration.candidate_id).in_(records)))
    own = select(Account.id, Account.email).where(
        col(Account.candidate_id).in_(records), Account.role == Role.CANDIDATE
    )
    accounts = db.exec(own).all()
    applications = db.exec(select(JobApplication.id).where(col(JobApplication.candidate_id).in_(records)))
    addresses = db.exec(select(Candidate.email).where(col(Candidate.id).in_(records)))
    return Dossier(
        records,
        tuple(one for one in registrations if one is not None),
        tuple(one for one, _email in accounts if one is not None),
        tuple(one for one in applications if one is not None),
        tuple({*filter(None, addresses), *(email for _one, email in accounts)}),
    )


def holdings() -> Iterator[tuple[Table, Holding]]:
    """The tables that hold something of a person, those that others point to first."""
    for table in SQLModel.metadata.sorted_tables:
        if table.name in HOLDINGS:
            yield table, HOLDINGS[table.name]


def theirs(table: Table, holding: Holding, dossier: Dossier) -> ColumnElement[bool]:
    """The condition by which a row of `table` is this person's."""
    found: list[ColumnElement[bool]] = []
    for name, link in holding.links.items():
        if link is Link.SUBJECT:
            found += [_subject(table, kind, dossier) for kind in _SUBJECTS]
        elif link is Link.EMPLOYMENT:
            jobs = select(EmploymentContract.id).where(col(EmploymentContract.candidate_id).in_(dossier.candidate_ids))
            found.append(table.c[name].in_(jobs))
        elif link is Link.ASSESSMENT:
            assessed = col(EligibilityAssessment.candidate_id).in_(dossier.candidate_ids)
            found.append(table.c[name].in_(select(EligibilityAssessment.id).where(assessed)))
        elif link is Link.ENROLMENT:
            entered = select(Enrolment.id).where(col(Enrolment.candidate_id).in_(dossier.candidate_ids))
            found.append(table.c[name].in_(entered))
        elif link is Link.INTERVIEW:
            own = select(Interview.id).where(col(Interview.registration_id).in_(dossier.registration_ids))
            found.append(table.c[name].in_(own))
        else:
            found.append(table.c[name].in_(dossier.ids(link)))
    return or_(false(), *found)


def _subject(table: Table, kind: Link, dossier: Dossier) -> ColumnElement[bool]:
    return and_(table.c.subject_kind == kind.value, table.c.subject_id.in_(dossier.ids(kind)))


def standing_record(db: Session, dossier: Dossier) -> Candidate:
    """The record that stands for the person."""
    return db.get_one(Candidate, dossier.candidate_ids[0])
