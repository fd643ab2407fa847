"""A small lively agenda for pages that are looked at: invented places, employers and people, around 2 March 2026."""

import json
from base64 import b64decode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session, select

from alpes_events.agenda.commands import create_event, publish_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import Counter, Entry, EventKind, QuestionKind, Series
from alpes_events.agenda.pictures import illustrate
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.agenda.templates import keep_template
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.attendance.door_count import DoorTally, count_visitors
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import Channel, Presence, Registration
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import call_off_event
from alpes_events.attendance.sign_up import register
from alpes_events.database.engine import Database
from alpes_events.errands.file import CSV, JSON, File
from alpes_events.errands.models import Errand, ErrandKind, ErrandState, FileRole
from alpes_events.fair.commands import add_exhibitor
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.codes import Proposer
from alpes_events.hiring.requests import RequestDraft, keep_request
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Account, Role
from alpes_events.statistics.compilation import compile_all
from alpes_events.webhooks.commands import add_webhook
from alpes_events.webhooks.models import CallState, HookKind, WebhookCall
from tests.support.clause import clause_in_town
from tests.support.clause_found import find_in_town
from tests.support.clause_proofs import proofs_in_town
from tests.support.declaring import declare_in_town
from tests.support.employers import settle_companies
from tests.support.hiring import hiring_of_the_town, looks_for_work
from tests.support.meetings import meet_in_town, offer_in_town, wish_in_town
from tests.support.pathways import follow_in_town
from tests.support.proposals import drafts_in_town
from tests.support.report_figures import figures_in_town
from tests.support.reports import report_in_town
from tests.support.services import services_of_the_town
from tests.support.stands import settle_stands
from tests.support.stories import NOW
from tests.support.territory import seed_example
from tests.support.timetables import meets_in_town


@dataclass(frozen=True)
class Town:
    """The ids of what tests open, and the sign-up of somebody with a place and of somebody who waits."""

    job_dating: int
    full: int
    workshop: int
    salon: int
    cancelled: int
    placed: SignUpAnswer
    waiting: SignUpAnswer


_PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOUC8v4DwACsgFdX3+WAQAAAABJRU5ErkJggg==")
"""One teal dot."""

_HALL = VenueDraft(
    name="Salle des fêtes",
    address="12 place du Marché",
    insee_code="59378",
    postal_code="59700",
    transport="Tramway R, arrêt « Mairie », puis quatre minutes à pied. Parking gratuit.",
    accessibility="De plain-pied, toilettes adaptées. Interprète en langue des signes sur demande.",
)
_HOUSE = VenueDraft(name="Maison de l’Emploi", address="3 rue de l’Exemple", insee_code="59328", postal_code="59130")
_SCHOOL = VenueDraft(name="Lycée des Tilleuls", address="8 avenue Verte", insee_code="59527", postal_code="59350")
_SPORTS = VenueDraft(name="Complexe sportif", address="1 rue du Stade", insee_code="59386", postal_code="59520")


def build_town(database: Database) -> Town:
    """Write the town into an empty database."""
    with database.writing() as db:
        seed_example(db, now=NOW)
        settle_companies(db)
        town = _events(db)
        settle_stands(db, town.job_dating)
        wish_in_town(db, town.job_dating)
        meet_in_town(db)
        offer_in_town(db)
        drafts_in_town(db, town.job_dating)
        meets_in_town(db, town.job_dating)
        clause_in_town(db, db.get_one(Registration, town.placed.registration_id).candidate_id)
        proofs_in_town(db, db.get_one(Registration, town.placed.registration_id).candidate_id)
        find_in_town(db)
        figures_in_town(db, db.get_one(Registration, town.placed.registration_id).candidate_id)
        declare_in_town(db)
        report_in_town(db)
        follow_in_town(db, db.get_one(Registration, town.placed.registration_id).candidate_id)
        keep_template(db, town.salon, name="Salon de printemps", now=NOW, account_id=None)
        db.commit()
    return town


_BUILT: dict[str, Town] = {}


def settle_town(database: Database) -> None:
    """Prepare a database (for `Templates.fresh`) with the town; `town_of` then says what is in each of its copies."""
    _BUILT[database.engine.dialect.name] = build_town(database)


def town_of(database: Database) -> Town:
    """The town in a copy of a settled database."""
    return _BUILT[database.engine.dialect.name]


def _events(db: Session) -> Town:
    hall, house, school, sports = (find_or_add_venue(db, place) for place in (_HALL, _HOUSE, _SCHOOL, _SPORTS))
    series = {row.slug: row.id for row in db.exec(select(Series))}
    workshop = _event(
        db, _draft("Préparer un entretien de dix minutes", EventKind.WORKSHOP, 2, 14, 2, house), places=12
    )
    full = _event(
        db,
        replace(
            _draft(
                "Décroche ton Job ou ta Formation : santé et aide à la personne", EventKind.JOB_DATING, 5, 14, 3, school
            ),
            series_id=series["decroche-ton-job"],
            themes=("santé",),
            audience=("everyone",),
        ),
        places=3,
    )
    job_dating = _job_dating(db, hall, series["decroche-ton-job"])
    _others(db, house=house, school=school, series=series)
    salon = _salon(db, sports, series["les-cles-de-l-emploi"])
    cancelled = _event(
        db, _draft("Réunion annulée : devenir pompier", EventKind.INFORMATION, 11, 18, 1, school), places=20
    )
    call_off_event(db, cancelled, reason="La salle n’est plus disponible.", now=NOW, account_id=None)
    people = [_signs_up(db, full, number) for number in range(5)]
    for number in range(10, 17):
        _signs_up(db, job_dating, number)
    _january(db, house)
    compile_all(db, now=NOW)
    _another_system(db)
    checked_file(db)
    _applied(db, hiring_of_the_town(db), people[4].registration_id)
    services_of_the_town(db, db.get_one(Registration, people[0].registration_id).candidate_id)
    return Town(job_dating, full, workshop, salon, cancelled, placed=people[0], waiting=people[4])


def _applied(db: Session, offer_id: int, registration_id: int) -> None:
    """Somebody of the town applies for the offer."""
    candidate_id = db.get_one(Registration, registration_id).candidate_id
    form = ApplicationForm(offer_id=offer_id, candidate_id=candidate_id, proposer=Proposer.SELF, message="Bonjour.")
    apply_for(db, form, now=NOW)
    looks_for_work(db, candidate_id, offer_id)
    person = PersonIn("Petit", "Paul", "paul.petit.neuf@example.org")
    keep_request(db, RequestDraft(person, str(UUID(int=7)), offer_id=offer_id, message="Bonjour."), now=NOW)


def _draft(title: str, kind: EventKind, day: int, hour: int, length: int, venue_id: int | None) -> EventDraft:
    """An event of March 2026; `hour` in Paris, where the clocks are one hour ahead of UTC until the 29th."""
    starts_at = datetime(2026, 3, day, hour - (2 if day > 28 else 1), tzinfo=UTC)
    return EventDraft(
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=length),
        venue_id=venue_id,
        audience=("everyone",),
    )


def _event(db: Session, draft: EventDraft, *, places: int | None) -> int:
    event_id = create_event(db, draft, capacity=places, now=NOW, account_id=None)
    publish_event(db, event_id, now=NOW, account_id=None)
    return event_id


def _job_dating(db: Session, venue_id: int, series_id: int | None) -> int:
    draft = replace(
        _draft("Décroche ton Job ou ta Formation : commerce et logistique", EventKind.JOB_DATING, 19, 14, 3, venue_id),
        series_id=series_id,
        summary="Rencontrez dix employeurs en une après-midi, dix minutes chacun. Pas besoin de diplôme.",
        description="On vous montre les stands, vous parlez avec deux employeurs ou plus.\n\nUn coin calme "
        "permet de relire son CV avec quelqu’un.",
        to_bring="Trois CV si vous en avez. Sinon, on vous aide sur place.",
        themes=("commerce", "logistique"),
        partners=("Mission Locale", "Ville de Marcq-en-Barœul"),
    )
    event_id = _event(db, draft, places=40)
    illustrate(db, event_id, _PICTURE, name="salle.png", alt="Une salle avec dix tables.", now=NOW, account_id=None)
    for name, jobs in (
        ("Hyper du Béguinage", "Employé de rayon, hôte de caisse, boucher"),
        ("Logistique des Flandres", "Préparateur de commandes, cariste"),
        ("Jouets de la Deûle", "Vendeur, magasinier"),
        ("Boulangerie du Beffroi", "Vendeur, aide-boulanger"),
    ):
        add_exhibitor(db, event_id, ExhibitorDraft(name=name, looking_for=jobs), now=NOW, account_id=None)
    set_questions(
        db,
        event_id,
        [
            QuestionDraft(
                QuestionKind.CHOICE, "Le métier qui vous attire", choices=("Vente", "Logistique", "Je ne sais pas")
            ),
            QuestionDraft(QuestionKind.YES_NO, "Avez-vous un CV à jour ?", required=True),
            QuestionDraft(
                QuestionKind.TEXT, "De quoi avez-vous besoin pour venir ?", hint="Trajet, garde d’enfant, accès…"
            ),
        ],
        now=NOW,
    )
    return event_id


def _salon(db: Session, venue_id: int, series_id: int | None) -> int:
    draft = replace(
        _draft("Les Clés de l’Emploi, 21e édition", EventKind.SALON, 26, 10, 7, venue_id),
        series_id=series_id,
        summary="Cent soixante exposants, neuf villages de métiers et quinze démonstrations. Entrée libre.",
    )
    event_id = _event(db, draft, places=1600)
    for hour in (11, 14):
        starts_at = datetime(2026, 3, 26, hour - 1, tzinfo=UTC)
        session = SessionDraft(
            title="Atelier CV express",
            room="Salle bleue",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            capacity=20,
        )
        add_session(db, event_id, session, now=NOW, account_id=None)
    return event_id


def _january(db: Session, venue_id: int) -> None:
    """A past event whose figures are known: people marked present, exhibitors, visitors counted at the door."""
    starts_at = datetime(2026, 1, 15, 13, tzinfo=UTC)
    draft = replace(
        _draft("Job dating de l’industrie", EventKind.JOB_DATING, 1, 14, 3, venue_id),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        visitors_counter=Counter.COLLECTED,
        exhibitors_counter=Counter.COLLECTED,
    )
    event_id = create_event(db, draft, capacity=None, now=starts_at - timedelta(days=30), account_id=None)
    publish_event(db, event_id, now=starts_at - timedelta(days=30), account_id=None)
    add_exhibitor(db, event_id, ExhibitorDraft(name="Filature de la Lys"), now=NOW, account_id=None)
    people = [_signs_up(db, event_id, number, now=starts_at - timedelta(days=9)) for number in range(20, 30)]
    marks = [Presence.ATTENDED] * 8 + [Presence.EXCUSED, Presence.NO_SHOW]
    for person, presence in zip(people, marks, strict=True):
        mark_presence(db, person.registration_id, presence, mark_key=str(uuid4()), now=draft.ends_at, account_id=None)
    tally = DoorTally(at=starts_at, visitor_count=31)
    count_visitors(db, event_id, tally, count_key=str(uuid4()), now=draft.ends_at, account_id=None)


def _others(db: Session, *, house: int, school: int, series: dict[str, int | None]) -> None:
    _event(db, _draft("Devenir assistante ou assistant maternel", EventKind.INFORMATION, 3, 18, 2, house), places=30)
    _event(db, _draft("Préparateurs de commandes, quinze postes", EventKind.RECRUITMENT, 6, 9, 3, house), places=20)
    _event(db, _draft("Mon CV en une heure", EventKind.WORKSHOP, 9, 10, 1, house), places=8)
    found = replace(
        _draft("C’est décidé, je trouve ma voie ! Transport et bâtiment", EventKind.DISCOVERY, 18, 9, 3, school),
        series_id=series["c-est-decide"],
        audience=("young",),
        themes=("transport", "bâtiment"),
    )
    _event(db, found, places=25)
    _event(
        db, replace(_draft("Forum de l’alternance", EventKind.FORUM, 31, 9, 8, school), entry=Entry.FREE), places=None
    )
    partner = replace(
        _draft("Portes ouvertes du centre de formation", EventKind.PARTNER_EVENT, 24, 14, 3, None),
        entry=Entry.ELSEWHERE,
        entry_url="https://portes-ouvertes.example.org/",
    )
    _event(db, partner, places=None)


_GIVEN = ("Samira", "Lucas", "Inès", "Théo", "Aïcha", "Nadège", "Karim", "Jeanne", "Hugo", "Fatou")
_FAMILY = (
    "Belkacem",
    "Wattel",
    "Delcourt",
    "Vandamme",
    "Sarr",
    "Lefebvre",
    "Ouali",
    "Dubrulle",
    "Diallo",
    "Carpentier",
)


def _signs_up(db: Session, event_id: int, number: int, *, now: datetime = NOW) -> SignUpAnswer:
    person = PersonIn(
        given_name=_GIVEN[number % 10],
        family_name=_FAMILY[(number * 3) % 10],
        email=f"personne{number}@example.org",
        commune_name="Lambersart",
    )
    answers = {question.id: "yes" for question in questions_of(db, event_id) if question.required and question.id}
    form = SignUp(event_id=event_id, channel=Channel.SELF, person=person, form_key=str(uuid4()), answers=answers)
    return register(db, form, now=now)


def checked_file(db: Session, number: int = -1) -> None:
    """A file of people that somebody had checked: two rows are to be corrected."""
    account = Account(
        email=f"fichiers{number}@example.org", name="Nadia Fichier", role=Role.COORDINATOR, created_at=NOW
    )
    db.add(account)
    db.flush()
    errand = Errand(
        kind=ErrandKind.CHECK,
        state=ErrandState.DONE,
        account_id=account.id or 0,
        wishes={"file": "people"},
        asked_at=NOW,
        started_at=NOW,
        settled_at=NOW,
        attempt_count=1,
        done_count=3,
        total_count=3,
        counts={"read": 5, "added": 3, "there": 0, "refused": 2, "left": 0},
    )
    db.add(errand)
    db.flush()
    reason = {"fr": "Il manque cette valeur.", "en": "This value is missing."}
    issues = [{"line": line, "column": "nom", "typed": "<b>Sarr", "reason": reason} for line in (3, 5)]
    report = json.dumps({"issues": issues, "issue_count": 2, "ignored": ["Couleur"]}).encode()
    for file in (
        File(FileRole.SENT, "personnes.csv", CSV, b"nom;pr\xc3\xa9nom\r\nSarr;Fatou\r\n"),
        File(FileRole.REFUSED, "personnes-lignes-a-corriger.csv", CSV, b"ligne\r\n3\r\n"),
        File(FileRole.REPORT, "report.json", JSON, report),
    ):
        db.add(file.row(errand.id or 0))
    db.flush()


def _another_system(db: Session) -> None:
    """A portal that was told once, could not be reached once, and is waited for."""
    hook = add_webhook(
        db,
        name="Portail de la ville",
        url="https://ville.example/nouvelles",
        kinds=list(HookKind),
        now=NOW,
        account_id=None,
    )
    entries = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.EVENT_PUBLISHED).limit(3)).all()
    for entry, state in zip(entries, (CallState.DONE, CallState.FAILED, CallState.WAITING), strict=True):
        call = WebhookCall(
            webhook_id=hook,
            entry_id=entry.id or 0,
            event_id=entry.subject_id,
            kind=HookKind.PUBLISHED,
            state=state,
            created_at=NOW,
            attempt_count=1,
            next_try_at=NOW,
            settled_at=None if state is CallState.WAITING else NOW,
            status=204 if state is CallState.DONE else None,
            last_error="TimeoutError" if state is CallState.FAILED else None,
        )
        db.add(call)
        db.flush()
