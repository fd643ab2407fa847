"""Several events at once: each changes wholly or not at all, the page says which and why not, and it can be undone."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import create_event, the_event
from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.models import Event, EventState, Series
from alpes_events.agenda.sessions import add_session, the_session
from alpes_events.attendance.batch import change_each, move_by_weeks
from alpes_events.attendance.models import Registration
from alpes_events.attendance.release import call_off_event
from alpes_events.attendance.taken_back import SomebodyIsSignedUp, discard_draft, restore_draft, take_back
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import say
from tests.support.staff import Desk
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up, states
from tests.support.web import text_of

CHOSEN, TABLE = "/staff/events/chosen", "/staff/events"


def drafts(database: Database, count: int) -> list[int]:
    with database.writing() as db:
        made = [
            create_event(db, replace(DRAFT, title=f"Brouillon {number}"), capacity=5, now=NOW, account_id=None)
            for number in range(count)
        ]
        db.commit()
    return made


def published(database: Database, *people: int) -> list[int]:
    """An event for each number, with that many people signed up."""
    with database.writing() as db:
        made = [an_event(db, title=f"Publié {number}", capacity=9) for number in range(len(people))]
        for event_id, count in zip(made, people, strict=True):
            for number in range(count):
                signs_up(db, event_id, number)
        db.commit()
    return made


def state_of(database: Database, event_ids: list[int]) -> list[EventState]:
    with database.reading() as db:
        return [the_event(db, event_id).state for event_id in event_ids]


def entry_count(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(JournalEntry)).one()


def press(desk: Desk, act: str, event_ids: list[int], **more: object) -> str:
    answer = desk.press(CHOSEN, "/account", act=act, chosen=[str(one) for one in event_ids], **more)
    assert answer.status_code == 200, answer.status
    return text_of(answer)


def test_drafts_are_published_together_and_taken_back_together(organised: Database) -> None:
    made, desk = drafts(organised, 3), Desk(organised)
    page = press(desk, "publish", made)
    assert "3 événements publiés" in page
    assert "Défaire" in page
    assert state_of(organised, made) == [EventState.PUBLISHED] * 3
    assert "3 événements retirés de l’agenda" in press(desk, "take_back", made)
    assert state_of(organised, made) == [EventState.WITHDRAWN] * 3
    press(desk, "publish", made)
    assert state_of(organised, made) == [EventState.PUBLISHED] * 3


def test_what_is_refused_is_said_with_its_reason_and_the_rest_is_done(organised: Database) -> None:
    made, (live,), desk = drafts(organised, 2), published(organised, 0), Desk(organised)
    page = press(desk, "publish", [*made, live])
    assert "2 événements publiés" in page
    assert "1 événement n’a pas changé" in page
    assert "Cet événement est déjà publié." in page


def test_event_that_is_refused_half_way_is_as_it_was(organised: Database) -> None:
    made = published(organised, 2, 2)
    before = entry_count(organised)

    class NotThisOne(Refusal):
        def __init__(self) -> None:
            super().__init__("Non.")

    def cancel_then_refuse(db: Session, event_id: int) -> None:
        call_off_event(db, event_id, now=NOW, account_id=None)
        if event_id == made[1]:
            raise NotThisOne

    with organised.writing() as db:
        outcome = change_each(db, made, cancel_then_refuse)
        db.commit()
    assert (outcome.done, outcome.refused) == ((made[0],), {made[1]: say("Non.")})
    assert state_of(organised, made) == [EventState.CANCELLED, EventState.PUBLISHED]
    with organised.reading() as db:
        assert [set(states(db, one)) for one in made] == [{"revoked"}, {"confirmed"}]
    assert entry_count(organised) == before + 1


def test_publication_is_not_taken_back_once_somebody_signed_up(organised: Database) -> None:
    made, desk = published(organised, 0, 1), Desk(organised)
    page = press(desk, "take_back", made)
    assert "Quelqu’un s’y est inscrit" in page
    assert state_of(organised, made) == [EventState.WITHDRAWN, EventState.PUBLISHED]
    with organised.reading() as db:
        assert states(db, made[1]) == ["confirmed"]


def test_draft_thrown_away_is_in_the_bin_alone_and_comes_back_as_it_was(organised: Database) -> None:
    made, desk = drafts(organised, 2), Desk(organised)
    with organised.reading() as db:
        before = the_event(db, made[0]).model_dump()
    assert "1 brouillon jeté" in press(desk, "discard", made[:1])
    assert "Brouillon 0" not in text_of(desk.get(f"{TABLE}?show=draft"))
    assert "Brouillon 0" not in text_of(desk.get(f"{TABLE}?show=all"))
    assert "Brouillon 0" in text_of(desk.get(f"{TABLE}?show=bin"))
    assert desk.press(f"{TABLE}/{made[0]}/publish", "/account").status_code == 409
    assert "1 brouillon repris" in press(desk, "restore", made[:1])
    with organised.reading() as db:
        assert the_event(db, made[0]).model_dump() == before


def test_nothing_that_was_published_is_thrown_away(organised: Database) -> None:
    made = published(organised, 0)
    assert "Cet événement est déjà publié." in press(Desk(organised), "discard", made)
    assert state_of(organised, made) == [EventState.PUBLISHED]


def test_draft_with_a_sign_up_is_not_thrown_away(organised: Database) -> None:
    made = published(organised, 1)
    with organised.writing() as db:
        the_event(db, made[0]).state = EventState.DRAFT
        db.flush()
        with pytest.raises(SomebodyIsSignedUp):
            discard_draft(db, made[0], now=NOW, account_id=None)


def test_a_second_discard_and_a_second_return_are_refused(organised: Database) -> None:
    (draft,) = drafts(organised, 1)
    with organised.writing() as db:
        discard_draft(db, draft, now=NOW, account_id=None)
        with pytest.raises(Refusal):
            discard_draft(db, draft, now=NOW, account_id=None)
        restore_draft(db, draft, now=NOW, account_id=None)
        with pytest.raises(Refusal):
            restore_draft(db, draft, now=NOW, account_id=None)
        with pytest.raises(Refusal):
            take_back(db, draft, now=NOW, account_id=None)


def test_moving_by_weeks_keeps_weekday_and_wall_time_across_the_change_of_hour_with_the_sessions(
    organised: Database,
) -> None:
    (event_id,) = published(organised, 0)
    with organised.writing() as db:
        part = SessionDraft("Atelier", STARTS_AT, STARTS_AT + timedelta(hours=1), capacity=4)
        session_id = add_session(db, event_id, part, now=NOW, account_id=None)
        db.commit()
    assert "1 événement déplacé" in press(Desk(organised), "move", [event_id], asked="yes", weeks="4")
    with organised.reading() as db:
        event = the_event(db, event_id)
        session = the_session(db, session_id)
    assert event.starts_at.isoformat() == "2026-04-09T12:00:00+00:00"
    assert session.starts_at == event.starts_at


def test_hours_and_words_are_changed_for_all_chosen_each_on_its_own_day(organised: Database) -> None:
    made, desk = published(organised, 1, 0), Desk(organised)
    with organised.writing() as db:
        move_by_weeks(db, made[1], weeks=4, zone=ZoneInfo("Europe/Paris"), now=NOW, account_id=None)
        whole = an_event(db, title="Toute la journée", all_day=True)
        db.commit()
    chosen = {"chosen": [str(one) for one in (*made, whole)], "asked": "yes"}
    typed = {"starts": "15:00", "ends": "16:30", "to_bring": "Une photo"}
    shown = desk.press(CHOSEN, "/account", act="change", **typed, **chosen)
    assert "1 personne à prévenir" in text_of(shown)
    page = text_of(desk.confirm(CHOSEN, shown, "asked", **chosen))
    assert "2 événements changés" in page
    assert "Cet événement dure toute la journée" in page
    with organised.reading() as db:
        events = [the_event(db, one) for one in made]
    starts = [event.starts_at.isoformat() for event in events]
    assert starts == ["2026-03-12T14:00:00+00:00", "2026-04-09T13:00:00+00:00"]
    assert {event.to_bring for event in events} == {"Une photo"}


def test_move_and_cancellation_of_several_show_all_who_will_be_told_first(organised: Database) -> None:
    made, desk = published(organised, 2, 1, 0), Desk(organised)
    chosen = {"chosen": [str(one) for one in made], "asked": "yes"}
    shown = desk.press(CHOSEN, "/account", act="move", weeks="1", direction="earlier", **chosen)
    assert "3 personnes à prévenir" in text_of(shown)
    with organised.reading() as db:
        assert {the_event(db, one).starts_at for one in made} == {STARTS_AT}
    done = text_of(desk.confirm(CHOSEN, shown, "asked", **chosen))
    assert "3 événements déplacés" in done
    with organised.reading() as db:
        assert {the_event(db, one).starts_at for one in made} == {STARTS_AT - timedelta(weeks=1)}
    off = desk.press(CHOSEN, "/account", act="cancel", reason="Grève des transports.", **chosen)
    assert "Grève des transports." in text_of(off)
    assert "3 événements annulés" in text_of(desk.confirm(CHOSEN, off, "asked", **chosen))
    with organised.reading() as db:
        assert set(db.exec(select(Registration.state)).all()) == {"revoked"}
        assert set(db.exec(select(Event.cancellation_reason)).all()) == {"Grève des transports."}


@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("cancel", {"reason": " "}, "Dites en une phrase pourquoi."),
        ("move", {"weeks": ""}, "Indiquez un nombre de semaines, de 1 à 104."),
        ("move", {"weeks": "105"}, "Indiquez un nombre de semaines, de 1 à 104."),
        ("change", {}, "Indiquez au moins une chose à changer."),
        ("change", {"starts": "25:00"}, "Cette heure n’existe pas"),
        ("series", {"series": "99"}, "Choisissez une des réponses proposées."),
    ],
)
def test_what_is_missing_is_asked_beside_its_field_and_nothing_changes(
    organised: Database, act: str, typed: dict[str, str], sentence: str
) -> None:
    made, before = published(organised, 1), entry_count(organised)
    answer = Desk(organised).press(CHOSEN, "/account", act=act, chosen=[str(made[0])], asked="yes", **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert entry_count(organised) == before


def test_events_are_put_in_a_series(organised: Database) -> None:
    made = drafts(organised, 2)
    with organised.reading() as db:
        series_id = db.exec(select(Series.id)).first()
    if series_id is None:
        with organised.writing() as db:
            series = Series(slug="cles", name="Les Clés", kind=DRAFT.kind)
            db.add(series)
            db.flush()
            series_id = series.id
            db.commit()
    assert "2 événements rangés" in press(Desk(organised), "series", made, asked="yes", series=str(series_id))
    with organised.reading() as db:
        assert set(db.exec(select(Event.series_id).where(col(Event.id).in_(made)))) == {series_id}


def test_list_posters_and_file_hold_the_events_chosen_alone(organised: Database) -> None:
    made, desk = published(organised, 0, 0, 0), Desk(organised)
    for act in ("list", "posters"):
        page = press(desk, act, made[:2])
        assert [f"Publié {number}" in page for number in range(3)] == [True, True, False]
    file = desk.press(CHOSEN, "/account", act="export", chosen=[str(made[0])])
    assert file.get_data().startswith(b"PK")


def test_nothing_chosen_or_an_act_that_is_not_known_changes_nothing(organised: Database) -> None:
    made, desk = drafts(organised, 1), Desk(organised)
    assert desk.press(CHOSEN, "/account", act="publish").status_code == 303
    assert desk.press(CHOSEN, "/account", act="erase", chosen=[str(made[0])]).status_code == 400
    assert desk.press(CHOSEN, "/account", act="publish", chosen=["1"], state="done").status_code == 400
    assert state_of(organised, made) == [EventState.DRAFT]
