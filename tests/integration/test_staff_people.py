"""Files of people: found, read (and written to the audit), corrected, merged, exported, erased."""

from typing import Any

import pytest
from sqlmodel import col, select

from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.models import AccessAudit, Account, Candidate, MergeProposal, MergeState, Role
from tests.support.forms import form_of
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import PASSWORD, text_of, with_password


def signed_up(database: Database, *, people: int = 2, capacity: int = 5) -> list[Registration]:
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity)
        for number in range(people):
            signs_up(db, event_id, number)
        db.commit()
        return list(db.exec(select(Registration).order_by(col(Registration.id))))


def audited(database: Database, action: str) -> list[tuple[int | None, int | None]]:
    with database.reading() as db:
        rows = db.exec(select(AccessAudit).where(AccessAudit.action == action)).all()
    return [(row.account_id, row.subject_id) for row in rows]


def test_somebody_is_found_by_any_word_and_a_reference_leads_straight_to_them(organised: Database) -> None:
    first, _second = signed_up(organised)
    desk = Desk(organised)
    found = text_of(desk.get("/staff/people?q=NOMA"))
    assert "Prénoma Noma" in found
    assert "Prénomb" not in found
    assert desk.get(f"/staff/people?q={first.reference}").location == f"/staff/people/{first.candidate_id}"
    assert "Aucun nom ne répond" in text_of(desk.get("/staff/people?q=zzzzzz"))


def test_reading_a_file_is_written_to_the_audit(organised: Database) -> None:
    first, _second = signed_up(organised)
    desk = Desk(organised)
    assert desk.get(f"/staff/people/{first.candidate_id}").status_code == 200
    assert desk.get("/staff/people/999").status_code == 404
    assert audited(organised, "file_read") == [(desk.account_id, first.candidate_id)]
    assert desk.get(f"/staff/sign-ups/{first.id}").status_code == 200
    assert audited(organised, "file_read") == [(desk.account_id, first.candidate_id)] * 2


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.DOOR, Role.READER])
def test_files_are_closed_to_those_who_do_not_coordinate(organised: Database, role: Role) -> None:
    first, _second = signed_up(organised)
    desk = Desk(organised, role, event_id=first.event_id)
    for path in ("", "/edit", "/export.json", "/erase"):
        assert desk.get(f"/staff/people/{first.candidate_id}{path}").status_code == 403


def test_person_is_corrected_and_nothing_else_changes(organised: Database) -> None:
    first, _second = signed_up(organised)
    desk, path = Desk(organised), f"/staff/people/{first.candidate_id}/edit"
    assert desk.fill(path, "given_name", telephone="0639980001", commune_name="Lompret (59840)").status_code == 303
    with organised.reading() as db:
        row = db.get_one(Candidate, first.candidate_id)
    assert (row.telephone, row.insee_code, row.given_name) == ("+33639980001", "59356", "Prénoma")
    assert desk.fill(path, "given_name").status_code == 303
    with organised.reading() as db:
        again = db.get_one(Candidate, first.candidate_id)
    assert again.model_dump() == row.model_dump()


def test_mistake_about_a_person_is_said_and_what_was_typed_stays(organised: Database) -> None:
    first, _second = signed_up(organised)
    desk, path = Desk(organised), f"/staff/people/{first.candidate_id}/edit"
    refused = desk.fill(path, "given_name", email="pas une adresse", family_name="Nouveau")
    assert refused.status_code == 422
    kept = form_of(refused.get_data(as_text=True), holding="given_name")
    assert (kept["email"], kept["family_name"]) == ("pas une adresse", "Nouveau")


def _proposed(database: Database) -> tuple[int, int, int]:
    first, second = signed_up(database)
    with database.writing() as db:
        proposal_id = propose_pair(db, first.candidate_id, second.candidate_id, now=NOW)
        db.commit()
    return proposal_id, first.candidate_id, second.candidate_id


def test_two_files_are_made_one_and_taken_apart_again(organised: Database) -> None:
    proposal_id, kept_id, merged_id = _proposed(organised)
    desk, page = Desk(organised), f"/staff/merges/{proposal_id}"
    assert "Comparer" in text_of(desk.get("/staff/merges"))
    assert "Prénomb" in text_of(desk.get(page))
    answer = desk.press(f"{page}/accept", page, kept_id=str(kept_id))
    assert answer.location == f"/staff/people/{kept_id}"
    assert desk.get(f"/staff/people/{merged_id}").location == f"/staff/people/{kept_id}"
    assert desk.press(f"{page}/accept", "/account", kept_id=str(kept_id)).status_code == 409
    assert desk.press(f"{page}/undo", page).status_code == 303
    assert desk.get(f"/staff/people/{merged_id}").status_code == 200


def test_two_people_are_not_proposed_again(organised: Database) -> None:
    proposal_id, _first, _second = _proposed(organised)
    desk, page = Desk(organised), f"/staff/merges/{proposal_id}"
    assert desk.press(f"{page}/refuse", page).status_code == 303
    assert "Aucun dossier à comparer" in text_of(desk.get("/staff/merges"))
    with organised.reading() as db:
        assert db.exec(select(MergeProposal.state)).one() is MergeState.REFUSED


def test_everything_held_leaves_as_a_file_and_is_audited(organised: Database) -> None:
    first, _second = signed_up(organised)
    desk = Desk(organised)
    answer = desk.get(f"/staff/people/{first.candidate_id}/export.json")
    document: dict[str, Any] = answer.get_json()
    assert "personne0@example.org" in answer.get_data(as_text=True)
    assert set(document) >= {"person", "events", "tables"}
    assert audited(organised, "exported") == [(desk.account_id, first.candidate_id)]


def test_erasing_tells_what_goes_and_needs_to_be_ticked(organised: Database) -> None:
    first, second = signed_up(organised, capacity=1)
    desk, path = Desk(organised), f"/staff/people/{first.candidate_id}/erase"
    assert "1 inscription en cours : sa place passe à la personne suivante." in text_of(desk.get(path))
    assert desk.fill(path, "csrf_token").status_code == 422
    assert desk.fill(path, "csrf_token", sure="y").status_code == 303
    assert desk.get(f"/staff/people/{first.candidate_id}").status_code == 404
    with organised.reading() as db:
        assert db.get_one(Registration, second.id).state is RegistrationState.OFFERED
    assert audited(organised, "file_erased") == [(desk.account_id, first.candidate_id)]


def test_organisation_is_described_anew_and_what_cannot_be_is_refused(organised: Database) -> None:
    desk, path = Desk(organised), "/staff/settings"
    assert desk.fill(path, "short_name", short_name="Maison").status_code == 303
    assert "Maison" in text_of(desk.get(path))
    refused = desk.fill(path, "short_name", short_name=" ", tagline="Tapé")
    assert refused.status_code == 422
    assert form_of(refused.get_data(as_text=True), holding="short_name")["tagline"] == "Tapé"
    empty = desk.fill(f"{path}/waiting-list", "offer_hours", offer_hours="")
    assert empty.status_code == 422
    assert "Écrivez un nombre de 1 à 720." in text_of(empty)
    assert desk.fill(f"{path}/retention", "retention_months", retention_months="0").status_code == 422


def test_administrator_makes_and_closes_accounts(organised: Database) -> None:
    desk, path = Desk(organised, Role.ADMINISTRATOR), "/staff/accounts"
    typed = {"name": "Paul Porte", "email": "paul@example.org", "role": "advisor"}
    assert desk.fill(f"{path}/new", "structure", **typed).status_code == 303
    twice = desk.fill(f"{path}/new", "structure", **typed)
    assert twice.status_code == 422
    assert "a déjà un compte" in text_of(twice)
    with organised.reading() as db:
        account_id = db.exec(select(Account.id).where(Account.email == "paul@example.org")).one()
    weak = desk.fill(f"{path}/{account_id}/password", "password", password="court")
    assert (weak.status_code, "caractères" in text_of(weak)) == (422, True)
    assert desk.fill(f"{path}/{account_id}/password", "password", password=PASSWORD).status_code == 303
    assert desk.press(f"{path}/{account_id}/disable", f"{path}/{account_id}").status_code == 303


def test_administrator_neither_closes_nor_resets_their_own_account(organised: Database) -> None:
    with_password(organised, email="chief@example.org", role=Role.ADMINISTRATOR)
    desk = Desk(organised, Role.ADMINISTRATOR)
    own = f"/staff/accounts/{desk.account_id}"
    closed = desk.press(f"{own}/disable", "/account")
    given = desk.post(f"{own}/password", {"csrf_token": desk.token("/account"), "password": PASSWORD})
    for refused in (closed, given, desk.get(f"{own}/password"), desk.press(f"{own}/reset-second-factor", "/account")):
        assert refused.status_code == 409
        assert "C’est votre propre compte : demandez à une autre personne" in text_of(refused)
    with organised.reading() as db:
        account = db.get_one(Account, desk.account_id)
    assert (account.disabled_at, account.password_hash) == (None, None)
    assert desk.get("/staff/accounts").status_code == 200


def test_last_administrator_with_a_password_keeps_the_role(organised: Database) -> None:
    chief_id = with_password(organised, email="chief@example.org", role=Role.ADMINISTRATOR)
    other_id = with_password(organised, email="other@example.org", role=Role.ADMINISTRATOR)
    desk = Desk(organised, Role.ADMINISTRATOR)  # signed in, without a password: as if invited only
    assert desk.press(f"/staff/accounts/{other_id}/disable", "/account").status_code == 303
    page = f"/staff/accounts/{chief_id}"
    last = desk.press(f"{page}/disable", "/account")
    assert (last.status_code, "C’est le dernier compte d’administration" in text_of(last)) == (409, True)
    kept = desk.fill(page, "structure", role="advisor")
    assert (kept.status_code, "C’est le dernier compte d’administration" in text_of(kept)) == (422, True)
    assert desk.press(f"/staff/accounts/{other_id}/reopen", "/account").status_code == 303
    assert desk.press(f"{page}/disable", "/account").status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"role": "door"}, "Choisissez l’événement dont cette personne tient l’accueil."),
        ({"role": "candidate"}, "Choisissez une des réponses proposées."),
        ({"name": " "}, "Indiquez le nom."),
        ({"email": "paul"}, "Cette adresse e-mail ne semble pas complète."),
    ],
)
def test_account_that_cannot_be_is_refused(organised: Database, typed: dict[str, str], sentence: str) -> None:
    desk = Desk(organised, Role.ADMINISTRATOR)
    right = {"name": "Paul Porte", "email": "paul@example.org", "role": "advisor"}
    refused = desk.fill("/staff/accounts/new", "structure", **{**right, **typed})
    assert refused.status_code == 422
    assert sentence in text_of(refused)


def test_coordinator_makes_no_accounts(organised: Database) -> None:
    assert Desk(organised).get("/staff/accounts").status_code == 403
