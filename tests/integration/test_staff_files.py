"""Files of people at the desk: found, opened without an event, with their history; and an advisor’s own people."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel, Registration
from alpes_events.attendance.reference import shown
from alpes_events.attendance.release import cancel_registration
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.models import AccessAudit, Candidate, MergeProposal, MergeState, Role
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up, somebody
from tests.support.web import text_of

ROW = re.compile(r'<th role="rowheader" scope="row"><a[^>]*>([^<]+)</a>')


def names(desk: Desk, query: str) -> list[str]:
    """The people that the table shows, in its order."""
    return ROW.findall(desk.get(f"/staff/people?{query}").get_data(as_text=True))


def people(database: Database) -> dict[str, int]:
    """Three people: with an address, with a telephone only, and with neither, who never signed up."""
    with database.writing() as db:
        event_id = an_event(db, capacity=5)
        first = signs_up(db, event_id, 1)
        second = signs_up(db, event_id, 2, telephone_only=True)
        bare = PersonIn(given_name="Zoé", family_name="Nue", insee_code="59328")
        third = find_or_create_candidate(db, bare, now=NOW - timedelta(days=400), contact_required=False)
        whose = [db.get_one(Registration, one.registration_id).candidate_id for one in (first, second)]
        db.commit()
    return {"first": whose[0], "second": whose[1], "third": third, "event": event_id}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Prénomb Nomb", "Prénomc Nomc", "Zoé Nue"]),
        ("only=no_email", ["Prénomc Nomc", "Zoé Nue"]),
        ("only=no_contact", ["Zoé Nue"]),
        ("only=never", ["Zoé Nue"]),
        ("only=announced", []),
        ("commune=Lambersart", ["Zoé Nue"]),
        ("contact=beyond-12", ["Zoé Nue"]),
        ("contact=within-3", ["Prénomb Nomb", "Prénomc Nomc"]),
        ("sort=contact", ["Zoé Nue", "Prénomb Nomb", "Prénomc Nomc"]),
        ("sort=name&dir=desc", ["Zoé Nue", "Prénomc Nomc", "Prénomb Nomb"]),
        ("q=nomb", ["Prénomb Nomb"]),
        ("q=zoee", ["Zoé Nue"]),
        ("q=zoee&only=no_email&contact=within-3", []),
        ("only=nonsense&contact=nonsense&by=nonsense", ["Prénomb Nomb", "Prénomc Nomc", "Zoé Nue"]),
    ],
)
def test_people_are_found_by_what_they_have_in_common(organised: Database, query: str, shown: list[str]) -> None:
    people(organised)
    assert names(Desk(organised), query) == shown


def test_people_of_one_advisor_are_found_by_any_of_their_records(organised: Database) -> None:
    ids = people(organised)
    advisor = Desk(organised, Role.ADVISOR)
    with organised.writing() as db:
        other = find_or_create_candidate(db, somebody(7), now=NOW)
        event_id = an_event(db, title="Autre")
        register(
            db,
            SignUp(event_id=event_id, channel=Channel.ADVISOR, candidate_id=other, account_id=advisor.account_id),
            now=NOW,
        )
        kept = db.get_one(Candidate, ids["first"])
        merged = db.get_one(Candidate, other)
        merged.merged_into = kept.id
        db.add(merged)
        db.commit()
    assert names(Desk(organised), f"by={advisor.account_id}") == ["Prénomb Nomb"]


def test_somebody_new_is_compared_before_anything_is_written(organised: Database) -> None:
    ids = people(organised)
    desk, path = Desk(organised), "/staff/people/new"
    typed = {"given_name": "Prénomb", "family_name": "Nomb", "telephone": "0639980777", "email": ""}
    with organised.writing() as db:
        row = db.get_one(Candidate, ids["first"])
        row.telephone = "+33639980777"
        row.email = "autre@example.org"
        db.add(row)
        db.commit()
    seen = desk.fill(path, "given_name", **{**typed, "given_name": "Prenomb", "family_name": "Nombb"})
    assert "Une personne de nos fichiers lui ressemble" in text_of(seen)
    assert f'href="/staff/people/{ids["first"]}"' in seen.get_data(as_text=True)
    with organised.reading() as db:
        assert len(db.exec(select(Candidate)).all()) == 3
    sure = desk.fill(path, "given_name", **{**typed, "given_name": "Prenomb", "family_name": "Nombb"}, sure="yes")
    assert sure.status_code == 303
    with organised.reading() as db:
        assert len(db.exec(select(Candidate)).all()) == 4
        assert len(db.exec(select(MergeProposal)).all()) == 1


def test_file_is_opened_with_a_name_alone_and_mistakes_keep_what_was_typed(organised: Database) -> None:
    desk, path = Desk(organised), "/staff/people/new"
    refused = desk.fill(path, "given_name", given_name="Ana", family_name="", email="pas une adresse")
    assert refused.status_code == 422
    assert 'value="pas une adresse"' in refused.get_data(as_text=True)
    opened = desk.fill(path, "given_name", given_name="Ana", family_name="Lopes")
    assert opened.status_code == 303
    assert "Aucune inscription pour l’instant" in text_of(desk.get(opened.location))


def test_history_says_what_happened_to_a_file_and_by_whom(organised: Database) -> None:
    ids = people(organised)
    desk, path = Desk(organised), f"/staff/people/{ids['first']}"
    desk.fill(f"{path}/edit", "given_name", telephone="0639980123")
    desk.get(f"{path}/export.json")
    with organised.writing() as db:
        proposal_id = propose_pair(db, ids["first"], ids["second"], now=NOW)
        registration = db.exec(select(Registration).where(col(Registration.candidate_id) == ids["first"])).one()
        cancel_registration(db, registration.id or 0, by="self", now=NOW)
        db.commit()
    page = f"/staff/merges/{proposal_id}"
    desk.press(f"{page}/accept", page, kept_id=ids["first"])
    told = text_of(desk.get(f"{path}/history"))
    for sentence in (
        f"Dossier n° {ids['first']} ouvert",
        f"Dossier n° {ids['second']} ouvert",
        "Corrigé : téléphone",
        "Tout ce que nous avons est emporté dans un fichier",
        "Inscription : Job dating d’essai",
        "Annule son inscription : Job dating d’essai",
        f"Réuni avec le dossier n° {ids['second']}",
        "par Personne coordinator",
        "Ce dossier a été ouvert",
    ):
        assert sentence in told, sentence


def test_merge_is_taken_back_from_the_page_that_comes_next(organised: Database) -> None:
    ids = people(organised)
    with organised.writing() as db:
        proposal_id = propose_pair(db, ids["first"], ids["second"], now=NOW)
        db.commit()
    desk, page = Desk(organised), f"/staff/merges/{proposal_id}"
    answer = desk.press(f"{page}/accept", page, kept_id=ids["first"])
    assert f'action="{page}/undo"' in desk.get(answer.location).get_data(as_text=True)
    assert desk.press(f"{page}/undo", answer.location).status_code == 303
    with organised.reading() as db:
        assert db.get_one(Candidate, ids["second"]).merged_into is None


def test_two_people_told_apart_by_mistake_are_to_decide_again(organised: Database) -> None:
    ids = people(organised)
    with organised.writing() as db:
        proposal_id = propose_pair(db, ids["first"], ids["second"], now=NOW)
        db.commit()
    desk, page = Desk(organised), f"/staff/merges/{proposal_id}"
    answer = desk.press(f"{page}/refuse", page)
    assert f'action="{page}/propose-again"' in desk.get(answer.location).get_data(as_text=True)
    assert desk.press(f"{page}/propose-again", "/staff/settings").status_code == 303
    assert desk.press(f"{page}/propose-again", "/staff/settings").status_code == 409
    with organised.reading() as db:
        assert db.get_one(MergeProposal, proposal_id).state is MergeState.PROPOSED


def own_person(database: Database, desk: Desk, number: int) -> int:
    """Somebody whom the visitor signs up."""
    with database.writing() as db:
        candidate_id = find_or_create_candidate(db, somebody(number, telephone_only=True), now=NOW)
        event_id = an_event(db, title=f"Rendez-vous {number}")
        form = SignUp(event_id=event_id, channel=Channel.ADVISOR, candidate_id=candidate_id, account_id=desk.account_id)
        register(db, form, now=NOW)
        db.commit()
    return candidate_id


def test_advisor_sees_their_own_people_with_what_comes_next_and_nobody_else(organised: Database) -> None:
    ids = people(organised)
    advisor = Desk(organised, Role.ADVISOR)
    own = own_person(organised, advisor, 8)
    page = text_of(advisor.get("/staff/my-people"))
    assert "1 personne que vous avez inscrite ou que vous suivez, dont 1 attendue à un rendez-vous." in page
    assert "Rendez-vous 8" in page
    assert "Prénomb" not in page
    assert advisor.get(f"/staff/my-people/{own}").status_code == 200
    for other in (ids["first"], ids["third"], 999):
        assert advisor.get(f"/staff/my-people/{other}").status_code == 404
        assert advisor.get(f"/staff/my-people/{other}/sign-up").status_code == 404
    with organised.reading() as db:
        read = [row.subject_id for row in db.exec(select(AccessAudit).where(AccessAudit.action == "file_read"))]
    assert read == [own]


def test_sign_ups_that_others_made_for_ones_person_stay_unseen(organised: Database) -> None:
    advisor = Desk(organised, Role.ADVISOR)
    own = own_person(organised, advisor, 8)
    with organised.writing() as db:
        event_id = an_event(db, title="Secret")
        made = register(db, SignUp(event_id=event_id, channel=Channel.SELF, candidate_id=own), now=NOW)
        db.commit()
    assert "Secret" not in text_of(advisor.get(f"/staff/my-people/{own}"))
    choice = advisor.get(f"/staff/my-people/{own}/sign-up").get_data(as_text=True)
    assert f"/staff/sign-ups/{made.registration_id}" not in choice
    form = f"/staff/events/{event_id}/sign-up?person={own}"
    assert form.replace("&", "&amp;") in choice
    refused = advisor.fill(form, "form_key")
    assert (refused.status_code, "est déjà inscrite à cet événement" in text_of(refused)) == (409, True)
    for unseen in (f"/staff/sign-ups/{made.registration_id}", shown(made.reference)):
        assert unseen not in refused.get_data(as_text=True)


def test_sign_up_that_one_made_oneself_is_shown_and_led_to(organised: Database) -> None:
    advisor = Desk(organised, Role.ADVISOR)
    own = own_person(organised, advisor, 8)
    with organised.reading() as db:
        made = db.exec(select(Registration).where(Registration.candidate_id == own)).one()
    link = f'href="/staff/sign-ups/{made.id}"'
    assert link in advisor.get(f"/staff/my-people/{own}/sign-up").get_data(as_text=True)
    refused = advisor.fill(f"/staff/events/{made.event_id}/sign-up?person={own}", "form_key")
    assert (refused.status_code, link in refused.get_data(as_text=True)) == (409, True)


def test_person_without_an_address_is_signed_up_from_their_page(organised: Database) -> None:
    ids = people(organised)
    desk = Desk(organised)
    with organised.writing() as db:
        other = an_event(db, title="Atelier CV")
        db.commit()
    page = desk.get(f"/staff/my-people/{ids['second']}/sign-up").get_data(as_text=True)
    assert "A une place" in page  # at the event they are signed up for already
    path = f"/staff/events/{other}/sign-up?person={ids['second']}"
    assert path.replace("&", "&amp;") in page
    answer = desk.fill(path, "form_key")
    assert answer.status_code == 303
    after = text_of(desk.get(answer.location))
    assert "Sans e-mail, imprimez la convocation." in after
    assert "Convocation (PDF)" in after
