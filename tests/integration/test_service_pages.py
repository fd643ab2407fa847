"""Services on the site: one form for every kind, noted for several at once, corrected, withdrawn, found again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.intake.files import read_table
from alpes_events.intake.kinds import KINDS
from alpes_events.intake.report import Options
from alpes_events.intake.run import run_import
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.privacy.own_document import own_document
from alpes_events.privacy.retention import people_to_announce
from alpes_events.services.acts import note_act, withdraw_act
from alpes_events.services.drafts import ActDraft
from alpes_events.services.kinds import ActKind, Unit, act_kinds
from alpes_events.services.models import ServiceAct
from tests.support.pdf import pages_of
from tests.support.services import DAY, complete
from tests.support.staff import Desk
from tests.support.stories import NOW, somebody

QUANTITIES = {Unit.CENT: "12,50 €", Unit.MINUTE: "1 h 30"}
STORED = {Unit.CENT: 1250, Unit.MINUTE: 90, Unit.ACT: 1}


def people(database: Database, *numbers: int) -> list[int]:
    """So many invented people."""
    with database.writing() as db:
        found = [find_or_create_candidate(db, somebody(one), now=NOW) for one in numbers]
        db.commit()
    return found


def acts(db: Session) -> list[ServiceAct]:
    return list(db.exec(select(ServiceAct).where(col(ServiceAct.withdrawn_at).is_(None)).order_by(col(ServiceAct.id))))


def answers(kind: ActKind, person_id: int) -> dict[str, object]:
    """What the form of a kind asks, each with something that fits."""
    said: dict[str, object] = {"happened_on": DAY.isoformat()}
    if kind.asks("end"):
        said["ended_on"] = "2026-02-20"
    texts = {"group": "group_name", "organisation": "organisation", "place": "place"}
    said |= {field: f"Quelque {name}" for name, field in texts.items() if kind.asks(name)}
    if kind.asks("detail"):
        said["detail"] = next(iter(kind.details), "Fonds d’aide")
    if kind.asks("result"):
        said["result"] = next(iter(kind.results))
    if kind.asks("quantity"):
        said["quantity"] = QUANTITIES.get(kind.unit, "3")
    if kind.asks("person"):
        said["people"] = [str(person_id)]
    return said


@pytest.mark.parametrize("kind", act_kinds())
def test_form_of_each_kind_is_stored_listed_exported_and_known_again(organised: Database, kind: str) -> None:
    (person,) = people(organised, 1)
    declared, desk = act_kinds()[kind], Desk(organised)
    sent = desk.fill(f"/staff/services/{kind}/new", "happened_on", **answers(declared, person))
    assert sent.status_code == 303
    with organised.reading() as db:
        (row,) = acts(db)
    assert (row.kind, row.happened_on, row.noted_by) == (kind, DAY, desk.account_id)
    assert row.candidate_id == (person if declared.asks("person") else None)
    assert row.quantity == STORED.get(declared.unit, 3)
    listed = desk.get(f"/staff/services/{kind}").get_data(as_text=True)
    assert f"/staff/services/acts/{row.id}/edit" in listed
    assert ("Prénomb Nomb" in listed) == declared.asks("person")
    for form in ("csv", "xlsx"):
        file = desk.get(f"/staff/services/{kind}?as={form}")
        table = read_table(f"services.{form}", file.get_data())
        report = run_import(organised, KINDS["services"], table, now=NOW, options=Options(dry_run=True))
        assert (report.read, report.there, report.issues) == (1, 1, ())


@pytest.mark.parametrize("kind", act_kinds())
def test_form_of_each_kind_asks_nothing_that_it_does_not_know(organised: Database, kind: str) -> None:
    fields = set(Desk(organised).fields(f"/staff/services/{kind}/new", "happened_on"))
    declared = act_kinds()[kind]
    names = {"group": "group_name", "person": "who", "end": "ended_on"}
    asked = ("person", "group", "organisation", "place", "detail", "end", "result", "quantity")
    assert {names.get(one, one) for one in asked if declared.asks(one)} == fields - {"happened_on", "csrf_token"}


def test_several_people_of_a_workshop_are_noted_together_or_not_at_all(organised: Database) -> None:
    first, second = people(organised, 1, 2)
    desk, path = Desk(organised), "/staff/services/workshop/new"
    found = desk.fill(path, "happened_on", group_name="Atelier CV", people=[str(first)], who="NomC", step="search")
    page = found.get_data(as_text=True)
    assert (found.status_code, "Prénomb Nomb" in page, "Prénomc Nomc" in page) == (200, True, True)
    assert 'value="Atelier CV"' in page
    both = {"group_name": "Atelier CV", "happened_on": DAY.isoformat()}
    gone = desk.fill(path, "happened_on", **both, people=[str(first), "9999"])
    with organised.reading() as db:
        assert (gone.status_code, acts(db)) == (404, [])
    assert desk.fill(path, "happened_on", **both, people=[str(first), str(second)]).status_code == 303
    with organised.reading() as db:
        assert [(one.candidate_id, one.group_name) for one in acts(db)] == [
            (first, "Atelier CV"),
            (second, "Atelier CV"),
        ]


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("financial_aid", {"quantity": "douze"}, "12,50"),
        ("financial_aid", {"quantity": ""}, "Indiquez combien"),
        ("financial_aid", {"people": []}, "cochez son nom"),
        ("social_support", {"quantity": "90"}, "90 min"),
        ("workshop", {"group_name": " "}, "nom de l’atelier"),
        ("pmsmp", {"ended_on": "2026-01-01"}, "La fin vient avant le début"),
        ("siae_placement", {"detail": ""}, "Précisez"),
        ("transit_pass", {"happened_on": "2026-12-01"}, "pas encore venu"),
        ("transit_pass", {"quantity": "0"}, "entre 1 et 1000"),
        ("financial_aid", {"quantity": "0"}, "entre 0,01 et 1000000"),
    ],
)
def test_answer_that_cannot_be_is_refused_in_a_sentence_and_kept(
    organised: Database, kind: str, typed: dict[str, object], said: str
) -> None:
    (person,) = people(organised, 1)
    path = f"/staff/services/{kind}/new"
    sent = Desk(organised).fill(path, "happened_on", **{**answers(act_kinds()[kind], person), **typed})
    page = sent.get_data(as_text=True).replace("\u00a0", " ")
    assert (sent.status_code, said in page, "aria-invalid" in page) == (422, True, True)
    assert typed.get("people") == [] or f'value="{person}" checked' in page
    with organised.reading() as db:
        assert acts(db) == []


def test_correction_replaces_and_a_withdrawn_service_counts_no_more(organised: Database) -> None:
    first, second = people(organised, 1, 2)
    with organised.writing() as db:
        act_id = note_act(db, replace(complete("transit_pass", first), quantity=2), now=NOW, account_id=None)
        db.commit()
    desk, path = Desk(organised), f"/staff/services/acts/{act_id}/edit"
    two = desk.fill(path, "happened_on", people=[str(first), str(second)])
    assert (two.status_code, "une seule personne" in two.get_data(as_text=True)) == (422, True)
    assert desk.fill(path, "happened_on", quantity="3", people=[str(second)]).status_code == 303
    with organised.reading() as db:
        (row,) = acts(db)
        assert (row.quantity, row.candidate_id, db.get_one(ServiceAct, act_id).replaced_by) == (3, second, row.id)
    assert f"/staff/services/acts/{row.id}/withdraw" in desk.get(path).get_data(as_text=True)
    withdraw = f"/staff/services/acts/{row.id}/withdraw"
    assert desk.press(withdraw, withdraw).status_code == 303
    with organised.reading() as db:
        assert acts(db) == []
    assert [desk.get(one).status_code for one in (path, withdraw)] == [404, 404]


def test_list_is_chosen_by_year_month_words_and_person_and_sums_what_is_chosen(organised: Database) -> None:
    first, second = people(organised, 1, 2)
    with organised.writing() as db:
        for person, day, cents in ((first, DAY, 1250), (second, DAY, 750), (first, DAY.replace(year=2025), 10_000)):
            aid = ActDraft("financial_aid", day, candidate_id=person, detail="Fonds", quantity=cents)
            note_act(db, aid, now=NOW, account_id=None)
        db.commit()
    desk, path = Desk(organised), "/staff/services/financial_aid"
    lead = {
        query: desk.get(f"{path}?{query}").get_data(as_text=True).split('class="lead">')[1].split("</p>")[0]
        for query in ("", "year=all", "year=2025", "month=3", "q=NomC", f"person={first}", "detail=Autre")
    }
    plain = {query: text.replace("\u00a0", " ").replace("\u202f", " ") for query, text in lead.items()}
    assert plain == {
        "": "2 services, 2 personnes, 20,00 € en tout en 2026.",
        "year=all": "3 services, 2 personnes, 120,00 € en tout.",
        "year=2025": "1 service, 1 personne, 100,00 € en tout en 2025.",
        "month=3": "0 service en 2026.",
        "q=NomC": "1 service, 1 personne, 7,50 € en tout en 2026.",
        f"person={first}": "2 services, 1 personne, 112,50 € en tout.",
        "detail=Autre": "0 service en 2026.",
    }


def test_services_are_for_those_who_note_them(organised: Database) -> None:
    (person,) = people(organised, 1)
    with organised.writing() as db:
        note_act(db, complete("transit_pass", person), now=NOW, account_id=None)
        db.commit()
    kind = "/staff/services/transit_pass"
    for role in (Role.READER, Role.DOOR):
        desk = Desk(organised, role, event_id=None)
        shut = ("/staff/services", kind, f"{kind}/new", "/staff/services/acts/1/edit")
        assert [desk.get(one).status_code for one in shut] == [403, 403, 403, 403]
    assert "/staff/services" not in Desk(organised, Role.READER).get("/staff/reports").get_data(as_text=True)


def test_person_s_page_and_their_own_document_tell_their_services(organised: Database) -> None:
    (person,) = people(organised, 1)
    with organised.writing() as db:
        note_act(db, replace(complete("financial_aid", person), quantity=1250), now=NOW, account_id=None)
        db.commit()
        document = "".join(pages_of(own_document(db, person, language="fr", now=NOW)))
        english = "".join(pages_of(own_document(db, person, language="en", now=NOW)))
    page = Desk(organised).get(f"/staff/people/{person}").get_data(as_text=True)
    assert ("Aide financière" in page, "12,50" in page) == (True, True)
    assert ("Aide financière, Fonds" in document, "Financial aid, Fonds" in english) == (True, True)


def test_service_is_a_contact_that_keeps_a_file(organised: Database) -> None:
    idle, served = people(organised, 1, 2)
    later = NOW + timedelta(days=800)
    with organised.writing() as db:
        act = replace(complete("cyber_base_appointment", served), happened_on=later.date() - timedelta(days=10))
        act_id = note_act(db, act, now=later, account_id=None)
        assert people_to_announce(db, now=later) == [idle]
        withdraw_act(db, act_id, now=later, account_id=None)
        assert people_to_announce(db, now=later) == [idle, served]
