"""Pages of long work: a file is checked before anything changes, its progress survives a reload, its result is kept
for whoever asked.
"""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlmodel import col, func, select

from alpes_events.database.engine import Database
from alpes_events.database.rows import Row
from alpes_events.errands.models import Errand, ErrandFile, ErrandKind, ErrandState, FileRole
from alpes_events.errands.work import Product, Task
from alpes_events.intake.import_errand import import_file
from alpes_events.intake.table import MOST_ROWS
from alpes_events.jobs.leader import LEASE, take_lead
from alpes_events.people.models import AccessAudit, Account, Candidate, Role
from tests.support.errands import a_worker, asks, people_file, view
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import text_of
from tests.support.workbooks import workbook

PEOPLE = "/staff/imports/people"
BAD = "Sarr;;fatou@example.org;\n<b>Diallo;Hugo;hugo@example.org;31/02/1990\n"


def sends(desk: Desk, content: bytes | str, *, name: str = "personnes.csv", page: str = PEOPLE) -> tuple[int, str, str]:
    """Send a file to be checked: the status, where it leads, and what the page says."""
    octets = content.encode() if isinstance(content, str) else content
    answer = desk.fill(page, "csrf_token", file=(BytesIO(octets), name))
    return answer.status_code, answer.location or "", text_of(answer)


def count_of(database: Database, table: type[Row]) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(table)).one()


def count(database: Database) -> int:
    return count_of(database, Candidate)


def leads(database: Database) -> None:
    """A scheduler gives signs of life."""
    with database.writing() as db:
        take_lead(db, "here", now=NOW)
        db.commit()


def test_file_is_checked_then_imported_and_the_rows_to_correct_are_fetched(organised: Database) -> None:
    desk = Desk(organised)
    leads(organised)
    status, page, _ = sends(desk, people_file(3) + BAD)
    assert (status, count(organised)) == (303, 0)
    waits = text_of(desk.get(page))
    assert "Ce travail commence dans quelques secondes." in waits
    assert "La machine ne travaille pas" not in waits
    a_worker(organised).perform_due()
    checked = text_of(desk.get(page))
    for said in ("Lignes lues 5", "À ajouter 3", "Déjà là 0", "À corriger 2", "Ligne 5 prénom rien", "31/02/1990"):
        assert said in checked
    assert count(organised) == 0
    refused = desk.get(f"{page}/refused")
    assert refused.headers["Content-Disposition"] == "attachment; filename=personnes-lignes-a-corriger.csv"
    assert "Sarr;;fatou@example.org" in refused.get_data(as_text=True)
    brought = desk.press(f"{page}/import", page)
    a_worker(organised).perform_due()
    assert count(organised) == 3
    assert "3 lignes ajoutées. 2 restent à corriger" in text_of(desk.get(brought.location))
    assert "Ce fichier a été importé." in text_of(desk.get(page))
    assert desk.press(f"{page}/import", "/account").location == brought.location


def test_file_of_which_everything_is_there_says_so_and_has_no_button(organised: Database) -> None:
    desk = Desk(organised)
    leads(organised)
    content = people_file(3)
    for lines, said, button in (
        (content, "Toutes les lignes sont bonnes.", "Importer les 3 lignes"),
        (content, "Tout est déjà là : il n’y a rien à ajouter.", ""),
        (content + BAD, "Les bonnes lignes sont déjà là : il n’y a rien à ajouter.", ""),
        (people_file(5), "Toutes les lignes sont bonnes.", "Importer les 2 lignes"),
    ):
        _, page, _ = sends(desk, lines)
        a_worker(organised).perform_due()
        shown = desk.get(page)
        assert said in text_of(shown)
        assert button in text_of(shown)
        assert (f'action="{page}/import"' in shown.get_data(as_text=True)) == bool(button)
        if button:
            desk.press(f"{page}/import", page)
            a_worker(organised).perform_due()


def test_progress_is_on_the_page_and_survives_a_reload(organised: Database) -> None:
    desk = Desk(organised)
    leads(organised)
    _, page, _ = sends(desk, people_file(62))
    a_worker(organised).perform_due()
    running = desk.press(f"{page}/import", page).location
    seen = []

    def watched(task: Task) -> Product:
        def step(done: int, total: int) -> None:
            task.step(done, total)
            page = desk.get(running).get_data(as_text=True)
            bar = re.search(r'role="progressbar".*?aria-valuenow="(\d+)".*?aria-valuetext="(.*?)"', page)
            assert bar is not None
            assert "data-work>" in page
            seen.append((int(bar[1]), bar[2]))

        return import_file(Task(**{**vars(task), "step": step}))

    a_worker(organised, kinds={ErrandKind.IMPORT: watched}).perform_due()
    assert seen == [
        (0, "0 ligne importée sur 62"),
        (40, "25 lignes importées sur 62"),
        (80, "50 lignes importées sur 62"),
    ]
    assert "data-work>" not in desk.get(running).get_data(as_text=True)


def test_page_says_what_to_do_when_no_scheduler_runs(organised: Database) -> None:
    desk = Desk(organised)
    _, page, _ = sends(desk, people_file(1))
    assert "Demandez qu’on relance « alpes scheduler »" in text_of(desk.get(page))
    with organised.writing() as db:
        take_lead(db, "there", now=NOW - LEASE - timedelta(seconds=1))
        db.commit()
    assert "La machine ne travaille pas : rien n’avance." in text_of(desk.get(page))


def bomb() -> bytes:
    """A small archive that would fill the memory."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 61_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("", b"", "Choisissez d’abord un fichier."),
        ("vide.csv", b"  \n", "Ce fichier est vide"),
        ("titres.csv", "nom;prénom\n".encode(), "Ce fichier n’a que ses titres"),
        ("bombe.xlsx", bomb(), "trop grand une fois ouvert"),
        ("menteur.xlsx", b"MZ\x90\x00", "n’est pas un classeur XLSX, malgré son nom"),
        ("nul.csv", b"nom;pr\xc3\xa9nom\nSa\x00rr;Fatou\n", "n’est pas un CSV"),
        ("macro.xlsm", b"PK\x03\x04", "Nous ne lisons pas les fichiers .xlsm"),
        ("page.html", b"<script>alert(1)</script>", "Nous lisons les fichiers CSV et XLSX"),
        ("long.csv", b"nom;pr\xc3\xa9nom\n" + b"a;b\n" * 100_000, "a plus de 20000 lignes"),
        ("autre.csv", b"couleur;taille\nbleu;12\n", "Il manque des colonnes dans la première ligne"),
        ("double.csv", b"nom;nom;pr\xc3\xa9nom\na;b;c\n", "est là deux fois"),
        ("guillemet.csv", b'nom;pr\xc3\xa9nom\n"a;b\n', "un guillemet y est ouvert"),
    ],
)
def test_hostile_file_is_refused_with_a_sentence(organised: Database, name: str, content: bytes, sentence: str) -> None:
    status, location, said = sends(Desk(organised), content, name=name)
    assert (status, location, sentence in said) == (422, "", True), said[:400]
    with organised.reading() as db:
        assert db.exec(select(Errand.id)).all() == []


def test_file_heavier_than_a_request_may_be_is_refused(organised: Database) -> None:
    desk = Desk(organised)
    desk.app.config["MAX_CONTENT_LENGTH"] = 100_000
    status, _, said = sends(desk, b"nom;x\n" + b"a" * 100_000)
    assert (status, "Choisissez un fichier plus petit" in said) == (413, True)


def test_formulas_and_tags_stay_text(organised: Database) -> None:
    desk = Desk(organised)
    rows = [["nom", "prénom", "date de naissance"], ["@SUM(1+1)", "", "x"], ["<img src=x>", "Luc", "hier"]]
    _, page, _ = sends(desk, workbook(*rows), name="../<script>=cmd.xlsx")
    a_worker(organised).perform_due()
    shown = desk.get(page).get_data(as_text=True)
    assert "&lt;script&gt;=cmd.xlsx" in shown
    assert "<img src=x>" not in shown
    assert "'@SUM(1+1)" in desk.get(f"{page}/refused").get_data(as_text=True)
    assert MOST_ROWS == 20_000


def test_work_of_another_does_not_exist_but_for_those_who_run_events(organised: Database) -> None:
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    errand_id = asks(organised, ErrandKind.SIGN_UPS, year=2026)
    a_worker(organised).perform_due()
    advisor, coordinator = Desk(organised, Role.ADVISOR), Desk(organised)
    for path in ("", "/result", "/refused"):
        assert advisor.get(f"/staff/work/{errand_id}{path}").status_code == 404
    for act in ("stop", "again"):
        assert advisor.press(f"/staff/work/{errand_id}/{act}", "/account").status_code == 404
    assert advisor.press(f"/staff/work/{errand_id}/import", "/account").status_code == 403
    assert f"/staff/work/{errand_id}" not in advisor.get("/staff/work?show=all").get_data(as_text=True)
    assert coordinator.get(f"/staff/work/{errand_id}").status_code == 200
    assert f"/staff/work/{errand_id}" not in coordinator.get("/staff/work").get_data(as_text=True)
    assert f"/staff/work/{errand_id}" in coordinator.get("/staff/work?show=all").get_data(as_text=True)


def test_advisor_takes_only_those_whom_they_signed_up(organised: Database) -> None:
    advisor = Desk(organised, Role.ADVISOR)
    assert "Tous les événements" not in text_of(advisor.get("/staff/exports"))
    refused = advisor.fill("/staff/exports", "what", what="events")
    assert refused.status_code == 422
    asked = advisor.fill("/staff/exports", "what", what="sign_ups", year="2026")
    with organised.reading() as db:
        assert db.exec(select(Errand.wishes)).all() == [{"year": 2026, "registered_by": advisor.account_id}]
    assert asked.status_code == 303


def test_account_that_runs_events_no_more_keeps_the_work_of_its_own_people_alone(organised: Database) -> None:
    """What it asked for as a coordinator holds everybody: neither seen, nor fetched, nor asked for again."""
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    desk = Desk(organised)
    full = desk.fill("/staff/exports", "what", what="sign_ups", year="2026").location
    events = desk.fill("/staff/exports", "what", what="events").location
    with organised.writing() as db:
        db.get_one(Account, desk.account_id).role = Role.ADVISOR
        db.commit()
    own = desk.fill("/staff/exports", "what", what="sign_ups", year="2026").location
    a_worker(organised).perform_due()
    before = count_of(organised, Errand)
    for page in (full, events):
        assert [desk.get(page + path).status_code for path in ("", "/result", "/refused")] == [404, 404, 404]
        assert [desk.press(f"{page}/{act}", "/account").status_code for act in ("stop", "again")] == [404, 404]
    assert count_of(organised, Errand) == before
    assert [desk.get(own + path).status_code for path in ("", "/result")] == [200, 200]
    for listing in ("/staff/work", "/staff/"):
        page = desk.get(listing).get_data(as_text=True)
        assert [f'"{path}"' in page for path in (own, full, events)] == [True, False, False]
    again = desk.press(f"{own}/again", "/account").location
    assert view(organised, int(again.rsplit("/", 1)[1])).wishes["registered_by"] == desk.account_id


def test_fetching_is_noted_with_how_many_people(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=5)
        for number in range(3):
            signs_up(db, event_id, number)
        db.commit()
    desk = Desk(organised)
    page = desk.fill("/staff/exports", "what", what="sign_ups", year="2026").location
    a_worker(organised).perform_due()
    fetched = desk.get(f"{page}/result")
    assert (fetched.status_code, fetched.headers["Content-Disposition"]) == (
        200,
        "attachment; filename=inscriptions-2026.xlsx",
    )
    with organised.reading() as db:
        noted = db.exec(
            select(AccessAudit.action, AccessAudit.account_id, AccessAudit.subject_kind, AccessAudit.count).where(
                col(AccessAudit.subject_kind) == "errand"
            )
        ).all()
    assert noted == [("exported", desk.account_id, "errand", 3)]


def test_file_of_an_event_is_noted_as_the_event_and_every_other_in_words(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        signs_up(db, event_id, 1)
        db.commit()
    works = [asks(organised, ErrandKind.CONVOCATIONS, event_id=event_id), asks(organised, ErrandKind.EVENTS)]
    a_worker(organised).perform_due()
    desk = Desk(organised)
    assert [desk.get(f"/staff/work/{one}/result").status_code for one in works] == [200, 200]
    with organised.reading() as db:
        noted = db.exec(
            select(AccessAudit.subject_kind, AccessAudit.subject_id)
            .where(AccessAudit.action == "exported")
            .order_by(col(AccessAudit.id))
        ).all()
    assert noted == [("event", event_id), ("errand", works[1])]
    admin = Desk(organised, Role.ADMINISTRATOR)
    audit = text_of(admin.get("/staff/audit"))
    assert (f"Travail n° {works[1]}" in audit.replace("\u00a0", " "), "errand" in audit) == (True, False)
    sheet = admin.get("/staff/audit?as=csv").get_data(as_text=True)
    assert ("Travail" in sheet, "errand" in sheet) == (True, False)


def test_file_that_is_no_longer_kept_says_so(organised: Database) -> None:
    desk = Desk(organised)
    errand_id = asks(organised, ErrandKind.EVENTS)
    a_worker(organised).perform_due()
    with organised.writing() as db:
        for row in db.exec(select(ErrandFile)):
            db.delete(row)
        db.commit()
    gone = desk.get(f"/staff/work/{errand_id}/result")
    assert (gone.status_code, "Ce fichier n’est plus gardé" in text_of(gone)) == (410, True)
    assert "Demander de nouveau" in text_of(desk.get(f"/staff/work/{errand_id}"))
    again = desk.press(f"/staff/work/{errand_id}/again", f"/staff/work/{errand_id}").location
    a_worker(organised).perform_due()
    assert FileRole.RESULT in view(organised, int(again.rsplit("/", 1)[1])).files


def test_stop_and_start_again(organised: Database) -> None:
    desk = Desk(organised)
    _, page, _ = sends(desk, people_file(1))
    assert desk.press(f"{page}/stop", page).location == page
    stopped = text_of(desk.get(page))
    assert "Ce travail s’arrête." in stopped
    assert "Rien n’a été changé." in stopped
    again = desk.press(f"{page}/again", page).location
    a_worker(organised).perform_due()
    assert view(organised, int(again.rsplit("/", 1)[1])).state is ErrandState.DONE


def test_import_of_what_was_not_checked_is_refused(organised: Database) -> None:
    desk = Desk(organised)
    _, page, _ = sends(desk, people_file(1))
    refused = desk.press(f"{page}/import", page)
    assert (refused.status_code, "n’est pas prêt à importer" in text_of(refused)) == (409, True)
    export = asks(organised, ErrandKind.EVENTS)
    a_worker(organised).perform_due()
    assert desk.press(f"/staff/work/{export}/import", page).status_code == 409


def test_template_of_an_event_names_it(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        db.commit()
    desk = Desk(organised)
    page = text_of(desk.get(f"/staff/imports/registrations?event={event_id}"))
    model = desk.get(f"/staff/imports/registrations/model.csv?event={event_id}").get_data(as_text=True)
    slug = re.search(r"événement » : (\S+) \.", page)
    assert slug is not None
    assert f";{slug[1]};" in model
    assert desk.get("/staff/imports/registrations?event=999").status_code == 200


def test_check_of_hours_names_what_would_be_created(organised: Database) -> None:
    desk = Desk(organised, Role.FACILITATOR)
    leads(organised)
    file = "nom;prénom;maître d’ouvrage;opération;marché;entreprise;mois;heures\n"
    _status, page, _ = sends(desk, f"{file}Dupont;Emma;Ville;École;M1;Nord;01/2026;5\n", page="/staff/imports/hours")
    a_worker(organised).perform_due()
    told = text_of(desk.get(page))
    start = told.index("Ce qui serait créé")
    for name in (
        "1 marché M1, École, Ville, 01/01/2026 – …",
        "1 lot M1, lot 1",
        "1 entreprise Nord",
        "1 personne Emma Dupont",
    ):
        assert name in told[start:], name
