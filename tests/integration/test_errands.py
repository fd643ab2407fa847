"""Long work: done once by whoever holds it, taken again after a crash, stopped when asked, and forgotten soon."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.errands.claim import LEASE, MOST_ATTEMPTS, claim_errand, due_errands
from alpes_events.errands.clearing import FILES_KEPT, ROWS_KEPT, clear_files
from alpes_events.errands.commands import MOST_OPEN, FileGone, TooManyErrands, ask_again, ask_stop
from alpes_events.errands.models import Errand, ErrandFile, ErrandKind, ErrandState, FileRole
from alpes_events.errands.queries import file_of, report_of
from alpes_events.errands.work import Product, Task
from alpes_events.intake.files import read_table
from alpes_events.intake.import_errand import AT_ONCE, import_file
from alpes_events.intake.kinds import KINDS as SHEETS
from alpes_events.intake.run import run_import
from alpes_events.language.refusal import BadInput
from alpes_events.people.models import Candidate
from alpes_events.privacy.end_of_files import erase_and_note
from alpes_events.privacy.short_lived import forget_short_lived
from alpes_scheduler.keeper import Keeper
from tests.integration.test_scheduler import a_desk
from tests.support.databases import ENGINES, Templates
from tests.support.errands import HEADINGS, a_worker, asks, people_file, view
from tests.support.posts import Clock
from tests.support.racing import Racers, act
from tests.support.stories import NOW, an_event, an_organisation, signs_up
from tests.support.unguarded import claims_unguarded

BAD = "Sarr;;fatou@example.org;\nDiallo;Hugo;pas une adresse;31/02/1990\n"


class Killed(BaseException):
    """What a kill does to work: nothing after it runs."""


def people(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as db:
        rows = db.exec(select(Candidate.family_name, Candidate.email).order_by(col(Candidate.id)))
        return [(name, email) for name, email in rows]


def files(database: Database, errand_id: int) -> set[FileRole]:
    return set(view(database, errand_id).files)


def dying_after(steps: int, how: type[BaseException] = Killed) -> dict[ErrandKind, object]:
    """An import that is killed at its step number `steps`."""

    def perform(task: Task) -> Product:
        seen = 0

        def step(done: int, total: int) -> None:
            nonlocal seen
            seen += 1
            task.step(done, total)
            if seen == steps:
                raise how

        values = {**vars(task), "step": step}
        return import_file(Task(**values))

    return {ErrandKind.IMPORT: perform}


def test_check_changes_nothing_and_tells_each_bad_row(organised: Database) -> None:
    errand_id = asks(organised, content=people_file(3) + BAD, file="people")
    assert a_worker(organised).perform_due() == 1
    found = view(organised, errand_id)
    with organised.reading() as db:
        told = report_of(db, found)["issues"]
    assert people(organised) == []
    assert dict(found.counts) == {"read": 5, "added": 3, "there": 0, "refused": 2, "left": 0}
    assert [(one["line"], one["column"], one["typed"], one["reason"]["fr"]) for one in told] == [
        (5, "prénom", "", "Il manque cette valeur."),
        (6, "date de naissance", "31/02/1990", "Le 31/02/1990 n’existe pas : vérifiez le jour et le mois."),
    ]
    assert told[0]["reason"]["en"] == "This value is missing."
    assert (found.state, found.percent) == (ErrandState.DONE, 100)


def test_import_by_errand_is_the_import_by_command(organised: Database, templates: Templates) -> None:
    content = people_file(230) + BAD
    check = asks(organised, content=content, file="people")
    errand_id = asks(organised, ErrandKind.IMPORT, follows=check, file="people")
    a_worker(organised).perform_due()
    with templates.fresh("sqlite", an_organisation) as other:
        report = run_import(other, SHEETS["people"], read_table("f.csv", content.encode()), now=NOW)
        assert people(organised) == people(other)
    found, checked = view(organised, errand_id), view(organised, check)
    counts = {name: getattr(report, name) for name in ("read", "added", "there", "refused", "left")}
    assert dict(found.counts) == dict(checked.counts) == counts
    with organised.reading() as db:
        issues = report_of(db, found)["issues"]
    assert [(one["line"], one["column"], one["reason"]["fr"], one["typed"]) for one in issues] == [
        (one.line, one.column, one.sentence.in_language("fr"), one.typed) for one in report.issues
    ]


EVENTS = "titre;genre;date;début;fin;commune;code postal;places\n" + "".join(
    f"Rendez-vous {day};atelier;{day:02d}/04/2026;9:00;12:00;Lambersart;59130;{day}\n" for day in range(1, 31)
)
SIGN_UPS = "événement;nom;prénom;e-mail\n" + "".join(
    f"Job dating d’essai;Nom{chr(97 + number // 10)}{chr(97 + number % 10)};Jeanne;j{number}@example.org\n"
    for number in range(60)
)
CAME = "événement;nom;prénom;présence;inscrit par\n" + "".join(
    f"Hier;Venu{chr(97 + number // 10)}{chr(97 + number % 10)};Luc;présent;accueil\n" for number in range(40)
)
HOURS = "nom;prénom;maître d’ouvrage;opération;marché;entreprise;mois;heures\n" + "".join(
    f"Nom{chr(97 + number // 10)}{chr(97 + number % 10)};Jeanne;Ville;École;M1;Nord;01/2026;12h30\n"
    for number in range(40)
)
KINDS_OF_FILES = {
    "events": EVENTS + "Sans date;atelier;31/02/2026;9:00;12:00;;;\nFête;kermesse;01/05/2026;9:00;12:00;;;\n",
    "registrations": SIGN_UPS + "Inconnu;Sarr;Fatou;\nJob dating d’essai;;Luc;\n",
    "attendance": CAME + "Hier;Absente;Marie;absent;\nHier;Venuaa;Luc;peut-être;\n",
    "people": people_file(70) + BAD,
    "hours": HOURS + "Ba;Awa;Ville;École;M1;Nord;02/2026;-3\nBa;;Ville;École;M1;Nord;02/2026;3\n",
}


@pytest.mark.parametrize("kind", KINDS_OF_FILES)
def test_check_foretells_what_the_import_does_and_the_command_does_the_same(
    templates: Templates, organised: Database, kind: str
) -> None:
    """Of each kind of file; and the second time the same file changes nothing."""
    content = KINDS_OF_FILES[kind]

    def prepare(database: Database) -> None:
        with database.writing() as db:
            an_event(db, capacity=20)
            before = NOW - timedelta(days=2)
            an_event(db, title="Hier", starts_at=before, ends_at=before + timedelta(hours=3), now=before)
            db.commit()

    prepare(organised)
    check = asks(organised, content=content, file=kind)
    first = asks(organised, ErrandKind.IMPORT, follows=check, file=kind)
    second = asks(organised, ErrandKind.IMPORT, follows=check, file=kind)
    a_worker(organised).perform_due()
    with templates.fresh("sqlite", an_organisation) as other:
        prepare(other)
        report = run_import(other, SHEETS[kind], read_table("f.csv", content.encode()), now=NOW)
        assert rows_of(organised) == rows_of(other)
    counts = {name: getattr(report, name) for name in ("read", "added", "there", "refused", "left")}
    assert (counts["refused"], counts["added"] > 25) == (2, True)
    assert dict(view(organised, check).counts) == dict(view(organised, first).counts) == counts
    again = view(organised, second).counts
    assert (again["added"], again["there"], again["refused"]) == (0, counts["added"], 2)


def rows_of(database: Database) -> tuple[list[object], ...]:
    """What an import writes, without what is random."""
    with database.reading() as db:
        events = db.exec(select(Event.title, Event.starts_at, Event.state).order_by(col(Event.id))).all()
        people_there = db.exec(select(Candidate.family_name, Candidate.email).order_by(col(Candidate.id))).all()
        sign_ups = db.exec(
            select(Candidate.family_name, Registration.event_id, Registration.state, Registration.presence)
            .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
            .order_by(col(Registration.id))
        ).all()
    return list(events), list(people_there), list(sign_ups)


def test_refused_rows_come_back_as_a_file_that_can_be_sent_again(organised: Database) -> None:
    check = asks(organised, content=people_file(1) + '"=1+1";;"<b>";\n', file="people")
    a_worker(organised).perform_due()
    with organised.reading() as db:
        refused = file_of(db, check, FileRole.REFUSED)
    text = refused.content.decode("utf-8-sig")
    assert refused.name == "personnes-lignes-a-corriger.csv"
    assert text.splitlines() == [
        "ligne du fichier;à corriger;nom;prénom;e-mail;date de naissance",
        "3;prénom : Il manque cette valeur.;'=1+1;;<b>;",
    ]
    mended = asks(organised, content=text.replace("'=1+1;;<b>", "Sarr;Fatou;fatou@example.org"), file="people")
    a_worker(organised).perform_due()
    found = view(organised, mended)
    assert (found.counts["added"], found.counts["refused"]) == (1, 0)


def test_killed_in_the_middle_it_is_taken_again_and_ends_with_the_same_rows(organised: Database) -> None:
    clock = Clock()
    check = asks(organised, content=people_file(350), file="people")
    errand_id = asks(organised, ErrandKind.IMPORT, follows=check, file="people")
    a_worker(organised, clock).perform_due()
    whole = people(organised)
    assert len(whole) == 350
    again = asks(organised, ErrandKind.IMPORT, content=people_file(350, first=1000), file="people")
    with pytest.raises(Killed):
        a_worker(organised, clock, kinds=dying_after(3)).perform_due()  # type: ignore[arg-type]
    assert len(people(organised)) == 350 + 2 * AT_ONCE
    assert view(organised, again).state is ErrandState.RUNNING
    assert a_worker(organised, clock).perform_due() == 0
    clock.now += LEASE
    assert a_worker(organised, clock).perform_due() == 1
    names = people(organised)
    assert (len(names), len(set(names))) == (700, 700)
    found = view(organised, again)
    assert (found.state, found.counts["there"], found.counts["added"]) == (ErrandState.DONE, 50, 300)
    assert view(organised, errand_id).counts["added"] == 350


ONE_WHO_IS_KILLED = """
import sys
from alpes_events.database.engine import connect
from alpes_events.errands.models import ErrandKind
from alpes_events.errands.work import Task
from alpes_events.intake.import_errand import AT_ONCE, import_file
from tests.support.errands import a_worker

def loud(task):
    def step(done, total):
        task.step(done, total)
        print(done, flush=True)
    return import_file(Task(**{**vars(task), "step": step}))

a_worker(connect(sys.argv[1]), kinds={ErrandKind.IMPORT: loud}).perform_due()
"""


def test_killed_for_good_by_the_system_it_is_taken_again(organised: Database) -> None:
    """A process of its own gets SIGKILL between two instructions of its import."""
    errand_id = asks(organised, ErrandKind.IMPORT, content=people_file(2000), file="people")
    url = organised.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", ONE_WHO_IS_KILLED, url], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    for line in worker.stdout:
        if int(line) >= 200:
            break
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(timeout=20) == -signal.SIGKILL
    worker.stdout.close()
    written = len(people(organised))
    assert (written >= 200, written % AT_ONCE, written < 2000) == (True, 0, True)
    assert view(organised, errand_id).state is ErrandState.RUNNING
    assert a_worker(organised, Clock(NOW + LEASE)).perform_due() == 1
    found, rows = view(organised, errand_id), people(organised)
    assert (found.state, len(rows), len(set(rows))) == (ErrandState.DONE, 2000, 2000)
    assert (found.counts["there"], found.counts["added"]) == (written, 2000 - written)


def test_progress_never_goes_back(organised: Database) -> None:
    clock, seen = Clock(), []
    errand_id = asks(organised, ErrandKind.IMPORT, content=people_file(112), file="people")
    with pytest.raises(Killed):
        a_worker(organised, clock, kinds=dying_after(4)).perform_due()  # type: ignore[arg-type]
    clock.now += LEASE

    def watched(task: Task) -> Product:
        def step(done: int, total: int) -> None:
            task.step(done, total)
            seen.append(view(organised, errand_id).done_count)

        return import_file(Task(**{**vars(task), "step": step}))

    a_worker(organised, clock, kinds={ErrandKind.IMPORT: watched}).perform_due()
    assert seen == [75, 75, 75, 75, 100]


def test_whoever_lost_the_lease_writes_nothing_more(organised: Database) -> None:
    """One stalls between two parts while its lease lapses; another does the work; the first must not touch it."""
    clock = Clock()
    errand_id = asks(organised, ErrandKind.IMPORT, content=people_file(250), file="people")

    def stalling(task: Task) -> Product:
        task.step(0, 250)
        clock.now += LEASE
        assert a_worker(organised, clock).perform_due() == 1
        return Product(counts={"read": 999})

    assert a_worker(organised, clock, kinds={ErrandKind.IMPORT: stalling}).perform_due() == 0
    found = view(organised, errand_id)
    assert (found.state, found.counts["read"], found.attempt_count) == (ErrandState.DONE, 250, 2)

    def stepping(task: Task) -> Product:
        clock.now += LEASE
        assert a_worker(organised, clock).perform_due() == 1
        task.step(1, 2)
        raise AssertionError("a step of lost work goes on")

    second = asks(organised, ErrandKind.IMPORT, content=people_file(10), file="people")
    assert a_worker(organised, clock, kinds={ErrandKind.IMPORT: stepping}).perform_due() == 0
    assert view(organised, second).state is ErrandState.DONE


def test_stop_ends_it_at_its_next_step_and_keeps_what_was_written(organised: Database) -> None:
    errand_id = asks(organised, ErrandKind.IMPORT, content=people_file(350) + BAD, file="people")

    def stopped_by_hand(task: Task) -> Product:
        def step(done: int, total: int) -> None:
            if done == 200:
                with organised.writing() as db:
                    assert ask_stop(db, errand_id, now=NOW)
                    db.commit()
            task.step(done, total)

        return import_file(Task(**{**vars(task), "step": step}))

    assert a_worker(organised, kinds={ErrandKind.IMPORT: stopped_by_hand}).perform_due() == 1
    found = view(organised, errand_id)
    assert (found.state, found.counts["added"], found.counts["left"]) == (ErrandState.STOPPED, 200, 150)
    assert len(people(organised)) == 200
    with organised.writing() as db:
        assert not ask_stop(db, errand_id, now=NOW)


def test_what_waits_is_stopped_at_once(organised: Database) -> None:
    errand_id = asks(organised, content=people_file(1), file="people")
    with organised.writing() as db:
        assert ask_stop(db, errand_id, now=NOW)
        db.commit()
    assert (a_worker(organised).perform_due(), view(organised, errand_id).state) == (0, ErrandState.STOPPED)


def test_worker_that_leaves_puts_its_work_back_at_the_next_step(organised: Database) -> None:
    errand_id = asks(organised, ErrandKind.IMPORT, content=people_file(250), file="people")
    left: list[bool] = []

    def leaving() -> bool:
        left.append(True)
        return len(left) > 2

    assert a_worker(organised, leaving=leaving).perform_due() == 0
    assert (view(organised, errand_id).state, len(people(organised))) == (ErrandState.WAITING, AT_ONCE)
    assert a_worker(organised).perform_due() == 1
    assert len(people(organised)) == 250


def test_failure_is_told_in_a_sentence_and_its_words_stay_out_of_the_row(organised: Database) -> None:
    def broken(_task: Task) -> Product:
        raise ValueError("Éloïse Delattre, 06 39 98 12 34")

    def refusing(_task: Task) -> Product:
        raise BadInput("Ce fichier est vide : il faut au moins une ligne de titres.")

    told = {}
    for name, perform in (("broken", broken), ("refusing", refusing)):
        errand_id = asks(organised, ErrandKind.EVENTS)
        a_worker(organised, kinds={ErrandKind.EVENTS: perform}).perform_due()
        with organised.reading() as db:
            found = view(organised, errand_id)
            row = db.get_one(Errand, errand_id)
            told[name] = (found.state.value, row.last_error or "", report_of(db, found)["trouble"]["en"])
    assert told["refusing"] == ("failed", "", "This file is empty: it needs at least a line of headings.")
    state, error, sentence = told["broken"]
    assert (state, error.split(" ")[0]) == ("failed", "ValueError")
    assert "Delattre" not in error
    assert sentence.startswith("This work stopped at a fault of ours.")


def test_database_that_is_away_uses_up_an_attempt_and_not_the_work(organised: Database) -> None:
    def away(_task: Task) -> Product:
        raise OperationalError("select", {}, Exception("gone"))

    errand_id = asks(organised, ErrandKind.EVENTS)
    for _ in range(MOST_ATTEMPTS):
        assert a_worker(organised, kinds={ErrandKind.EVENTS: away}).perform_due() == 0
        assert view(organised, errand_id).state is ErrandState.WAITING
    assert a_worker(organised, kinds={ErrandKind.EVENTS: away}).perform_due() == 1
    found = view(organised, errand_id)
    with organised.reading() as db:
        assert "plusieurs fois" in report_of(db, found)["trouble"]["fr"]
    assert found.state is ErrandState.FAILED


def test_nobody_asks_for_more_than_a_few_at_once(organised: Database) -> None:
    for _ in range(MOST_OPEN):
        asks(organised, ErrandKind.EVENTS)
    with pytest.raises(TooManyErrands):
        asks(organised, ErrandKind.EVENTS)
    a_worker(organised).perform_due()
    asks(organised, ErrandKind.EVENTS)


def test_files_go_after_three_days_and_rows_after_thirty(organised: Database) -> None:
    check = asks(organised, content=people_file(2) + BAD, file="people")
    asks(organised, ErrandKind.IMPORT, follows=check, file="people")
    a_worker(organised).perform_due()
    waiting = asks(organised, content=people_file(1), file="people")
    assert files(organised, check) == {FileRole.SENT, FileRole.REFUSED, FileRole.REPORT}
    for age, left in ((FILES_KEPT, 3), (FILES_KEPT + timedelta(seconds=1), 3), (ROWS_KEPT + timedelta(seconds=1), 1)):
        with organised.writing() as db:
            clear_files(db, now=NOW + age)
            db.commit()
            assert db.exec(select(func.count()).select_from(Errand)).one() == left
            kept = set(db.exec(select(ErrandFile.errand_id)))
        assert kept == ({check, check + 1, waiting} if age == FILES_KEPT else {waiting})
    with organised.reading() as db, pytest.raises(FileGone):
        file_of(db, check, FileRole.SENT)


def test_nightly_round_forgets_files_and_work_without_its_file_says_what_to_do(organised: Database) -> None:
    check = asks(organised, content=people_file(2), file="people")
    a_worker(organised).perform_due()
    with organised.writing() as db:
        forget_short_lived(db, now=NOW + timedelta(days=4))
        db.commit()
    with organised.writing() as db, pytest.raises(FileGone):
        ask_again(db, check, now=NOW, account_id=1)
    late = asks(organised, ErrandKind.IMPORT, follows=check, file="people")
    a_worker(organised).perform_due()
    assert view(organised, late).state is ErrandState.FAILED
    assert view(organised, check).cleared_at == NOW + timedelta(days=4)


def test_erasing_anybody_takes_every_file_and_stops_what_is_under_way(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=5)
        signs_up(db, event_id, 7)
        db.commit()
    done = asks(organised, ErrandKind.SIGN_UPS, year=2026)
    a_worker(organised).perform_due()
    assert files(organised, done) == {FileRole.RESULT}
    waiting = asks(organised, content=people_file(3), file="people")
    running = asks(organised, ErrandKind.EVENTS)

    def erasing_meanwhile(_task: Task) -> Product:
        erase_and_note(organised, tmp_path, 1, now=NOW)
        return Product(counts={"events": 1})

    with organised.writing() as db:
        ask_stop(db, waiting, now=NOW)
        db.commit()
    waiting = asks(organised, content=people_file(3), file="people")
    kinds = {ErrandKind.EVENTS: erasing_meanwhile}
    assert a_worker(organised, kinds=kinds).perform_due() == 0
    with organised.reading() as db:
        assert db.exec(select(ErrandFile.id)).all() == []
    states = {view(organised, one).state for one in (waiting, running)}
    assert (states, view(organised, done).state) == ({ErrandState.STOPPED}, ErrandState.DONE)


def test_sign_ups_of_a_year_hold_every_event_of_it_and_only_ones_own_for_an_advisor(organised: Database) -> None:
    with organised.writing() as db:
        first, second = an_event(db, capacity=9), an_event(db, capacity=9)
        other = an_event(db, capacity=9, starts_at=NOW + timedelta(days=400), ends_at=NOW + timedelta(days=401))
        for number, event_id in enumerate((first, first, second, other)):
            signs_up(db, event_id, number)
        db.commit()
    everybody = asks(organised, ErrandKind.SIGN_UPS, year=2026)
    mine = asks(organised, ErrandKind.SIGN_UPS, year=2026, registered_by=1)
    a_worker(organised).perform_due()
    with organised.reading() as db:
        table = read_table("i.xlsx", file_of(db, everybody, FileRole.RESULT).content)
        own = read_table("i.xlsx", file_of(db, mine, FileRole.RESULT).content)
        slugs = db.exec(select(Event.title).where(col(Event.id).in_([first, second]))).all()
    names = [line.cells[4] for line in table.lines]
    assert (sorted(str(name) for name in names), own.lines) == (["Noma", "Nomb", "Nomc"], ())
    assert {line.cells[1] for line in table.lines} == set(slugs)
    assert view(organised, everybody).counts == {"people": 3, "events": 2}


def test_scheduler_does_what_was_asked(organised: Database, tmp_path: Path) -> None:
    errand_id = asks(organised, ErrandKind.FIGURES, year=2026)
    done = Keeper(a_desk(organised, tmp_path)).once()
    found = view(organised, errand_id)
    assert (done["run_errands"], found.state, found.files[FileRole.RESULT].name) == (
        1,
        ErrandState.DONE,
        "chiffres-2026.xlsx",
    )


@pytest.fixture(scope="module")
def all_racers() -> Iterator[Racers]:
    racers = Racers(8)
    yield racers
    racers.stop()


def claims(db: Session, errand_id: int) -> bool:
    return claim_errand(db, errand_id, now=NOW) is not None


def test_of_many_workers_one_gets_it(organised: Database, all_racers: Racers) -> None:
    for _ in range(5):
        errand_id = asks(organised, ErrandKind.EVENTS)
        won = all_racers.run(organised, [[act(claims, errand_id)] for _ in range(8)])
        assert sorted(answer for lane in won for answer in lane) == [False] * 7 + [True]
        with organised.reading() as db:
            assert due_errands(db, now=NOW) == []
    all_racers.forget()


def test_without_the_guard_several_workers_get_it(templates: Templates, all_racers: Racers) -> None:
    """The race is real: looking first and claiming then gives the same work to more than one."""
    with templates.fresh(ENGINES[1], an_organisation) as database:
        errand_id = asks(database, ErrandKind.EVENTS)
        won = all_racers.run(database, [[act(claims_unguarded, errand_id, barrier=True)] for _ in range(4)])
        assert [answer for lane in won for answer in lane].count(True) > 1
        all_racers.forget()


def test_rows_of_errands_hold_no_words_of_a_file(organised: Database) -> None:
    asks(organised, content=HEADINGS + "Canarine;;canarine@example.org;\n", file="people")
    a_worker(organised).perform_due()
    with organised.reading() as db:
        rows = db.exec(select(Errand)).all()
        assert "anarine" not in json.dumps([row.model_dump(mode="json") for row in rows])
