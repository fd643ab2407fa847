"""A company fills its month by the link, from its space or from a file; a facilitator decides; the balance moves."""

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.declaring.declarations import renew_link
from alpes_events.clause.declaring.roster import employed_by_ids
from alpes_events.clause.ledger.balances import Balance, balances_by_lot
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.models import ContactRole
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.messages.declaration_mail import enqueue_declaration_reminders
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.moment import moment_of
from alpes_events.messages.relevance import still_due
from alpes_events.messages.rendering import render
from alpes_events.people.audit import accesses
from alpes_events.people.models import Role
from alpes_web.links import Purpose, SiteLinks, signed
from tests.support.clause import a_site, employs, works
from tests.support.declaring import HOUR, hours_of, opens, sends
from tests.support.posts import Clock, deliver_messages
from tests.support.stories import NOW
from tests.support.web import SETTINGS, Browser, text_of
from tests.support.web import a_site as the_site
from tests.support.workbooks import entry_of, with_entry, workbook


class Months:
    """Two companies with people under contract in January, and browsers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as db:
            self.here, self.there = a_site(db, 1), a_site(db, 2)
            self.people = [employs(db, self.here, number) for number in (1, 2)]
            self.stranger = employs(db, self.there, 3)
            self.declaration_id, self.other_id = opens(db, self.here), opens(db, self.there)
            for site in (self.here, self.there):
                contact = ContactDraft("Petit", "Paul", f"paul{site.company_id}@example.org", role=ContactRole.MANAGER)
                add_contact(db, site.company_id, contact, now=NOW, account_id=None)
            db.commit()
        self.now = NOW
        self.browser = Browser(the_site(database, now=lambda: self.now))

    def link(self, declaration_id: int | None = None) -> str:
        with self.database.reading() as db:
            reference = db.get_one(HourDeclaration, declaration_id or self.declaration_id).reference
        return f"/hours/{signed(reference, purpose=Purpose.HOURS, key=SETTINGS.secret_key)}"

    def form(self, page: str, **typed: object) -> dict[str, object]:
        """What the page's own form sends, with `typed` changed."""
        text = self.browser.get(page).get_data(as_text=True)
        inputs = re.findall(r"<input[^>]*>", text)
        found: dict[str, object] = {}
        for one in inputs:
            name = re.search(r'name="([^"]+)"', one)
            value = re.search(r'value="([^"]*)"', one)
            if name and ('type="checkbox"' not in one or " checked" in one) and 'type="file"' not in one:
                found[name[1]] = value[1] if value else ""
        return {**found, **typed}

    def balance(self) -> Balance:
        with self.database.reading() as db:
            return balances_by_lot(db).get(self.here.lot_id, Balance())

    def lines(self) -> list[tuple[int | None, int, str, str]]:
        with self.database.reading() as db:
            rows = db.exec(select(DeclaredLine).order_by(DeclaredLine.id)).all()  # type: ignore[arg-type]
            return [(row.employment_id, row.minutes, row.state.value, row.way.value) for row in rows]


def version_on(text: str) -> str:
    """What a page was made of."""
    found = re.search(r'name="version"[^>]* value="([^"]+)"', text)
    assert found is not None
    return found[1]


def decides(browser: Browser, home: str, typed: Mapping[str, object]) -> TestResponse:
    """The form of a declaration's page, sent with this typed."""
    page = browser.get(home).get_data(as_text=True)
    version = version_on(page) if 'name="version"' in page else ""
    return browser.send(f"{home}/decide", {"version": version, **typed}, page=home)


@pytest.fixture
def months(organised: Database) -> Months:
    return Months(organised)


def test_link_fills_a_month_and_a_facilitator_moves_the_balance(months: Months) -> None:
    link = months.link()
    page = months.browser.get(link)
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    saved = months.browser.post(link, months.form(link, hours_0="12,5", act="save"))
    assert (saved.status_code, months.balance()) == (303, Balance())
    sent = months.browser.post(link, months.form(link, hours_1="100h30", act="send"))
    assert (sent.status_code, months.balance()) == (303, Balance(declared=113 * HOUR))
    staff = Browser(months.browser.app)
    staff.sign_in(Role.FACILITATOR)
    home = f"/staff/clause/declarations/{months.declaration_id}"
    ids = re.findall(r'type="checkbox" name="line" value="(\d+)"', staff.get(home).get_data(as_text=True))
    refused = decides(staff, home, {"line": ids[0], "act": "refuse"})
    assert (refused.status_code, "Écrivez pourquoi" in text_of(refused)) == (422, True)
    decides(staff, home, {"line": ids[0], "act": "refuse", "reason": "Feuille absente"})
    decides(staff, home, {"line": ids[1], "act": "validate"})
    told = months.balance()
    assert (told.validated + told.refused, told.declared) == (113 * HOUR, 113 * HOUR)
    assert "Feuille absente" in text_of(months.browser.get(link))
    staff.send(f"{home}/lines/{ids[1]}/undo", page=home)
    assert months.balance().validated == 0


def test_what_was_typed_survives_what_is_wrong_and_what_is_unusual(months: Months) -> None:
    link = months.link()
    wrong = months.browser.post(link, months.form(link, hours_0="beaucoup", hours_1="-3", act="send"))
    page = wrong.get_data(as_text=True)
    assert (wrong.status_code, "beaucoup" in page, 'value="-3"' in page) == (422, True, True)
    much = months.form(link, hours_0="160", act="send")
    unusual = months.browser.post(link, much)
    text = unusual.get_data(as_text=True)
    assert (unusual.status_code, months.lines()) == (422, [])
    assert "Plus de 151 h 40" in text_of(unusual)
    (key,) = re.findall(r'name="seen" value="([^"]+)"', text)
    assert months.browser.post(link, {**much, "seen": key}).status_code == 303
    assert [minutes for _who, minutes, *_rest in months.lines()] == [160 * HOUR]


def test_form_that_is_sent_twice_gets_the_first_answer(months: Months) -> None:
    link = months.link()
    form = months.form(link, hours_0="10", act="send")
    assert [months.browser.post(link, form).status_code for _ in range(2)] == [303, 303]
    assert months.balance() == Balance(declared=10 * HOUR)


def test_change_by_somebody_else_is_shown_and_not_lost(months: Months) -> None:
    link = months.link()
    mine = months.form(link, hours_0="10", act="save")
    months.browser.post(link, months.form(link, hours_1="33", act="save"))
    overtaken = months.browser.post(link, mine)
    text = text_of(overtaken)
    assert (overtaken.status_code, "33 h" in text, "pendant que vous écriviez" in text) == (422, True, True)
    assert [minutes for _who, minutes, *_rest in months.lines()] == [33 * HOUR]


def test_one_line_more_is_for_somebody_who_is_not_listed(months: Months) -> None:
    link = months.link()
    more = months.browser.post(link, months.form(link, hours_0="10", act="more")).get_data(as_text=True)
    assert ('name="person_words_2"' in more, 'value="10"' in more) == (True, True)
    form = months.form(link) | {
        "shown": "3", "who_2": "", "line_2": "", "hours_2": "7", "from_on_2": "2026-01-01", "until_on_2": "2026-01-31",
        "person_words_2": "Zoé Quelconque", "note_2": "", "act": "send",
    }  # fmt: skip
    asked = months.browser.post(link, form)
    (key,) = re.findall(r'name="seen" value="([^"]+)"', asked.get_data(as_text=True))
    assert months.browser.post(link, form | {"seen": key}).status_code == 303
    assert months.lines() == [(None, 7 * HOUR, "sent", "link")]


def test_person_or_declaration_of_another_company_does_not_exist(months: Months) -> None:
    link = months.link()
    form = months.form(link, hours_0="10", who_0=str(months.stranger), act="send")
    assert (months.browser.post(link, form).status_code, months.lines()) == (404, [])
    with months.database.writing() as db:
        employer = months.browser.sign_in(Role.EMPLOYER)
        speak_by_invitation(db, months.here.company_id, employer, now=NOW, account_id=None)
        db.commit()
    own = f"/employer/companies/{months.here.company_id}/hours"
    assert months.browser.get(f"{own}/{months.declaration_id}").status_code == 200
    for path in (f"{own}/{months.other_id}", f"/employer/companies/{months.there.company_id}/hours"):
        assert months.browser.get(path).status_code == 404
    assert months.browser.get(f"{own}/{months.other_id}/file").status_code == 404


def test_link_that_was_renewed_is_no_link_and_a_decided_month_ends_it(months: Months) -> None:
    before = months.link()
    with months.database.writing() as db:
        renew_link(db, months.declaration_id, now=NOW, account_id=None)
        sends(db, months.declaration_id, nobody=True)
        db.commit()
    after = months.link()
    assert [months.browser.get(one).status_code for one in (before, after, after[:-1] + "~")] == [404, 200, 404]
    months.now = NOW + timedelta(days=93)
    assert months.browser.get(after).status_code == 410


def test_employer_opens_a_month_from_their_space(months: Months) -> None:
    with months.database.writing() as db:
        employer = months.browser.sign_in(Role.EMPLOYER)
        speak_by_invitation(db, months.here.company_id, employer, now=NOW, account_id=None)
        db.commit()
    home = f"/employer/companies/{months.here.company_id}/hours"
    page = months.browser.get(home)
    assert "février 2026" in text_of(page).lower()
    opened = months.browser.send(home, {"month": "2026-02"})
    assert months.browser.get(opened.headers["Location"]).status_code == 200
    assert months.browser.send(home, {"month": "2026-13"}).status_code == 400
    form = months.form(opened.headers["Location"], hours_0="8", act="send")
    months.browser.post(opened.headers["Location"], form)
    assert [way for *_rest, way in months.lines()] == ["account"]


def test_nobody_of_the_company_decides(months: Months) -> None:
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0]))
        line_id = db.exec(select(DeclaredLine.id)).one()
        db.commit()
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.sign_in(Role.FACILITATOR)
    version = version_on(months.browser.get(home).get_data(as_text=True))
    with months.database.writing() as db:
        contact = ContactDraft("F", "Acile", "facilitator-0@example.org")
        add_contact(db, months.here.company_id, contact, now=NOW, account_id=None)
        db.commit()
    answer = decides(months.browser, home, {"line": str(line_id), "act": "validate", "version": version})
    assert (answer.status_code, months.balance().validated) == (403, 0)
    coordinator = Browser(months.browser.app)
    coordinator.sign_in(Role.COORDINATOR)
    answer = decides(coordinator, home, {"line": str(line_id), "act": "validate"})
    assert answer.status_code == 403


def test_unknown_person_is_proposed_and_named(months: Months) -> None:
    with months.database.writing() as db:
        name = _name(db, months.people[0])
        draft = replace(hours_of(0, 20), employment_id=None, person_words=name.upper())
        sends(db, months.declaration_id, draft, seen=(f"{name.upper()}|01-31|{20 * HOUR}|unknown",))
        line_id = db.exec(select(DeclaredLine.id)).one()
        db.commit()
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.sign_in(Role.FACILITATOR)
    page = months.browser.get(f"{home}/lines/{line_id}/person")
    assert "ressemblance" in text_of(page)
    wrong = months.browser.send(f"{home}/lines/{line_id}/person", {"employment_id": str(months.stranger)})
    assert wrong.status_code == 422
    months.browser.send(f"{home}/lines/{line_id}/person", {"employment_id": str(months.people[0])})
    assert months.balance() == Balance(declared=20 * HOUR)
    other = f"/staff/clause/declarations/{months.other_id}/lines/{line_id}"
    assert months.browser.get(f"{other}/person").status_code == 404
    assert months.browser.send(f"{other}/undo", page=home).status_code == 404


def test_somebody_else_is_looked_for_by_another_name_or_made_new(months: Months) -> None:
    with months.database.writing() as db:
        draft = replace(hours_of(0, 20), employment_id=None, person_words="Zzz Yyy")
        sends(db, months.declaration_id, draft, seen=(f"Zzz Yyy|01-31|{20 * HOUR}|unknown",))
        line_id, name = db.exec(select(DeclaredLine.id)).one(), _name(db, months.stranger)
        person_id = db.get_one(EmploymentContract, months.stranger).candidate_id
        db.commit()
    months.browser.sign_in(Role.FACILITATOR)
    address = f"/staff/clause/declarations/{months.declaration_id}/lines/{line_id}/person"
    nobody = months.browser.get(address).get_data(as_text=True)
    assert ("Personne ne s’appelle ainsi" in nobody, "/staff/people/new" in nobody) == (True, True)
    for asked in (name, name.split()[-1]):
        found = months.browser.get(f"{address}?q={asked}").get_data(as_text=True)
        assert f"/staff/clause/people/{person_id}/employments/new" in found
    with months.database.reading() as db:
        traces = [(one.action, one.subject, one.count) for one in accesses(db, limit=4)]
    assert traces == [("name_read", ("candidate", person_id), None), ("searched", None, 1)] * 2
    short = months.browser.get(f"{address}?q={name[:2]}").get_data(as_text=True)
    assert ("trois lettres au moins" in short, "employments/new" in short) == (True, False)


def test_company_without_a_contact_gets_no_link_and_the_page_says_how(months: Months) -> None:
    with months.database.writing() as db:
        alone = a_site(db, 9)
        employs(db, alone, 9)
        declaration_id = opens(db, alone)
        db.commit()
    months.browser.sign_in(Role.FACILITATOR)
    home = f"/staff/clause/declarations/{declaration_id}"
    page = months.browser.get(home).get_data(as_text=True)
    assert (f"{home}/link" in page, f"/staff/companies/{alone.company_id}/contacts/new" in page) == (False, True)
    told = months.browser.send(f"{home}/link", page=home)
    assert (told.status_code, "Aucun contact de cette entreprise" in text_of(told)) == (409, True)


def test_staff_who_type_for_a_company_are_not_spoken_to_as_the_company(months: Months) -> None:
    months.browser.sign_in(Role.FACILITATOR)
    home = f"/staff/clause/declarations/{months.declaration_id}/lines"
    text = text_of(months.browser.get(home))
    assert ("Inscrire les heures du mois" in text, "Envoyer les heures" in text, "vous appelons" in text) == (
        True,
        False,
        False,
    )
    form = months.form(home, hours_0="10", act="send")
    months.browser.post(home, {name: value for name, value in form.items() if name != "q"})
    assert "il reste à les valider" in text_of(months.browser.get(home))


def _name(db: Session, employment_id: int) -> str:
    return employed_by_ids(db, [employment_id])[employment_id].name


def test_hours_that_count_already_are_validated_only_once_it_is_said_how(months: Months) -> None:
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0], 20))
        works(db, months.people[0], 30 * HOUR)
        line_id = db.exec(select(DeclaredLine.id)).one()
        db.commit()
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.sign_in(Role.FACILITATOR)
    page = months.browser.get(home)
    assert "déjà validées autrement ce mois : 30 h" in text_of(page).replace("\u202f", " ").replace("\xa0", " ")
    assert "sans remarque" not in text_of(page)
    asked = decides(months.browser, home, {"line": str(line_id), "act": "validate"})
    text = asked.get_data(as_text=True)
    assert (asked.status_code, f'value="{line_id}" checked' in text) == (422, True)
    assert "s’y ajoutent ou les remplacent" in text_of(asked)
    assert decides(months.browser, home, {"line": str(line_id), "act": "validate", "counting": "x"}).status_code == 422
    decides(months.browser, home, {"line": str(line_id), "act": "validate", "counting": "replaced"})
    assert months.balance().validated == 20 * HOUR


def test_company_reads_nothing_of_hours_that_another_noted_on_the_same_public_contract(months: Months) -> None:
    """Those who decide read them, and say which hours count."""
    with months.database.writing() as db:
        person = db.get_one(EmploymentContract, months.people[0]).candidate_id
        add_lot_company(db, months.here.lot_id, months.there.company_id, now=NOW, account_id=None)
        beside = replace(months.here, company_id=months.there.company_id)
        works(db, employs(db, beside, candidate_id=person), 37 * HOUR)
        db.commit()
    link = months.link()
    assert months.browser.post(link, months.form(link, hours_0="20", hours_1="", act="send")).status_code == 303
    with months.database.writing() as db:
        works(db, months.people[0], 11 * HOUR, account=HourAccount.DECLARED)
        db.commit()
    asked = months.browser.post(link, months.form(link, hours_0="21", hours_1="", act="send"))
    text = text_of(asked).replace("\u202f", " ").replace("\xa0", " ")
    assert (asked.status_code, "Déjà déclarées autrement ce mois, par un fichier : 11 h." in text) == (422, True)
    assert "validées autrement" not in text
    months.browser.sign_in(Role.FACILITATOR)
    page = text_of(months.browser.get(f"/staff/clause/declarations/{months.declaration_id}"))
    assert "déjà validées autrement ce mois : 37 h" in page.replace("\u202f", " ").replace("\xa0", " ")


def test_ledger_sends_whoever_corrects_declared_hours_to_their_declaration(months: Months) -> None:
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0], 20))
        db.commit()
    months.browser.sign_in(Role.FACILITATOR)
    path = f"/staff/clause/contracts/{months.here.contract_id}/ledger/1/correct"
    page = months.browser.get(path)
    assert "corrigez-les là" in text_of(page)
    assert f"/staff/clause/declarations/{months.declaration_id}" in page.get_data(as_text=True)
    other = f"/staff/clause/declarations/{months.declaration_id}"
    assert months.browser.send(path, {"minutes": "3"}, page=other).status_code == 409
    assert months.balance() == Balance(declared=20 * HOUR)


def test_decision_about_what_changed_since_is_not_taken(months: Months) -> None:
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0], 20))
        line_id = db.exec(select(DeclaredLine.id)).one()
        db.commit()
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.sign_in(Role.FACILITATOR)
    version = version_on(months.browser.get(home).get_data(as_text=True))
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0], 90))
        db.commit()
    late = decides(months.browser, home, {"line": str(line_id), "act": "validate", "version": version})
    assert (late.status_code, "90 h" in text_of(late), months.balance().validated) == (422, True, 0)


def test_contract_at_another_company_on_the_same_days_is_shown_to_who_decides_alone(months: Months) -> None:
    """A contract that ended before the line's days is none; the line is not among those without a remark."""
    with months.database.writing() as db:
        for who, ended_on in zip(months.people, (None, date(2026, 1, 10)), strict=True):
            beside = employs(db, months.there, candidate_id=db.get_one(EmploymentContract, who).candidate_id)
            db.get_one(EmploymentContract, beside).ended_on = ended_on
        sends(
            db,
            months.declaration_id,
            hours_of(months.people[0], 20),
            hours_of(months.people[1], 30, from_on=date(2026, 1, 11)),
        )
        db.commit()
    link = text_of(months.browser.get(months.link()))
    months.browser.sign_in(Role.FACILITATOR)
    home = months.browser.get(f"/staff/clause/declarations/{months.declaration_id}")
    text = text_of(home).replace("\u202f", " ").replace("\xa0", " ")
    assert text.count("sous contrat aussi ailleurs ces jours-là : Bâtiment 2, École 2, 2026-02") == 1
    assert "Valider la ligne sans remarque" in text
    assert "Bâtiment 2" not in link


def test_hours_of_somebody_unknown_are_not_validated_and_the_page_says_why(months: Months) -> None:
    with months.database.writing() as db:
        draft = replace(hours_of(0, 20), employment_id=None, person_words="Nour Ba")
        sends(db, months.declaration_id, draft, seen=(f"Nour Ba|01-31|{20 * HOUR}|unknown",))
        line_id = db.exec(select(DeclaredLine.id)).one()
        db.commit()
    months.browser.sign_in(Role.FACILITATOR)
    home = f"/staff/clause/declarations/{months.declaration_id}"
    answer = decides(months.browser, home, {"line": str(line_id), "act": "validate"})
    assert (answer.status_code, "Dites d’abord qui est cette personne" in text_of(answer)) == (422, True)


def test_clear_lines_are_validated_at_once(months: Months) -> None:
    with months.database.writing() as db:
        lines = [hours_of(one, 100) for one in months.people]
        much = hours_of(months.people[0], 90, from_on=date(2026, 1, 1), until_on=date(2026, 1, 31))
        sends(db, months.declaration_id, lines[1], much)
        db.commit()
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.sign_in(Role.FACILITATOR)
    text = months.browser.get(home).get_data(as_text=True)
    assert "Valider les 2 lignes sans remarque" in text_of(months.browser.get(home))
    ids = re.findall(r'type="hidden" name="line" value="(\d+)"', text)
    token = months.browser.token(home)
    told = {"csrf_token": token, "version": version_on(text), "line": ids, "act": "validate"}
    months.browser.client.post(f"{home}/decide", data=told, base_url="http://agenda.example.org")
    assert months.balance().validated == 190 * HOUR


# --- files


def csv_of(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def uploads(months: Months, content: bytes, name: str = "heures.csv") -> str:
    page = f"{months.link()}/file"
    data = {"csrf_token": months.browser.token(page), "file": (BytesIO(content), name)}
    answer = months.browser.client.post(
        page, data=data, base_url="http://agenda.example.org", content_type="multipart/form-data", buffered=True
    )
    return answer.get_data(as_text=True)


def test_file_is_mapped_once_shown_before_it_is_kept_and_sent(months: Months) -> None:
    with months.database.reading() as db:
        first, second = (_name(db, one) for one in months.people)
    content = csv_of(
        "Salarié;Nb heures;Mois;Du",
        f"{first};12,5;01/2026;",
        f"{second};beaucoup;janvier 2026;05/01/2026",
        f"{second};8;02/2026;",
        ";5;01/2026;",
        "Zoé Quelconque;7h30;01/2026;",
    )
    mapping = uploads(months, content)
    assert "quelle colonne contient quoi" in mapping
    columns = _values(mapping)
    assert (columns["name"], columns["hours"], columns["month"], columns["from_on"]) == ("0", "1", "2", "3")
    page = months.browser.post(f"{months.link()}/columns", columns).get_data(as_text=True)
    assert months.lines() == []
    for told in ("Ligne 4", "d’un autre mois", "Ligne 5", "ne nomme personne", "beaucoup", "Zoé Quelconque"):
        assert told in page
    again = uploads(months, content)
    assert "quelle colonne contient quoi" not in again
    form = _values(again)
    places = {form[f"who_{at}"]: at for at in range(int(str(form["shown"])))}
    form |= {f"hours_{places[str(months.people[1])]}": "20", "act": "send"}
    asked = months.browser.post(months.link(), form).get_data(as_text=True)
    (key,) = re.findall(r'name="seen" value="([^"]+)"', asked)
    assert months.browser.post(months.link(), form | {"seen": key}).status_code == 303
    assert sorted(months.lines(), key=lambda one: one[1]) == [
        (None, 450, "sent", "file"),
        (months.people[0], 750, "sent", "file"),
        (months.people[1], 1200, "sent", "file"),
    ]


def _values(page: str) -> dict[str, object]:
    """What the form of a page would send."""
    found: dict[str, object] = {}
    body = page[
        page.rindex("<form", 0, page.index('name="shown"') if 'name="shown"' in page else page.index("<select")) :
    ]
    for one in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)
        if name and ('type="checkbox"' not in one or " checked" in one):
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name_, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r"value='(\d*)' selected", options)
        found[name_] = chosen[1] if chosen else ""
    return found


def a_book(*rows: tuple[object, ...]) -> bytes:
    return workbook(("Salarié", "Nb heures"), *rows)  # type: ignore[arg-type]


def test_workbook_keeps_hours_as_numbers_or_times(months: Months) -> None:
    with months.database.reading() as db:
        first, second = (_name(db, one) for one in months.people)
    page = uploads(months, a_book((first, 12.5), (second, timedelta(hours=30, minutes=15))), "heures.xlsx")
    page = months.browser.post(f"{months.link()}/columns", _values(page)).get_data(as_text=True)
    assert 'value="12.5"' in page
    assert 'value="30:15"' in page


def test_file_that_nobody_should_open_is_refused_with_what_to_do(months: Months) -> None:
    book = a_book(("Zoé", 12))
    sheet = entry_of(book, "xl/worksheets/sheet1.xml")
    formula = sheet.replace(b"<v>12</v>", b"<f>6*2</f><v>12</v>")
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')
    rows = b"".join(b'<row r="%d"></row>' % number for number in range(3, 40_000))
    bomb = with_entry(book, "xl/media/image.bin", b"\0" * 61_000_000)
    for content, told in (
        (with_entry(book, "xl/worksheets/sheet1.xml", formula, replacing=True), "a une formule (B2)"),
        (with_entry(book, "xl/vbaProject.bin", b"x"), "des macros"),
        (with_entry(book, "xl/worksheets/sheet1.xml", far, replacing=True), "loin des autres"),
        (with_entry(book, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", rows + b"</sheetData>"),
                    replacing=True), "lignes vides au-delà de la ligne 25000"),
        (bomb, "trop grand une fois ouvert"),
        (b"not a book", "n’est pas un classeur"),
    ):  # fmt: skip
        assert told in uploads(months, content, "heures.xlsx"), told
    many = csv_of("Salarié;Heures", *("Zoé Quelconque;1" for _ in range(301)))
    assert "trop grand pour un mois" in uploads(months, many)
    assert months.lines() == []


def test_carried_file_that_was_tampered_with_is_refused(months: Months) -> None:
    page = f"{months.link()}/file"
    token = months.browser.token(page)
    for table in ("", "[", "[1,2]", '[["a"],[["x",["b"]]]]', "[[],[]] x"):
        answer = months.browser.post(f"{months.link()}/columns", {"csrf_token": token, "table": table})
        assert answer.status_code == 422


# --- reminders


def test_company_is_reminded_on_three_days_until_it_has_sent(months: Months) -> None:
    days = [date(2026, 2, day) for day in range(1, 29)]
    with months.database.writing() as db:
        counts = {day.day: enqueue_declaration_reminders(db, day=day, now=NOW) for day in days[:9]}
        sends(db, months.declaration_id, hours_of(months.people[0]))
        counts |= {day.day: enqueue_declaration_reminders(db, day=day, now=NOW) for day in days[9:]}
        reminded = db.exec(select(HourDeclaration.reminded_count).order_by(HourDeclaration.id)).all()  # type: ignore[arg-type]
        db.commit()
    assert {day: count for day, count in counts.items() if count} == {5: 2, 10: 1, 15: 1}
    assert reminded == [1, 3]
    with months.database.reading() as db:
        waiting = db.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
        due = [still_due(moment_of(db, one, now=NOW)) for one in waiting]
        assert due == [False, True, True, True]
        words = render(moment_of(db, waiting[1], now=NOW), SiteLinks("http://a", "key"))
        assert ("janvier 2026" in words.subject, "/hours/" in words.text) == (True, True)


def test_company_hears_what_was_refused_and_why(months: Months) -> None:
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0]))
        line_id = db.exec(select(DeclaredLine.id)).one()
        db.commit()
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.sign_in(Role.FACILITATOR)
    told = {"line": str(line_id), "act": "refuse", "reason": "Feuille absente"}
    decides(months.browser, home, told)
    deliver_messages(months.database, Clock())
    with months.database.reading() as db:
        (message,) = db.exec(select(OutboxMessage)).all()
        assert (message.kind, message.state) == ("declaration_refused", MessageState.WAITING)
        words = render(moment_of(db, message, now=NOW), SiteLinks("http://a", "key"))
        assert ("100 h" in words.text, "Feuille absente" in words.text) == (True, True)
    months.browser.send(f"{home}/lines/{line_id}/undo", page=home)
    with months.database.reading() as db:
        assert not still_due(moment_of(db, message, now=NOW))


def test_link_is_sent_by_hand_to_who_runs_the_company(months: Months) -> None:
    months.browser.sign_in(Role.COORDINATOR)
    home = f"/staff/clause/declarations/{months.declaration_id}"
    months.browser.send(f"{home}/link", page=home)
    with months.database.reading() as db:
        (message,) = db.exec(select(OutboxMessage)).all()
        assert still_due(moment_of(db, message, now=NOW))


def test_table_of_a_month_says_who_is_late(months: Months) -> None:
    with months.database.writing() as db:
        sends(db, months.declaration_id, hours_of(months.people[0]))
        db.commit()
    months.browser.sign_in(Role.COORDINATOR)
    page = text_of(months.browser.get("/staff/clause/declarations?month=2026-01"))
    assert ("Bâtiment 1 reçue" in page, "Bâtiment 2 attendue en retard" in page) == (True, True)
    late = text_of(months.browser.get("/staff/clause/declarations?month=2026-01&state=expected"))
    assert ("Bâtiment 1" in late, "Bâtiment 2" in late) == (False, True)
