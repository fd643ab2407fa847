"""What is about to lapse: people at work beyond their eligibility, and proofs on which a hiring waits."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.lapses import Lapsing, lapse_days, lapses
from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.database.engine import Database
from alpes_events.messages.clause_lapses import LapseNews, enqueue_lapses
from alpes_events.messages.links import PreviewLinks
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.relevance import still_due
from alpes_events.messages.rendering import render
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate, Role
from tests.support.clause import Site, a_site, employs
from tests.support.errands import an_account
from tests.support.stories import NOW, somebody

TODAY = NOW.date()


def told(db: Session, *, within: int = 60, health: bool = False) -> list[tuple[Lapsing, date, str | None]]:
    return [(one.kind, one.until, one.code) for one in lapses(db, today=TODAY, within=within, health=health)]


def hired_until(row: EmploymentContract, until: date) -> None:
    """The first hire is the contract's 24 months before the end."""
    row.starts_on = until.replace(year=until.year - 2)


def works_until(db: Session, site: Site, number: int, *, days: int, **changes: object) -> EmploymentContract:
    """Somebody at work whose eligibility ends in so many days."""
    row = db.get_one(EmploymentContract, employs(db, site, number))
    hired_until(row, TODAY + timedelta(days=days))
    row.sqlmodel_update(changes)
    db.add(row)
    db.flush()
    return row


def proves(db: Session, candidate_id: int, code: str, issued_on: date, *, days: int | None = None) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    draft = ProofDraft(code, issued_on, valid_until=until)
    note_proof(db, candidate_id, draft, today=TODAY, now=NOW, account_id=None)


def is_placed(db: Session, site: Site, number: int) -> int:
    candidate_id = find_or_create_candidate(db, somebody(number), now=NOW)
    state = PlacementState.PROPOSED
    db.add(Placement(candidate_id=candidate_id, lot_id=site.lot_id, state=state, created_at=NOW, moved_at=NOW))
    db.flush()
    return candidate_id


def test_eligibility_of_people_who_work_on_is_told_sixty_days_before(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        for number, days in enumerate((0, 1, 15, 60, 61), start=1):
            works_until(db, site, number, days=days)
        works_until(db, site, 6, days=30, ends_on=TODAY + timedelta(days=29))
        works_until(db, site, 7, days=30, withdrawn_at=NOW)
        ends = [TODAY + timedelta(days=days) for days in (1, 15, 60)]
        assert told(db) == [(Lapsing.ELIGIBILITY, day, "RSA") for day in ends]
        assert [one.until for one in lapses(db, today=TODAY, within=15)] == ends[:2]


def test_proof_that_is_merely_old_takes_nothing_from_who_is_hired_but_counts_before(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        hired = works_until(db, site, 1, days=600).candidate_id
        placed = is_placed(db, site, 2)
        for who in (hired, placed):
            proves(db, who, "RSA", date(2026, 1, 20))
        assert [(one.candidate_id, one.until) for one in lapses(db, today=TODAY)] == [(placed, date(2026, 4, 20))]
        proves(db, placed, "RSA", date(2026, 2, 25))
        assert lapses(db, today=TODAY) == []


def test_decision_about_health_that_ends_is_told_to_facilitators_without_its_name(organised: Database) -> None:
    with organised.writing() as db:
        who = works_until(db, a_site(db), 1, days=600).candidate_id
        proves(db, who, "OETH", date(2021, 1, 20), days=20)
        assert told(db) == []
        assert told(db, health=True) == [(Lapsing.PROOF, TODAY + timedelta(days=20), HEALTH)]
        assert lapse_days(db, today=TODAY) == {TODAY + timedelta(days=20): 1}


def test_proof_noted_in_a_merged_record_is_that_of_the_person(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        one, other = is_placed(db, site, 1), find_or_create_candidate(db, somebody(2), now=NOW)
        db.get_one(Candidate, other).merged_into = one
        db.flush()
        proves(db, one, "RSA", date(2026, 1, 20))
        assert len(lapses(db, today=TODAY)) == 1
        row = note_proof(db, other, ProofDraft("RSA", date(2026, 2, 20)), today=TODAY, now=NOW, account_id=None)
        assert row.health is False
        assert lapses(db, today=TODAY) == []


def letters(db: Session) -> list[tuple[str, int | None]]:
    rows = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "clause_lapses").order_by(col(OutboxMessage.id)))
    return [(row.facts["due_on"], row.account_id) for row in rows]


def test_facilitators_are_written_to_sixty_and_fifteen_days_before_once_each(organised: Database) -> None:
    with organised.writing() as db:
        an_account(db)
        facilitator = an_account(db, email="facilitation@example.org", role=Role.FACILITATOR)
        site = a_site(db)
        for number in (1, 2):
            works_until(db, site, number, days=60)
        due = (TODAY + timedelta(days=60)).isoformat()
        days = [TODAY + timedelta(days=late) for late in (-1, 0, 0, 6, 7, 44, 45, 46, 60)]
        counts = [enqueue_lapses(db, day=day, now=NOW) for day in days]
        assert counts == [0, 1, 0, 0, 0, 0, 1, 0, 0]
        assert letters(db) == [(due, facilitator)] * 2


def test_letter_names_nobody_and_is_dropped_when_nothing_ends_any_more(organised: Database) -> None:
    with organised.writing() as db:
        an_account(db, email="facilitation@example.org", role=Role.FACILITATOR)
        row = works_until(db, a_site(db), 1, days=60)
        enqueue_lapses(db, day=TODAY, now=NOW)
        message = db.exec(select(OutboxMessage).where(OutboxMessage.kind == "clause_lapses")).one()
        told = moment_of(db, message, now=NOW)
        words = render(told, PreviewLinks("https://agenda.example.org"))
        assert (still_due(told), told.lapse) == (True, LapseNews(date(2026, 5, 1), 1))
        assert [one for one in ("Nom", "RSA", "École") if one in words.text.replace("Noms", "")] == []
        hired_until(row, TODAY + timedelta(days=400))
        db.add(row)
        db.flush()
        assert still_due(moment_of(db, message, now=NOW)) is False
