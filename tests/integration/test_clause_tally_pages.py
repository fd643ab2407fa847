"""The pages of the tally: each figure opens the entries that make it, readers see no small one, documents come back."""

import re
from html import unescape

import pytest
from sqlmodel import Session, select

from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import ClauseDocument
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import public_names
from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit, Candidate, Role
from alpes_events.territory.models import Organisation
from tests.support.clause import FEBRUARY, a_site, employs, works
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

HOUR = 60
TALLY = "/staff/clause/tally?year=2026"
_LINK = re.compile(r'<a href="(/staff/clause/tally/entries\?[^"]+)">(.*?)</a>')
_HOURS = re.compile(r"(−?)([\d ]+) h(?: (\d\d))?")


@pytest.fixture
def worked(organised: Database) -> Database:
    """Seven people on two operations, one correction; one criterion of health; two women."""
    with organised.writing() as db:
        sites = [a_site(db, 1), a_site(db, 2, in_territory=False)]
        for number in range(7):
            code = "OETH" if number == 6 else "RSA"
            employment_id = employs(db, sites[number % 2], number + 1, criterion_code=code)
            row = db.get_one(EmploymentContract, employment_id)
            row.in_territory, row.mode = number % 3 == 0, None if number == 1 else row.mode
            db.add(row)
            works(db, employment_id, 50 * HOUR + number)
            contract_id, sequence = works(db, employment_id, 10 * HOUR, month=FEBRUARY)
            if number == 3:
                correct_hours(db, contract_id, sequence, 4 * HOUR, now=NOW, account_id=None)
        db.commit()
    return organised


TOTAL = 7 * 60 * HOUR + 21 - 6 * HOUR


def minutes_in(words: str) -> int:
    found = _HOURS.search(plain(unescape(words)))
    assert found is not None, words
    return (-1 if found[1] else 1) * (int(found[2].replace(" ", "")) * 60 + int(found[3] or 0))


@pytest.mark.parametrize("cut", [cut.value for cut in Cut])
def test_each_figure_opens_entries_that_add_up_to_it(worked: Database, cut: str) -> None:
    desk = Desk(worked, Role.FACILITATOR)
    page = desk.get(f"{TALLY}&by={cut}").get_data(as_text=True)
    links = [(unescape(address), words) for address, words in _LINK.findall(page)]
    hours = [(address, minutes_in(words)) for address, words in links if "h" in words]
    assert sum(minutes for address, minutes in hours if f"by={cut}" in address) == TOTAL
    for address, minutes in hours:
        opened = desk.get(address).get_data(as_text=True)
        shown = re.findall(r'<td role="cell" data-l="Heures" class="r num nw">(.*?)</td>', opened)
        assert sum(map(minutes_in, shown)) == minutes, address
    heads = [(address, words) for address, words in links if "h" not in words]
    assert len(heads) >= 2 * len([one for one, _minutes in hours if f"by={cut}" in one])
    for address, number in heads:
        assert re.search(rf"\b{number} (personne|contrat de travail)", text_of(desk.get(address))), address


def test_filters_stay_in_the_address_and_narrow_the_figures(worked: Database) -> None:
    desk = Desk(worked)
    whole = text_of(desk.get(f"{TALLY}&by=mode"))
    narrowed = desk.get(f"{TALLY}&by=mode&place=in&mode=cdd")
    assert "Tout montrer" in text_of(narrowed)
    assert "Tout montrer" not in whole
    addresses = [unescape(address) for address, _words in _LINK.findall(narrowed.get_data(as_text=True))]
    assert addresses
    assert all("place=" in one and "mode=cdd" in one for one in addresses)
    assert "Opération hors territoire" not in {
        words for _address, words in _LINK.findall(narrowed.get_data(as_text=True))
    }


def test_tally_of_a_day_before_has_nothing(worked: Database) -> None:
    assert "Aucune heure validée" in text_of(Desk(worked).get(f"{TALLY}&as_of=2026-03-01"))
    assert "Aucune heure validée" not in text_of(Desk(worked).get(f"{TALLY}&as_of=2026-03-02"))


def test_day_that_cannot_be_read_is_told_beside_the_figures_of_today(worked: Database) -> None:
    desk, address = Desk(worked), f"{TALLY}&as_of=pasundate"
    told = "Le jour « pasundate » n’existe pas"
    for page in (address, address.replace("tally?", "tally/entries?")):
        assert told in plain(text_of(desk.get(page))), page
        assert "Voici le décompte tel qu’il est aujourd’hui" in text_of(desk.get(page))
    assert desk.press(address, TALLY, form="csv").status_code == 422
    with worked.reading() as db:
        assert db.exec(select(ClauseDocument)).all() == []
    assert "n’existe pas" not in text_of(desk.get(f"{TALLY}&as_of="))


@pytest.mark.parametrize("role", [Role.READER, Role.ADVISOR])
def test_who_reads_totals_only_sees_no_small_cell_no_row_and_no_filter(worked: Database, role: Role) -> None:
    with worked.writing() as db:
        organisation = db.get_one(Organisation, 1)
        organisation.small_cell_threshold = 5
        db.add(organisation)
        db.commit()
    reader = Desk(worked, role)
    page = reader.get(f"{TALLY}&by=mode").get_data(as_text=True)
    assert "masqué" in page
    assert "/staff/clause/tally/entries" not in page
    narrowed = reader.get(f"{TALLY}&by=mode&place=in&as_of=2026-03-01").get_data(as_text=True)
    assert _without_tokens(narrowed) == _without_tokens(page)
    assert "Modalité" in text_of(reader.get(f"{TALLY}&by=mode"))
    assert '<option value="person"' not in page
    for closed in ("/staff/clause/tally/entries?year=2026", "/staff/clause/documents"):
        assert reader.get(closed).status_code == 403


def _without_tokens(page: str) -> str:
    return re.sub(
        r'name="csrf_token" type="hidden" value="[^"]+"|href="[^"]*"|action="[^"]*"|value="[^"]*lang[^"]*"', "", page
    )


@pytest.mark.parametrize("role", [Role.READER, Role.ADVISOR])
def test_who_reads_totals_only_makes_no_file_of_the_tally(worked: Database, role: Role) -> None:
    desk = Desk(worked, role)
    assert desk.press(TALLY, "/account", form="csv").status_code == 403


def test_hidden_parts_cannot_be_worked_out_from_those_shown(worked: Database) -> None:
    """Of seven people, two groups: hiding the small one alone would leave it to be subtracted from the whole."""
    with worked.writing() as db:
        organisation = db.get_one(Organisation, 1)
        organisation.small_cell_threshold = 4
        db.add(organisation)
        db.commit()
    page = Desk(worked, Role.READER).get(f"{TALLY}&by=operation").get_data(as_text=True)
    rows = re.findall(r'<th role="rowheader" scope="row">École.*?</tr>', page, re.DOTALL)
    assert [("masqué" in row) for row in rows] == [True, True]


def test_criterion_of_health_is_named_to_facilitators_only(worked: Database) -> None:
    with worked.reading() as db:
        label = public_names(db, language="fr")["OETH"]
    facilitator, coordinator = (
        text_of(Desk(worked, role).get(f"{TALLY}&by=criterion")) for role in (Role.FACILITATOR, Role.COORDINATOR)
    )
    assert (label in facilitator, "Critère réservé" in facilitator) == (True, False)
    assert (label in coordinator, "laisserait deviner" in coordinator) == (False, True)


def test_criteria_of_health_of_enough_people_are_one_part_without_entries(worked: Database) -> None:
    _few(worked, 1)
    page = Desk(worked).get(f"{TALLY}&by=criterion")
    assert "Critère réservé" in text_of(page)
    assert "by=criterion&amp;key=" not in page.get_data(as_text=True)
    narrower = text_of(Desk(worked).get(f"{TALLY}&by=criterion&mode=cdd"))
    assert ("Critère réservé" in narrower, "laisserait deviner" in narrower) == (False, True)


@pytest.mark.parametrize(
    "asked",
    ["&by=person&criterion=HEALTH", "&by=mode&criterion=HEALTH", "&by=person&criterion=RSA", "&criterion=unknown"],
)
def test_coordinator_narrows_by_no_criterion(worked: Database, asked: str) -> None:
    """Also a criterion that is none of health: what all others leave of somebody's company is."""
    desk = Desk(worked)
    _few(worked, 1)
    for address in (f"{TALLY}{asked}", f"/staff/clause/tally/entries?year=2026{asked}"):
        answer = desk.get(address)
        assert (answer.status_code, "laisserait deviner" in text_of(answer)) == (403, True)
    assert desk.press(f"{TALLY}{asked}", TALLY, form="csv").status_code == 403
    assert 'name="criterion"' not in desk.get(TALLY).get_data(as_text=True)
    assert Desk(worked, Role.FACILITATOR).get(f"{TALLY}{asked}").status_code == 200


@pytest.mark.parametrize(
    "asked", ["&by=person&criterion=OETH", "&by=criterion&person=7", "&by=mode&criterion=RSA&person=1"]
)
def test_no_file_tells_by_which_criterion_a_person_is_eligible(worked: Database, asked: str) -> None:
    """Also not one that a facilitator, who may read it, takes away."""
    desk = Desk(worked, Role.FACILITATOR)
    assert desk.get(f"{TALLY}{asked}").status_code == 200
    refused = desk.press(f"{TALLY}{asked}", TALLY, form="csv")
    assert (refused.status_code, "Un fichier ne dit pas" in text_of(refused)) == (403, True)


def test_coordinator_opens_no_entries_of_a_criterion(worked: Database) -> None:
    entries = "/staff/clause/tally/entries?year=2026&by=criterion&key="
    assert [Desk(worked).get(f"{entries}{key}").status_code for key in ("HEALTH", "RSA")] == [403, 403]
    assert Desk(worked, Role.FACILITATOR).get(f"{entries}OETH").status_code == 200


def _few(database: Database, few: int) -> None:
    with database.writing() as db:
        db.get_one(Organisation, 1).small_cell_threshold = few
        db.commit()


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "pdf"])
def test_exported_tally_is_numbered_listed_and_audited(worked: Database, form: str) -> None:
    desk = Desk(worked)
    answer = desk.press(f"{TALLY}&by=mode", TALLY, form=form)
    assert answer.status_code == 303
    file = desk.get(answer.headers["Location"])
    assert file.headers["Content-Disposition"] == f'attachment; filename="DEC-2026-0001.{form}"'
    assert len(file.get_data()) > 200
    listed = text_of(desk.get("/staff/clause/documents"))
    assert "DEC-2026-0001" in listed
    assert "inchangé" in listed
    with worked.reading() as db:
        audited = db.exec(select(AccessAudit).where(AccessAudit.action == AuditAction.EXPORTED)).one()
        assert (audited.subject_kind, audited.subject_id) == ("clause_document", 1)
        assert db.exec(select(ClauseDocument)).one().made_by == desk.account_id


def test_list_says_when_the_ledger_moved_since(worked: Database) -> None:
    desk = Desk(worked)
    desk.press(f"{TALLY}&by=mode", TALLY, form="csv")
    with worked.writing() as db:
        works(db, 1, 60, month=FEBRUARY)
        db.commit()
    assert "1 écriture de plus" in text_of(desk.get("/staff/clause/documents"))


@pytest.mark.parametrize("asked", ["&by=criterion", "&by=mode&criterion=OETH", ""])
def test_document_that_tells_of_health_opens_for_facilitators_only(worked: Database, asked: str) -> None:
    """It does not say something else, or nothing, to others under its number: it is refused."""
    facilitator = Desk(worked, Role.FACILITATOR)
    address = facilitator.press(f"{TALLY}{asked}", TALLY, form="json").headers["Location"]
    assert b"OETH" in facilitator.get(address).get_data() or "mode" in asked
    refused = Desk(worked).get(address)
    assert (refused.status_code, "DEC-2026-0001 parle de critères de santé" in text_of(refused)) == (403, True)


def test_filters_are_named_in_files_and_in_the_list(worked: Database) -> None:
    desk = Desk(worked)
    for form in ("csv", "json", "xlsx", "pdf"):
        address = desk.press(f"{TALLY}&by=person&place=in&company=1&mode=cdd", TALLY, form=form).headers["Location"]
        content = desk.get(address).get_data()
        if form in {"csv", "json"}:
            told = content.decode()
            for words in ("Opération du territoire", "Bâtiment 1", "CDD"):
                assert words in told, (form, words)
    listed = text_of(desk.get("/staff/clause/documents"))
    for words in ("Opérations : Opération du territoire", "Entreprise : Bâtiment 1", "Modalité : CDD"):
        assert listed.count(words) == 4


def test_export_in_an_unknown_form_or_with_more_fields_is_refused(worked: Database) -> None:
    desk = Desk(worked)
    assert desk.press(TALLY, TALLY, form="exe").status_code == 400
    assert desk.press(TALLY, TALLY, form="csv", number="7").status_code == 400
    with worked.reading() as db:
        assert db.exec(select(ClauseDocument)).all() == []


def test_exports_name_nobody(worked: Database) -> None:
    desk = Desk(worked)
    answer = desk.press(f"{TALLY}&by=person", TALLY, form="csv")
    content = desk.get(answer.headers["Location"]).get_data(as_text=True)
    with worked.reading() as db:
        names = _names(db)
    assert [name for name in names if name in content] == []


def _names(db: Session) -> list[str]:
    return list(db.exec(select(Candidate.family_name)))
