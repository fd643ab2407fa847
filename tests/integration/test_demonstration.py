"""The demonstration leaves the rows that the published figures of 2023 count, and an agenda that looks alive."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventKind, EventSession, EventState
from alpes_events.agenda.queries import upcoming
from alpes_events.agenda.templates import templates
from alpes_events.attendance.models import Channel, DoorCount, Presence, Registration, RegistrationState
from alpes_events.companies.double_queries import open_double_count
from alpes_events.companies.speaking import speaker_requests, spoken_for
from alpes_events.database.engine import Database
from alpes_events.demo.accounts import PASSWORD, demo_accounts
from alpes_events.demo.build import NotADemonstration, build_demo, day_of_demo
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.company_stands import stands_of_companies
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Demonstration, Exhibitor, StandCall, Village
from alpes_events.fair.plan_queries import own_hall, plan_of
from alpes_events.fair.requests import takes_requests
from alpes_events.fair.stand_queries import stands_of, state_counts
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.models import RecruitmentOperation
from alpes_events.hiring.operations_table import operation_view
from alpes_events.journal.models import Delivery, DeliveryState
from alpes_events.people.accounts import account_of_email, account_with_password
from alpes_events.people.models import Candidate, Role
from alpes_events.seats.models import SeatPool
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.year_report import COLUMNS, year_report
from tests.support.databases import ENGINES, Templates
from tests.support.demonstration import DEMO_NOW, a_demonstration

PARIS = ZoneInfo("Europe/Paris")
PUBLISHED = {
    "Lille Tables et Toques": (0, 0, 18, 18, 0, 0),
    "DTJ IAE": (9, 0, 41, 38, 64, 0),
    "Les Clés de l'Emploi": (171, 1559, 0, 0, 0, 15),
    "Forum de l'Alternance": (61, 483, 0, 0, 0, 2),
    "Tour de France des apprentis": (0, 0, 22, 0, 0, 0),
    "DTJ Spécial Jeunes": (40, 487, 0, 0, 0, 0),
    "DTJ SAP Santé Animation": (11, 0, 56, 29, 83, 0),
    "Job Dating Seniors": (35, 224, 0, 0, 0, 0),
    "DTJ Textile": (8, 0, 36, 22, 61, 1),
    "DTJ Commerce Logistique": (10, 0, 37, 33, 94, 0),
}
"""Rows of each event: exhibitors, visitors, participants, of whom of the territory, interviews, demonstrations."""


@pytest.fixture(params=ENGINES, scope="module")
def demonstration(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    """The demonstration, read by all tests here; none changes it."""
    with templates.fresh(request.param, a_demonstration) as database:
        yield database


@pytest.fixture
def db(demonstration: Database) -> Iterator[Session]:
    """A reading session on the demonstration."""
    with demonstration.reading() as session:
        yield session


def rows_of(db: Session, event: Event) -> tuple[int, ...]:
    """What was left as rows, counted without the platform's statistics."""
    attended = [
        col(Registration.event_id) == event.id,
        col(Registration.presence) == Presence.ATTENDED,
    ]
    counts = (
        select(func.count()).select_from(Exhibitor).where(col(Exhibitor.event_id) == event.id),
        select(func.coalesce(func.sum(DoorCount.visitor_count), 0)).where(col(DoorCount.event_id) == event.id),
        select(func.count()).select_from(Registration).where(*attended),
        select(func.count()).select_from(Registration).where(*attended, col(Registration.in_territory).is_(True)),
        select(func.count()).select_from(Interview).where(col(Interview.event_id) == event.id),
        select(func.count()).select_from(Demonstration).where(col(Demonstration.event_id) == event.id),
    )
    return tuple(int(db.exec(count).one()) for count in counts)


def test_events_of_2023_leave_the_published_rows(db: Session) -> None:
    first, after = DEMO_NOW.replace(year=2023, month=1, day=1), DEMO_NOW.replace(year=2024, month=1, day=1)
    events = db.exec(select(Event).where(col(Event.starts_at) >= first, col(Event.starts_at) < after)).all()
    found = {event.title: rows_of(db, event) for event in events}
    assert {title: rows for title, rows in found.items() if any(rows)} == PUBLISHED
    assert {event.state for event in events} == {EventState.DONE}
    assert len(events) == 28


def test_statistics_of_2023_print_the_published_figures(db: Session) -> None:
    report = year_report(db, 2023).as_json()
    given = {
        event["name"]: {name: value for name, value in event.items() if name in COLUMNS and value is not None}
        for event in report["events"]
    }
    assert {name: figures for name, figures in given.items() if figures} == {
        "Les Clés de l'Emploi": {"exhibitors": 171, "visitors": 1559, "demonstrations": 15},
        "Forum de l'Alternance": {"exhibitors": 61, "visitors": 483, "demonstrations": 2},
        "Job Dating Seniors": {"exhibitors": 35, "visitors": 224},
        "DTJ IAE": {"exhibitors": 9, "participants": 41, "participants_territory": 38, "interviews": 64},
        "DTJ Spécial Jeunes": {"exhibitors": 40, "visitors": 487},
        "DTJ SAP Santé Animation": {
            "exhibitors": 11,
            "participants": 56,
            "participants_territory": 29,
            "interviews": 83,
        },
        "DTJ Textile": {
            "exhibitors": 8,
            "participants": 36,
            "participants_territory": 22,
            "interviews": 61,
            "demonstrations": 1,
        },
        "DTJ Commerce Logistique": {
            "exhibitors": 10,
            "participants": 37,
            "participants_territory": 33,
            "interviews": 94,
        },
        "Lille Tables et Toques": {"participants_territory": 18},
        "Tour de France des apprentis": {"participants": 22},
    }
    assert report["totals"] == {
        "events": 28,
        "exhibitors": 345,
        "exhibitors_events_known": 8,
        "visitors": 2753,
        "visitors_events_known": 4,
        "participants": 192,
        "participants_events_known": 5,
        "participants_territory": 140,
        "participants_territory_events_known": 5,
        "interviews": 302,
        "interviews_events_known": 4,
        "demonstrations": 18,
        "demonstrations_events_known": 3,
    }


def test_recruitment_of_2023_prints_the_published_figures(db: Session) -> None:
    """Offers, and each operation with its own sessions and contracts."""
    hiring = year_report(db, 2023).as_json()["hiring"]
    offers = {name: value for name, value in hiring.items() if name.startswith("offers")}
    assert offers == {
        "offers_published": 381,
        "offers_published_territory": 70,
        "offers_published_cdi": 253,
    }
    assert hiring["companies_made_aware"] == 364
    kinds = [ContractKind.APPRENTICESHIP, ContractKind.PROFESSIONALISATION, ContractKind.PEC, ContractKind.CIE]
    signed_2023 = [year_report(db, 2023).figures.value("hires", Cut.CONTRACT, kind.value) for kind in kinds]
    assert signed_2023 == [116, 130 - 116, 14, 8]
    operations = {row.name: row.id or 0 for row in db.exec(select(RecruitmentOperation))}
    views = {name: operation_view(db, number) for name, number in operations.items()}
    signed = {
        (name, one.contract.value): (one.count, one.territory_count)
        for name, view in views.items()
        for one in view.hires
    }
    assert signed == {
        ("Ouverture d’une brasserie", "cdi"): (23, 13),
        ("Ouverture d’un supermarché", "cdi"): (34, 20),
        ("Ouverture d’un supermarché", "apprenticeship"): (2, 2),
        ("Ouverture d’un magasin de jouets", "cdd"): (12, 0),
    }
    held = views["Séances avec l’intérim et les associations"].sessions
    assert len(held) == 20
    assert sum(one.candidate_count or 0 for one in held) == 102
    assert sum(one.territory_count or 0 for one in held) == 53
    assert (hiring["recruitment_sessions"], hiring["session_candidates"]) == (21, 102 + 25)
    assert (hiring["hires"], hiring["trained_hires"], hiring["trained_hires_territory"]) == (71 + 694 + 150, 34, 20)


def test_temporary_work_of_2023_prints_persons_and_contracts_apart(db: Session) -> None:
    report = year_report(db, 2023)
    temporary = (Cut.CONTRACT, ContractKind.TEMPORARY.value)
    assert [report.figures.value(one, *temporary) for one in ("hired_persons", "hires")] == [267, 694]
    assert report.as_json()["hiring"]["hired_persons"] == 267
    assert report.as_json()["hiring"]["hires_cdi"] == 23 + 34


def test_people_sign_up_by_day(db: Session) -> None:
    asked = select(Registration.created_at).where(col(Registration.channel) != Channel.DOOR)
    hours = [moment.astimezone(PARIS).hour for moment in db.exec(asked)]
    assert len([hour for hour in hours if not 7 <= hour < 22]) <= len(hours) / 100, "where no day lay in between"


def test_exhibitors_of_the_salon_are_23_percent_of_the_territory(db: Session) -> None:
    inside = db.exec(
        select(Exhibitor.in_territory)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Event.title) == "Les Clés de l'Emploi")
    ).all()
    assert (len(inside), sum(bool(one) for one in inside)) == (171, 39)
    assert round(100 * 39 / 171) == 23


def salons(db: Session) -> tuple[int, int]:
    """The salon of 2023, and the one to come."""
    rows = db.exec(select(Event.id).where(col(Event.kind) == EventKind.SALON).order_by(col(Event.starts_at))).all()
    then, ahead = (one or 0 for one in rows)
    return then, ahead


def test_salon_of_2023_stands_in_nine_villages_and_two_halls(db: Session) -> None:
    then, _ = salons(db)
    by_village = db.exec(
        select(Village.name, func.count())
        .join(Exhibitor, col(Exhibitor.village_id) == col(Village.id))
        .where(col(Exhibitor.event_id) == then, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
        .group_by(col(Village.id))
    ).all()
    assert (len(by_village), sum(count for _name, count in by_village)) == (9, 171)
    plan = plan_of(db, then)
    assert (len(plan.halls), plan.unplaced, sum(bool(one.exhibitor_id) for one in plan.booths)) == (2, (), 171)


def test_salon_to_come_has_requests_in_every_state_and_its_plan(db: Session) -> None:
    _, ahead = salons(db)
    stands = stands_of(db, ahead)
    counts = state_counts(stands)
    assert all(counts[state] for state in ExhibitorState)
    accepted = [one for one in stands if one.state is ExhibitorState.ACCEPTED]
    assert {bool(one.missing) for one in accepted} == {True, False}
    assert all(one.booth and one.village and one.answered and one.contact for one in accepted)
    assert takes_requests(db, ahead, now=DEMO_NOW)
    companies = {one.company_id for one in stands}
    assert None not in companies
    assert len(companies) == len(stands)


def test_upcoming_agenda_has_every_kind_and_every_state(db: Session) -> None:
    cards = upcoming(db, now=DEMO_NOW)
    soon = [card for card in cards if card.event.starts_at < DEMO_NOW + timedelta(days=60)]
    assert 18 <= len(soon) <= 25
    assert {card.event.kind for card in cards} == set(EventKind)
    assert sum(card.event.starts_at.date() == DEMO_NOW.date() for card in cards) == 1
    states = db.exec(select(Event.state).where(col(Event.starts_at) > DEMO_NOW)).all()
    assert (states.count(EventState.DRAFT), states.count(EventState.CANCELLED)) == (1, 1)
    assert {card.venue.accessibility != "" for card in soon if card.venue} == {True}


def test_one_event_is_full_with_a_waiting_list_and_one_has_an_offer_pending(db: Session) -> None:
    waiting = db.exec(select(Registration).where(col(Registration.state) == RegistrationState.WAITLISTED)).all()
    assert len({one.event_id for one in waiting}) == 3
    offered = db.exec(select(Registration).where(col(Registration.state) == RegistrationState.OFFERED)).all()
    assert len(offered) == 1


def test_counters_of_places_equal_a_recount(db: Session) -> None:
    pool_id = func.coalesce(EventSession.pool_id, Event.pool_id)
    holding = dict(
        db.exec(
            select(pool_id, func.count())
            .select_from(Registration)
            .join(Event, col(Registration.event_id) == col(Event.id))
            .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
            .where(col(Registration.holds_seat).is_(True))
            .group_by(pool_id)
        ).all()
    )
    stands_in = func.coalesce(Village.pool_id, StandCall.pool_id)
    holding |= dict(
        db.exec(
            select(stands_in, func.count())
            .select_from(Exhibitor)
            .join(StandCall, col(StandCall.event_id) == col(Exhibitor.event_id))
            .join(Village, col(Village.id) == col(Exhibitor.village_id), isouter=True)
            .where(col(Exhibitor.holds_seat).is_(True))
            .group_by(stands_in)
        ).all()
    )
    pools = db.exec(select(SeatPool)).all()
    assert {pool.id: pool.taken for pool in pools if pool.taken} == holding
    assert all(pool.capacity is None or pool.taken <= pool.capacity for pool in pools)


def test_today_s_event_is_being_held(db: Session) -> None:
    event = db.exec(select(Event).where(col(Event.starts_at) <= DEMO_NOW, col(Event.ends_at) > DEMO_NOW)).one()
    marks = db.exec(select(Registration.presence).where(col(Registration.event_id) == event.id)).all()
    assert marks.count(Presence.ATTENDED) == 11
    assert marks.count(Presence.UNKNOWN) == 30
    assert account_of_email(db, "accueil@example.org").event_id == event.id


def test_every_role_has_an_account_that_opens(db: Session) -> None:
    accounts = demo_accounts().accounts
    assert {account.role for account in accounts} == set(Role)
    coordinator = account_of_email(db, "coordination@example.org")
    assert account_with_password(db, email=coordinator.email, password=PASSWORD) == coordinator.id
    candidate = account_of_email(db, "candidate@example.org")
    states = db.exec(select(Registration.state).where(col(Registration.candidate_id) == candidate.candidate_id)).all()
    assert sorted(states) == ["confirmed", "confirmed", "waitlisted"]


def test_desk_holds_models_and_two_records_of_one_person(db: Session) -> None:
    assert [template.name for template in templates(db)] == ["Atelier CV", "Job dating, petit format"]
    telephone = col(Candidate.telephone)
    twice = select(telephone).where(telephone.is_not(None)).group_by(telephone).having(func.count() > 1)
    pair = [db.exec(select(Candidate).where(telephone == number)).all() for number in db.exec(twice)]
    assert [len(records) for records in pair] == [2]
    assert {record.family_name.rstrip("e") for record in pair[0]} == {pair[0][0].family_name.rstrip("e")}


def test_no_message_is_owed_for_what_happened_long_ago(db: Session) -> None:
    late = db.exec(
        select(func.count())
        .select_from(Delivery)
        .where(
            col(Delivery.consumer) == "messages",
            col(Delivery.state) != DeliveryState.DONE,
            col(Delivery.next_try_at) < DEMO_NOW - timedelta(days=2),
        )
    ).one()
    assert late == 0


def test_demonstration_is_recognised_and_written_once(demonstration: Database) -> None:
    assert day_of_demo(demonstration) == "2026-03-03"
    with pytest.raises(NotADemonstration):
        build_demo(demonstration, now=DEMO_NOW)


def test_somebody_s_database_is_no_demonstration(organised: Database) -> None:
    with pytest.raises(NotADemonstration):
        day_of_demo(organised)


def test_empty_database_is_no_demonstration_yet(database: Database) -> None:
    assert day_of_demo(database) is None


def test_employer_speaks_for_an_exhibitor_of_today_and_a_coordinator_has_something_to_decide(db: Session) -> None:
    employer = account_of_email(db, "employeur@example.org")
    today = select(Exhibitor.company_id).join(Event, col(Event.id) == col(Exhibitor.event_id))
    there = db.exec(today.where(col(Event.starts_at) <= DEMO_NOW, col(Event.ends_at) > DEMO_NOW)).all()
    spoken = spoken_for(db, employer.id or 0)
    assert sorted(company_id in there for company_id in spoken) == [False, True]
    stands = stands_of_companies(db, spoken)
    assert sorted(own_hall(db, the_exhibitor(db, one.id).event_id, one.id) is not None for one in stands) == [
        False,
        True,
    ]
    assert open_double_count(db) == 4, "one written twice, and three of one name without a town"
    assert [view.email for view, _name in speaker_requests(db)] == ["recrutement@flandre.example"]
