"""Imports: good rows are written once, bad ones told by line, and nobody is written to about the past."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table as SqlTable
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventState, Venue
from alpes_events.attendance.models import Channel, DoorCount, Presence, Registration, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.intake.files import read_table
from alpes_events.intake.issues import BadFile
from alpes_events.intake.kinds import KINDS
from alpes_events.intake.report import ImportReport, Options
from alpes_events.intake.run import run_import
from alpes_events.journal.models import Delivery
from alpes_events.people.models import Candidate
from alpes_events.tables import METADATA
from tests.support.stories import NOW, an_event
from tests.support.workbooks import workbook

PAST = """identifiant;titre;genre;date;heure de début;heure de fin;commune;code postal;compteur visiteurs
JD-1;Job dating d’hier;job dating;12/02/2026;14 h;17:00;Lambersart;59130;relevé
"""


WHICH_COMMUNE = "Choisissez votre commune : Lompret, Pérenchies, Prémesques. Si c’est une autre, écrivez son nom et son code postal."  # noqa: E501
WHICH_KIND = (
    "« fête » n’est pas prévu ici. Choisissez : salon, forum, job dating, recrutement, découverte, atelier, "
    "réunion d’information, événement partenaire."
)


def imported(
    database: Database, kind: str, content: str | bytes, *, name: str = "fichier.csv", **options: bool
) -> ImportReport:
    table = read_table(name, content.encode() if isinstance(content, str) else content)
    return run_import(database, KINDS[kind], table, now=NOW, options=Options(**options))


def told(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(issue.line, issue.column, issue.sentence.in_language("fr")) for issue in report.issues]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.read, report.added, report.there, report.refused


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    tables: Sequence[SqlTable] = METADATA.sorted_tables
    with database.reading() as db:
        return {
            table.name: [tuple(map(str, row)) for row in db.execute(table.select().order_by(*table.primary_key))]
            for table in tables
        }


@pytest.fixture
def past(organised: Database) -> Database:
    """A database with one event of last month, imported."""
    assert counts(imported(organised, "events", PAST)) == (1, 1, 0, 0)
    return organised


def the_past_event(db: Session) -> Event:
    return db.exec(select(Event).where(col(Event.title) == "Job dating d’hier")).one()


def rows(database: Database, statement: object) -> list[object]:
    with database.reading() as db:
        return list(db.exec(statement))  # type: ignore[call-overload]


def test_event_of_the_past_is_published_and_closed(past: Database) -> None:
    with past.reading() as db:
        event = the_past_event(db)
        assert event.state is EventState.DONE
        assert event.starts_at == datetime(2026, 2, 12, 13, 0, tzinfo=UTC)
        assert db.get_one(Venue, event.venue_id).insee_code == "59328"


def test_event_to_come_stays_a_draft_unless_the_row_publishes_it(organised: Database) -> None:
    report = imported(
        organised,
        "events",
        "Titre,Genre,Date,Début,Fin,Places,État\n"
        "Un,atelier,2026-04-01,09:30,11 h,12,\n"
        "Deux,workshop,1er avril 2026,9h,10h,,publié\n"
        "Trois,salon,01/04/2026,,,,brouillon\n",
    )
    assert counts(report) == (3, 3, 0, 0)
    states = rows(organised, select(Event.title, Event.state, Event.all_day).order_by(col(Event.id)))
    assert states == [
        ("Un", EventState.DRAFT, False),
        ("Deux", EventState.PUBLISHED, False),
        ("Trois", EventState.DRAFT, True),
    ]


def test_bad_rows_of_events_are_told_by_line_and_good_ones_kept(organised: Database) -> None:
    report = imported(
        organised,
        "events",
        "titre;genre;date;début;fin;commune;code postal;places;série\n"
        "Bon;forum;12/04/2026;9:00;12:00;;59840 ;;\n"
        ";atelier;31/04/2026;25:00;12:00;;;beaucoup;\n"
        "Nuit;atelier;29/03/2026;02:30;05:00;;;;\n"
        "Retour;atelier;12/04/2026;12:00;09:00;;;;\n"
        f"{'x' * 300};fête;12/04/2026;9:00;12:00;;;;\n"
        "Série;atelier;12/04/2026;9:00;12:00;;;;Inconnue\n"
        "Bon aussi;atelier;12/04/2026;9:00;12:00;Lompret;59840;10;\n",
    )
    assert counts(report) == (7, 1, 0, 6)
    assert told(report) == [
        (2, "commune", WHICH_COMMUNE),
        (3, "titre", "Il manque cette valeur."),
        (3, "date", "Le 31/04/2026 n’existe pas : vérifiez le jour et le mois."),
        (3, "début", "25:00 n’est pas une heure de la journée."),
        (3, "places", "« beaucoup » n’est pas un nombre entier."),
        (4, "début", "Le 29/03/2026, 02:30 n’existe pas : on passe à l’heure d’été. Choisissez une heure plus tard."),
        (5, "fin", "La fin doit venir après le début."),
        (6, "genre", WHICH_KIND),
        (7, "série", "La série « Inconnue » n’existe pas : créez-la d’abord."),
    ]  # fmt: skip


def test_title_that_is_too_long_is_refused_by_the_agenda_itself(organised: Database) -> None:
    report = imported(organised, "events", f"titre;genre;date\n{'x' * 300};atelier;12/04/2026\n")
    assert told(report) == [(2, "titre", "Ce texte est trop long : 150 signes au plus.")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("titre;date\nA;12/03/2026\n", "« genre »"),
        ("titre;genre;date;TITRE\n", "deux fois"),
        ("rien\n", "« titre », « genre », « date »"),
    ],
)
def test_headings_that_cannot_be_refuse_the_file(organised: Database, content: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        imported(organised, "events", content)


def test_unknown_columns_are_ignored_and_told(organised: Database) -> None:
    report = imported(organised, "people", "nom;prénom;couleur préférée;\nBa;Awa;bleu;\n")
    assert report.ignored_headings == ("couleur préférée",)
    assert counts(report) == (1, 1, 0, 0)


def test_every_template_is_a_file_that_its_import_reads(organised: Database) -> None:
    for name, kind in KINDS.items():
        report = run_import(
            organised, kind, read_table(f"{name}.csv", kind.template()), now=NOW, options=Options(dry_run=True)
        )
        assert report.read == 1
        assert {issue.column for issue in report.issues} <= {"événement"}


PEOPLE = (
    "identifiant;nom;prénom;e-mail;téléphone;date de naissance;sexe;commune;code postal\n"
    "D-1;Delattre;Éloïse;Eloise.Delattre@example.org;06 39 98 12 34;4/11/1991;F;St André lez Lille;59350\n"
    "D-2;O’Brien-Müller;Zoé;;+33 6 39 98 12 35;;;Tournai;7500\n"
    ";ابن سينا;حسين;avicenne@example.org;;;;;\n"
)


def test_people_are_imported_once(organised: Database) -> None:
    assert counts(imported(organised, "people", PEOPLE)) == (3, 3, 0, 0)
    before = contents(organised)
    assert counts(imported(organised, "people", PEOPLE)) == (3, 0, 3, 0)
    assert contents(organised) == before
    people = rows(
        organised, select(Candidate.email, Candidate.insee_code, Candidate.commune_name).order_by(col(Candidate.id))
    )
    assert people == [
        ("eloise.delattre@example.org", "59527", "Saint-André-lez-Lille"),
        (None, None, "Tournai"),
        ("avicenne@example.org", None, None),
    ]


def test_bad_rows_of_people_are_told_by_line(organised: Database) -> None:
    report = imported(
        organised,
        "people",
        "nom,prénom,e-mail,tél,naissance,commune,CP\n"
        "Ba,Awa 🎉,,,,,\n"
        "<b>Gras</b>,Jean,,,,,\n"
        f"{'N' * 300},Jean,,,,,\n"
        "Caron,Luc,pas une adresse,12,31/02/1990,,\n"
        "Six,Anne,,,,,59840\n"
        "Roy,Line,,,,Lambersar,\n"
        "Roy,Line,,,,,\n"
        "Roy,Line,,,,,\n",
    )
    assert [(line, column) for line, column, _ in told(report)] == [
        (2, "prénom"),
        (3, "nom"),
        (4, "nom"),
        (5, "naissance"),
        (6, "commune"),
        (7, "commune"),
        (9, "identifiant"),
    ]
    assert "Lompret, Pérenchies, Prémesques" in told(report)[4][2]
    assert counts(report) == (8, 1, 0, 7)


def test_dry_run_says_the_same_and_writes_nothing(organised: Database) -> None:
    before = contents(organised)
    trial = imported(organised, "people", PEOPLE + ";;;;;;;;59840\n", dry_run=True)
    assert contents(organised) == before
    assert (counts(trial), trial.written) == ((4, 3, 0, 1), False)
    real = imported(organised, "people", PEOPLE + ";;;;;;;;59840\n")
    assert (counts(real), told(real), real.written) == (counts(trial), told(trial), True)


@pytest.mark.parametrize("bad", [";;;;;;;;\n;X;;;;;;;\n", ";Six;Anne;;;;;;59840\n"])
def test_all_or_nothing_writes_nothing_when_a_row_is_refused(organised: Database, bad: str) -> None:
    before = contents(organised)
    report = imported(organised, "people", PEOPLE + bad, all_or_nothing=True)
    assert contents(organised) == before
    assert (report.refused, report.written) == (1, False)
    assert imported(organised, "people", PEOPLE, all_or_nothing=True).written


def test_all_or_nothing_tells_every_bad_row_at_once(organised: Database) -> None:
    before = contents(organised)
    unread, unwritten = "D-8;Caron;Luc;;;31/02/1990;;;\n", "D-9;Nowak;Piotr;pas-une-adresse;;;;;\n"
    report = imported(organised, "people", PEOPLE + unread + unwritten, all_or_nothing=True)
    kept = imported(organised, "people", PEOPLE + unread + unwritten, dry_run=True)
    assert [issue.line for issue in report.issues] == [issue.line for issue in kept.issues]
    assert (report.refused, report.written) == (2, False)
    assert contents(organised) == before


REGISTRATIONS = (
    "événement;nom;prénom;e-mail;commune;code postal;inscrit le;inscrit par;état;présence\n"
    "JD-1;Delattre;Éloïse;eloise@example.org;Lambersart;59130;02/02/2026 09:15;conseiller;;présent\n"
    "Job Dating d'hier;Caron;Luc;luc@example.org;Lille;59000;03/02/2026;en ligne;;absent\n"
    "JD-1;Ba;Awa;;;;;;annulée;\n"
    "job-dating-d-hier-2026-02-12;Nowak;Piotr;;Pérenchies;59840;;accueil;;présent\n"
)


def test_past_sign_ups_keep_the_dates_and_the_situation_of_the_file(past: Database) -> None:
    assert counts(imported(past, "registrations", REGISTRATIONS)) == (4, 4, 0, 0)
    with past.reading() as db:
        found = db.exec(select(Registration).order_by(col(Registration.id))).all()
        assert [(one.state, one.presence, one.channel, one.in_territory) for one in found] == [
            (RegistrationState.CONFIRMED, Presence.ATTENDED, Channel.ADVISOR, True),
            (RegistrationState.CONFIRMED, Presence.NO_SHOW, Channel.SELF, False),
            (RegistrationState.CANCELLED, Presence.UNKNOWN, Channel.ADVISOR, None),
            (RegistrationState.CONFIRMED, Presence.ATTENDED, Channel.DOOR, True),
        ]
        assert found[0].created_at == datetime(2026, 2, 2, 8, 15, tzinfo=UTC)
        assert found[3].created_at == the_past_event(db).starts_at


def test_nobody_is_written_to_about_imported_sign_ups(past: Database) -> None:
    imported(past, "registrations", REGISTRATIONS)
    slug = an_event_to_come(past)
    imported(past, "registrations", f"événement;nom;prénom;e-mail\n{slug};Six;Anne;anne@example.org\n")
    owed = rows(past, select(Delivery.subject_kind).where(col(Delivery.consumer) == "messages"))
    assert "registration" not in owed
    counted = rows(past, select(Delivery.subject_kind).where(col(Delivery.consumer) == "statistics"))
    assert "registration" in counted
    imported(past, "registrations", f"événement;nom;prénom;e-mail\n{slug};Roy;Max;max@example.org\n", tell=True)
    owed = rows(past, select(Delivery.subject_kind).where(col(Delivery.consumer) == "messages"))
    assert owed.count("registration") == 1


def an_event_to_come(database: Database, *, capacity: int | None = 1) -> str:
    """The address of a published event with places."""
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity)
        slug = db.get_one(Event, event_id).slug
        db.commit()
    return slug


def test_sign_ups_to_come_take_a_place_or_wait(organised: Database) -> None:
    slug = an_event_to_come(organised)
    report = imported(
        organised,
        "registrations",
        "événement;nom;prénom;e-mail;présence\n"
        f"{slug};Six;Anne;anne@example.org;\n{slug};Roy;Max;max@example.org;\n{slug};Ba;Awa;;présent\n",
    )
    assert counts(report) == (3, 2, 0, 1)
    assert "n’a pas commencé" in told(report)[0][2]
    assert rows(organised, select(Registration.state).order_by(col(Registration.id))) == ["confirmed", "waitlisted"]


def test_every_file_imported_twice_changes_nothing(past: Database) -> None:
    files = {
        "events": PAST,
        "people": PEOPLE,
        "registrations": REGISTRATIONS,
        "exhibitors": "événement;exposant;commune;CP\nJD-1;Filature;Lambersart;59130\nJD-1;Ailleurs;Paris;75001\n",
        "demonstrations": "événement;démonstration\nJD-1;Soudure\n",
        "interviews": "événement;nom;prénom;exposant;heure\nJD-1;Delattre;Eloise;FILATURE;14 h 20\n",
        "attendance": "événement;nom;prénom;présence;canal\nJD-1;Vasseur;Noé;présent;accueil\nJD-1;Caron;Luc;excusé;\n",
        "visitors": "événement;demi-heure;visiteurs;dont territoire\nJD-1;14:00;23;\nJD-1;14:10;4;\nJD-1;14:30;12;5\n",
    }
    for kind, content in files.items():
        report = imported(past, kind, content)
        assert told(report) == []
    before = contents(past)
    for kind, content in files.items():
        report = imported(past, kind, content)
        assert (report.added, report.there) == (0, report.read)
    assert contents(past) == before
    with past.reading() as db:
        inside = db.exec(select(Exhibitor.name, Exhibitor.in_territory).order_by(col(Exhibitor.id))).all()
        assert inside == [("Filature", True), ("Ailleurs", False)]
        assert db.exec(select(func.count()).select_from(Demonstration)).one() == 1
        assert db.exec(select(Interview.held_at)).one() == datetime(2026, 2, 12, 13, 20, tzinfo=UTC)
        assert db.exec(select(func.sum(DoorCount.visitor_count))).one() == 39
        assert len(db.exec(select(DoorCount)).all()) == 3


def test_rows_that_name_nothing_known_are_told(past: Database) -> None:
    imported(past, "registrations", REGISTRATIONS)
    report = imported(
        past,
        "attendance",
        "événement;séance;référence;nom;prénom;présence\n"
        "Inconnu;;;Ba;Awa;présent\n"
        "JD-1;Atelier;;Ba;Awa;présent\n"
        "JD-1;;ABCDEFGHJ;;;présent\n"
        "JD-1;;;;;présent\n"
        "JD-1;;;Personne;Paul;présent\n"
        "JD-1;;;Caron;Luc;\n",
    )
    assert [(line, column) for line, column, _ in told(report)] == [
        (2, "événement"),
        (3, "séance"),
        (4, "référence"),
        (5, "nom"),
        (6, "nom"),
        (7, "présence"),
    ]


def test_title_of_several_events_needs_its_day(past: Database) -> None:
    again = PAST.replace("JD-1", "JD-2").replace("12/02/2026", "19/02/2026")
    imported(past, "events", again)
    row = "événement;date de l’événement;démonstration\nJob dating d’hier;{};Soudure\n"
    report = imported(past, "demonstrations", row.format(""))
    assert told(report) == [
        (2, "événement", "Plusieurs événements ont ce titre (12/02/2026, 19/02/2026) : ajoutez la date de l’événement.")
    ]
    assert counts(imported(past, "demonstrations", row.format("19/02/2026"))) == (1, 1, 0, 0)


def test_half_hour_imported_with_another_count_is_refused(past: Database) -> None:
    row = "événement;demi-heure;visiteurs\nJD-1;14:00;{}\n"
    imported(past, "visitors", row.format(23))
    report = imported(past, "visitors", row.format(32))
    assert told(report) == [
        (2, "visiteurs", "Cette demi-heure a déjà été importée avec 23 visiteurs : corrigez-la sur la page du jour.")
    ]


def test_older_file_does_not_move_a_person_nor_their_clock(past: Database) -> None:
    imported(past, "people", "nom;prénom;e-mail;commune;code postal\nCaron;Luc;luc@example.org;Lambersart;59130\n")
    imported(past, "registrations", REGISTRATIONS)
    with past.reading() as db:
        luc = db.exec(select(Candidate).where(col(Candidate.email) == "luc@example.org")).one()
        assert (luc.insee_code, luc.last_active_at) == ("59328", NOW)
        kept = db.exec(select(Registration.insee_code).where(col(Registration.candidate_id) == luc.id)).one()
        assert kept == "59350"


def test_workbook_with_dates_hours_and_numbers_is_imported(organised: Database) -> None:
    content = workbook(
        ["Titre", "Genre", "Date", "Début", "Fin", "Places"],
        ["Atelier", "atelier", datetime(2026, 4, 2), 0.5, "14:00", 12],
    )
    assert told(imported(organised, "events", content, name="agenda.xlsx")) == []
    event = rows(organised, select(Event))[0]
    assert isinstance(event, Event)
    assert event.starts_at == datetime(2026, 4, 2, 10, 0, tzinfo=UTC)


def test_progress_goes_from_nothing_to_all(organised: Database) -> None:
    steps: list[tuple[int, int]] = []
    table = read_table("a.csv", PEOPLE.encode())
    run_import(organised, KINDS["people"], table, now=NOW, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_rows_are_written_in_batches_so_that_a_crash_keeps_the_first(organised: Database) -> None:
    lines = "".join(f"D-{number};Nom;Prénom{chr(97 + number % 26) * (number // 26 + 1)}\n" for number in range(150))
    table = read_table("a.csv", f"identifiant;nom;prénom\n{lines}".encode())

    def crash(done: int, _total: int) -> None:
        if done == 120:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_import(organised, KINDS["people"], table, now=NOW, progress=crash)
    assert len(rows(organised, select(Candidate.id))) == 100
    report = run_import(organised, KINDS["people"], table, now=NOW + timedelta(minutes=1))
    assert counts(report) == (150, 50, 100, 0)


def test_no_event_is_named_by_half_a_title(past: Database) -> None:
    report = imported(past, "demonstrations", "événement;démonstration\nJob dating;Soudure\n")
    assert told(report)[0][:2] == (2, "événement")
