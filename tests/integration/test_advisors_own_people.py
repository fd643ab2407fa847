"""Advisors note services and steps for their own people: those whom they follow or signed up; nobody else exists."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, leave
from alpes_events.pathways.models import PathwayStep, StepKind
from alpes_events.pathways.steps import StepDraft, add_step
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.merging import accept_merge
from alpes_events.people.models import Role
from alpes_events.services.acts import note_act
from alpes_events.services.kinds import act_kinds
from alpes_events.services.models import ServiceAct
from tests.support.in_schemes import ENTERED
from tests.support.services import DAY, complete
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, somebody
from tests.support.web import text_of


def followed(database: Database, desk: Desk | None, number: int) -> tuple[int, int]:
    """Somebody in the PLIE of whom the visitor is the referent (None: nobody). Gives the person and the pathway."""
    with database.writing() as db:
        who = find_or_create_candidate(db, somebody(number), now=NOW)
        draft = EnrolmentDraft(who, "PLIE", ENTERED, ("RSA",), referent_id=desk.account_id if desk else None)
        pathway_id = enter(db, draft, now=NOW, account_id=None)
        db.commit()
    return who, pathway_id


def signed_up(database: Database, desk: Desk, number: int) -> int:
    """Somebody whom the visitor signed up."""
    with database.writing() as db:
        who = find_or_create_candidate(db, somebody(number), now=NOW)
        form = SignUp(event_id=an_event(db), channel=Channel.ADVISOR, candidate_id=who, account_id=desk.account_id)
        register(db, form, now=NOW)
        db.commit()
    return who


def noted(db: Session) -> list[int | None]:
    """Whom the services that stand were for."""
    asked = select(ServiceAct.candidate_id).where(col(ServiceAct.withdrawn_at).is_(None))
    return list(db.exec(asked.order_by(col(ServiceAct.id))))


def test_advisor_notes_services_for_those_whom_they_follow_or_signed_up(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    (who, _pathway), other = followed(organised, desk, 1), signed_up(organised, desk, 2)
    path = "/staff/services/appointment/new"
    found = desk.fill(path, "happened_on", who=somebody(1).family_name, step="search").get_data(as_text=True)
    assert f'name="people" value="{who}"' in found
    sent = desk.fill(path, "happened_on", happened_on=DAY.isoformat(), people=[str(who), str(other)])
    assert sent.status_code == 303
    listed = text_of(desk.get(sent.location))
    assert "2 services, 2 personnes en 2026, pour vos personnes." in listed
    with organised.reading() as db:
        act_id = db.exec(select(ServiceAct.id).where(ServiceAct.candidate_id == who)).one() or 0
    edit, withdraw = (f"/staff/services/acts/{act_id}/{what}" for what in ("edit", "withdraw"))
    assert desk.fill(edit, "happened_on", place="Lambersart").status_code == 303
    assert (
        desk.press(withdraw.replace(str(act_id), str(act_id + 2)), "/staff/services/appointment/new").status_code == 303
    )
    with organised.reading() as db:
        assert noted(db) == [other]


def test_nobody_else_exists_for_an_advisor_who_notes_services(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    own, other = followed(organised, desk, 1)[0], followed(organised, None, 2)[0]
    path = "/staff/services/appointment/new"
    found = desk.fill(path, "happened_on", who=somebody(2).family_name, step="search").get_data(as_text=True)
    assert (f'value="{other}"' in found, "Personne ne répond" in found) == (False, True)
    for people in ([str(other)], [str(own), str(other)]):
        assert desk.fill(path, "happened_on", happened_on=DAY.isoformat(), people=people).status_code == 404
    nobody = desk.fill("/staff/services/workshop/new", "happened_on", happened_on=DAY.isoformat(), group_name="CV")
    assert (nobody.status_code, "cochez son nom" in text_of(nobody)) == (422, True)
    with organised.writing() as db:
        of_other = note_act(db, complete("appointment", other), now=NOW, account_id=desk.account_id)
        by_other = note_act(db, complete("appointment", own), now=NOW, account_id=None)
        for_all = note_act(db, complete("screen_test", own), now=NOW, account_id=desk.account_id)
        db.commit()
    for act_id in (of_other, by_other, for_all):
        paths = [f"/staff/services/acts/{act_id}/{what}" for what in ("edit", "withdraw")]
        assert [desk.get(one).status_code for one in paths] == [404, 404]
    for gone in (
        f"{path}?person={other}",
        f"/staff/services?person={other}",
        "/staff/services/creation_stand_partner/new",
    ):
        assert desk.get(gone).status_code == 404
    for form in ("", "?as=csv"):
        content = desk.get(f"/staff/services/appointment{form}").get_data(as_text=True)
        assert (somebody(1).family_name in content, somebody(2).family_name in content) == (True, False)
    with organised.reading() as db:
        assert noted(db) == [other, own, None]


def test_service_of_a_record_that_became_another_is_corrected_with_its_person_ticked(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    (kept, _pathway), gone = followed(organised, desk, 1), followed(organised, desk, 2)[0]
    with organised.writing() as db:
        act_id = note_act(db, complete("appointment", gone), now=NOW, account_id=desk.account_id)
        proposal = propose_pair(db, kept, gone, now=NOW)
        accept_merge(db, proposal, kept_id=kept, now=NOW, account_id=None)
        db.commit()
    edit = f"/staff/services/acts/{act_id}/edit"
    assert f'name="people" value="{kept}" checked' in desk.get(edit).get_data(as_text=True)
    assert desk.fill(edit, "happened_on", place="Lambersart").status_code == 303
    with organised.reading() as db:
        assert noted(db) == [kept]


def test_advisor_without_people_sees_no_service_of_anybody(organised: Database) -> None:
    other, _pathway = followed(organised, None, 1)
    with organised.writing() as db:
        note_act(
            db, replace(complete("referral", other), candidate_id=other, detail="Un mot"), now=NOW, account_id=None
        )
        db.commit()
    desk = Desk(organised, Role.ADVISOR)
    content = desk.get("/staff/services/referral").get_data(as_text=True)
    assert [word in content for word in (somebody(1).family_name, "Un mot")] == [False, False]
    assert "Rien n’est encore noté" in desk.get("/staff/services").get_data(as_text=True)


def test_kinds_that_name_nobody_are_offered_to_those_who_coordinate_alone(organised: Database) -> None:
    page = Desk(organised, Role.ADVISOR).get("/staff/services").get_data(as_text=True)
    for code, kind in act_kinds().items():
        assert (f"/staff/services/{code}/new" in page) == kind.asks("person")
    assert "/staff/imports" not in page


def test_referent_notes_the_steps_of_their_pathways_and_reads_no_other(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    (who, own), (_who, other) = followed(organised, desk, 1), followed(organised, None, 2)
    with organised.writing() as db:
        step_id = add_step(db, other, StepDraft(StepKind.TRAINING, ENTERED), now=NOW, account_id=None)
        db.commit()
    table = desk.get("/staff/pathways").get_data(as_text=True)
    assert (f"/staff/pathways/{own}" in table, f"/staff/pathways/{other}" in table) == (True, False)
    assert f"/staff/pathways/{other}" not in desk.get("/staff/pathways?referent=999").get_data(as_text=True)
    new = f"/staff/pathways/{own}/steps/new"
    assert desk.fill(new, "kind", kind="training", starts_on="2025-03-01").status_code == 303
    page = desk.get(f"/staff/pathways/{own}").get_data(as_text=True)
    assert (f"/staff/my-people/{who}" in page, "/exit/new" in page, "/withdraw" in page) == (True, False, True)
    for path in ("", "/steps/new", f"/steps/{step_id}/edit", f"/steps/{step_id}/withdraw"):
        assert desk.get(f"/staff/pathways/{other}{path}").status_code == 404
    assert desk.press(f"/staff/pathways/{other}/steps/new", "/staff/services/appointment/new").status_code == 404
    with organised.reading() as db:
        assert [step.enrolment_id for step in db.exec(select(PathwayStep).order_by(col(PathwayStep.id)))] == [
            other,
            own,
        ]
    for path in ("new", "periods", "participants.csv", f"{own}/edit", f"{own}/withdraw", f"{own}/exit/new"):
        assert desk.get(f"/staff/pathways/{path}").status_code == 403


def test_somebody_signed_up_shows_no_pathway_of_another_referent(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    who, pathway_id = followed(organised, None, 1)
    assert signed_up(organised, desk, 1) == who
    assert f"/staff/pathways/{pathway_id}" not in desk.get(f"/staff/my-people/{who}").get_data(as_text=True)
    assert desk.get(f"/staff/pathways/{pathway_id}").status_code == 404


def test_person_followed_is_among_one_s_own_until_they_leave(organised: Database) -> None:
    desk = Desk(organised, Role.ADVISOR)
    who, pathway_id = followed(organised, desk, 1)
    assert "1 personne que vous avez inscrite ou que vous suivez" in text_of(desk.get("/staff/my-people"))
    assert f"/staff/pathways/{pathway_id}" in desk.get(f"/staff/my-people/{who}").get_data(as_text=True)
    with organised.writing() as db:
        leave(db, pathway_id, ExitDraft(date(2026, 1, 20), "gave_up"), now=NOW, account_id=None)
        db.commit()
    assert desk.get(f"/staff/my-people/{who}").status_code == 404
    page = desk.get(f"/staff/pathways/{pathway_id}").get_data(as_text=True)
    assert f"/staff/my-people/{who}" not in page
