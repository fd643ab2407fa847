"""The fair: exhibitors, demonstrations and interviews are rows, and what cannot be is refused in a sentence."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.attendance import presence, release
from alpes_events.attendance.models import Presence
from alpes_events.database.engine import Database
from alpes_events.fair import commands, interviews, refusals
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.queries import fair_of, interviews_of
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.journal.models import JournalEntry
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up

ON_THE_DAY = STARTS_AT + timedelta(hours=1)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def exhibitor(db: Session, event_id: int, name: str = "Filature des Prés", insee_code: str | None = None) -> int:
    draft = ExhibitorDraft(name, insee_code=insee_code)
    return commands.add_exhibitor(db, event_id, draft, now=NOW, account_id=None)


def held(db: Session, registration_id: int, exhibitor_id: int, **more: object) -> int:
    when = {"held_at": ON_THE_DAY, "now": ON_THE_DAY + timedelta(minutes=5)} | more
    return interviews.record_interview(db, registration_id, exhibitor_id, account_id=None, **when)  # type: ignore[arg-type]


def test_exhibitor_is_of_the_territory_by_its_commune(db: Session) -> None:
    event_id = an_event(db)
    exhibitor(db, event_id, "Au pays", "59328")
    exhibitor(db, event_id, "Au loin", "59009")
    exhibitor(db, event_id, "On ne sait")
    shown = {one.name: (one.in_territory, one.commune_name) for one in fair_of(db, event_id).exhibitors}
    assert shown == {
        "Au loin": (False, "Villeneuve-d'Ascq"),
        "Au pays": (True, "Lambersart"),
        "On ne sait": (None, ""),
    }


def test_exhibitor_twice_is_refused_whatever_the_accents(db: Session) -> None:
    event_id = an_event(db)
    exhibitor(db, event_id, "Cœur d’Éloïse")
    with pytest.raises(refusals.ExhibitorThere, match="« Cœur d’Éloïse » est déjà dans la liste"):
        exhibitor(db, event_id, "coeur d'eloise")
    exhibitor(db, an_event(db), "Cœur d’Éloïse")


def test_withdrawn_exhibitor_counts_no_more_and_may_come_back(db: Session) -> None:
    event_id = an_event(db)
    exhibitor_id = exhibitor(db, event_id)
    assert withdraw_stand(db, exhibitor_id, by="staff", now=NOW, account_id=None)
    assert not withdraw_stand(db, exhibitor_id, by="staff", now=NOW, account_id=None)
    assert fair_of(db, event_id).exhibitors == ()
    assert exhibitor(db, event_id, "FILATURE DES PRES") == exhibitor_id
    assert [one.name for one in fair_of(db, event_id).exhibitors] == ["FILATURE DES PRES"]


def test_renaming_to_a_name_on_the_list_is_refused(db: Session) -> None:
    event_id = an_event(db)
    exhibitor(db, event_id, "Un")
    second = exhibitor(db, event_id, "Deux")
    with pytest.raises(refusals.ExhibitorThere):
        commands.revise_exhibitor(db, second, ExhibitorDraft("UN"), now=NOW, account_id=None)
    commands.revise_exhibitor(db, second, ExhibitorDraft("DEUX", insee_code="59368"), now=NOW, account_id=None)
    assert [(one.name, one.in_territory) for one in fair_of(db, event_id).exhibitors] == [("DEUX", True), ("Un", None)]


@pytest.mark.parametrize("name", ["", "  \t ", "x" * 151])
def test_exhibitor_needs_a_name_of_reasonable_length(db: Session, name: str) -> None:
    with pytest.raises(refusals.BadLabel):
        exhibitor(db, an_event(db), name)


def test_exhibitor_of_an_unknown_commune_is_refused(db: Session) -> None:
    with pytest.raises(refusals.BadLabel, match="Cette commune n’est pas dans la liste"):
        exhibitor(db, an_event(db), "Ailleurs", "75056")


def test_demonstrations_are_counted_once_and_removed(db: Session) -> None:
    event_id = an_event(db)
    demonstration_id = commands.add_demonstration(db, event_id, "Soudure", now=NOW, account_id=None)
    with pytest.raises(refusals.DemonstrationThere):
        commands.add_demonstration(db, event_id, "soudure", now=NOW, account_id=None)
    assert [shown.title for shown in fair_of(db, event_id).demonstrations] == ["Soudure"]
    commands.remove_demonstration(db, demonstration_id, now=NOW, account_id=None)
    assert fair_of(db, event_id).demonstrations == ()
    with pytest.raises(refusals.UnknownDemonstration):
        commands.remove_demonstration(db, demonstration_id, now=NOW, account_id=None)


def test_interview_is_noted_once_and_taken_back(db: Session) -> None:
    event_id = an_event(db)
    stand, person = exhibitor(db, event_id), signs_up(db, event_id, 1)
    interview_id = held(db, person.registration_id, stand)
    with pytest.raises(refusals.InterviewThere):
        held(db, person.registration_id, stand)
    held(db, person.registration_id, stand, held_at=ON_THE_DAY + timedelta(minutes=1))
    assert fair_of(db, event_id).interview_count == 2
    assert [(one.person, one.exhibitor) for one in interviews_of(db, event_id)] == [
        ("Prénomb Nomb", "Filature des Prés")
    ] * 2
    interviews.take_back_interview(db, interview_id, now=ON_THE_DAY, account_id=None)
    assert fair_of(db, event_id).interview_count == 1


def test_interview_needs_somebody_who_was_there(db: Session) -> None:
    event_id = an_event(db, capacity=3)
    stand = exhibitor(db, event_id)
    gave_up, absent, _there, waiting = (signs_up(db, event_id, number) for number in range(4))
    release.cancel_registration(db, gave_up.registration_id, by="self", now=STARTS_AT - timedelta(hours=1))
    presence.mark_presence(db, absent.registration_id, Presence.NO_SHOW, mark_key="a", now=ON_THE_DAY, account_id=None)
    for registration_id in (gave_up.registration_id, absent.registration_id, waiting.registration_id, 999_999):
        with pytest.raises(refusals.NotAtEvent):
            held(db, registration_id, stand)


def test_interview_with_an_exhibitor_of_another_event_is_refused(db: Session) -> None:
    event_id, other_id = an_event(db), an_event(db)
    person = signs_up(db, event_id, 1)
    with pytest.raises(refusals.ExhibitorElsewhere):
        held(db, person.registration_id, exhibitor(db, other_id))


@pytest.mark.parametrize("away", [timedelta(days=-1), timedelta(days=1), timedelta(hours=2)])
def test_interview_is_held_on_the_day_and_not_in_the_future(db: Session, away: timedelta) -> None:
    event_id = an_event(db)
    person = signs_up(db, event_id, 1)
    with pytest.raises(refusals.NotThatDay):
        held(db, person.registration_id, exhibitor(db, event_id), held_at=ON_THE_DAY + away)


def test_exhibitor_with_interviews_is_not_withdrawn(db: Session) -> None:
    event_id = an_event(db)
    stand = exhibitor(db, event_id)
    held(db, signs_up(db, event_id, 1).registration_id, stand)
    with pytest.raises(refusals.ExhibitorHasInterviews, match=r"entretiens notés \(1\)"):
        withdraw_stand(db, stand, by="staff", now=ON_THE_DAY, account_id=None)


def test_fair_of_an_event_called_off_does_not_change(db: Session) -> None:
    event_id = an_event(db)
    release.call_off_event(db, event_id, reason="Salle fermée", now=NOW, account_id=None)
    with pytest.raises(refusals.FairIsOff):
        exhibitor(db, event_id)


def test_every_change_of_the_fair_stands_in_the_journal(db: Session) -> None:
    event_id = an_event(db)
    stand = exhibitor(db, event_id)
    shown = commands.add_demonstration(db, event_id, "Soudure", now=NOW, account_id=None)
    interview_id = held(db, signs_up(db, event_id, 1).registration_id, stand)
    entries = db.exec(select(JournalEntry.facts).where(JournalEntry.kind == "FairChanged")).all()
    assert entries == [{"exhibitor_id": stand}, {"demonstration_id": shown}, {"interview_id": interview_id}]
