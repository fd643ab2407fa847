"""Exports as errands: the sign-ups of a year, and every event."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.errands.file import XLSX, File
from alpes_events.errands.models import FileRole
from alpes_events.errands.work import Product, Task
from alpes_events.intake.event_export import events_sheet
from alpes_events.intake.exported_words import Words
from alpes_events.intake.registration_export import REGISTRATION_HEADINGS, answers_sheet, registrations_sheet
from alpes_events.language.cells import Cell, Sheet, workbook
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import current_organisation

_COMMON = len(REGISTRATION_HEADINGS)


def sign_ups_of_year(task: Task) -> Product:
    """A workbook: every sign-up of the year's events, and the answers to their questions on a sheet of their own."""
    year, words = int(task.wishes["year"]), Words(task.language)
    mine = task.wishes.get("registered_by")
    registered_by = None if mine is None else int(mine)
    with task.database.reading() as db:
        events = _events_of(db, year)
    rows: list[list[Cell]] = []
    answers: list[list[Cell]] = []
    for done, event_id in enumerate(events):
        task.step(done, len(events))
        with task.database.reading() as db:
            sheet = registrations_sheet(db, event_id, language=task.language, registered_by=registered_by)
            answers += answers_sheet(sheet, after=_COMMON)
        rows += [list(row)[:_COMMON] for row in sheet.rows]
    task.step(len(events), len(events))
    book = workbook(
        [
            Sheet(words(N_("Inscriptions")), [words(heading) for heading in REGISTRATION_HEADINGS], rows),
            Sheet(
                words(N_("Réponses")),
                [words(text) for text in (N_("référence"), N_("question"), N_("réponse"))],
                answers,
            ),
        ]
    )
    name = f"{words(N_('inscriptions'))}-{year}.xlsx"
    return Product((File(FileRole.RESULT, name, XLSX, book),), {"people": len(rows), "events": len(events)})


def every_event(task: Task) -> Product:
    """A workbook: a sheet for each year, newest first."""
    words = Words(task.language)
    with task.database.reading() as db:
        years = _years(db)
    sheets = []
    for done, year in enumerate(years):
        task.step(done, len(years))
        with task.database.reading() as db:
            sheet = events_sheet(db, year, language=task.language)
        sheets.append(Sheet(str(year), sheet.heading, sheet.rows))
    if not sheets:
        sheets = [Sheet(words(N_("Événements")), [], [])]
    name = f"{words(N_('evenements'))}.xlsx"
    count = sum(len(sheet.rows) for sheet in sheets)
    return Product((File(FileRole.RESULT, name, XLSX, workbook(sheets)),), {"events": count})


def _events_of(db: Session, year: int) -> list[int]:
    """The events that begin in a year, by start."""
    zone, begins = ZoneInfo(current_organisation(db).time_zone), col(Event.starts_at)
    first, after = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    rows = db.exec(select(col(Event.id)).where(begins >= first, begins < after).order_by(begins, col(Event.id)))
    return [event_id for event_id in rows if event_id is not None]


def _years(db: Session) -> list[int]:
    zone, begins = ZoneInfo(current_organisation(db).time_zone), col(Event.starts_at)
    ends = [
        row.starts_at for order in (begins, begins.desc()) for row in db.exec(select(Event).order_by(order).limit(1))
    ]
    if not ends:
        return []
    first, last = ends
    return list(range(last.astimezone(zone).year, first.astimezone(zone).year - 1, -1))
