"""Long work in every state: files that were good, files with rows to correct, results to fetch, work still to come."""

from alpes_events.database.engine import Database
from alpes_events.errands.commands import ask_errand, ask_stop
from alpes_events.errands.file import CSV, File
from alpes_events.errands.models import ErrandKind, FileRole
from tests.support.errands import HEADINGS, a_worker, people_file
from tests.support.stories import NOW

_BAD = HEADINGS + "Sarr;;fatou@example.org;\nDiallo;Hugo;pas une adresse;31/02/1990\n"


def ask_for_everything(database: Database, account_id: int) -> None:
    """Somebody asks for each kind of work; some of it is done, some waits, some was stopped."""

    def ask(kind: ErrandKind, *, content: str = "", follows: int | None = None, **wishes: int | str | bool) -> int:
        sent = File(FileRole.SENT, "personnes.csv", CSV, content.encode()) if content else None
        with database.writing() as db:
            errand_id = ask_errand(
                db, kind, wishes=wishes, sent=sent, follows=follows, language="fr", now=NOW, account_id=account_id
            )
            db.commit()
        return errand_id

    good = ask(ErrandKind.CHECK, content=people_file(3, first=8000), file="people")
    ask(ErrandKind.CHECK, content=_BAD, file="people")
    a_worker(database).perform_due()
    ask(ErrandKind.IMPORT, follows=good, file="people")
    for kind in (ErrandKind.EVENTS, ErrandKind.SIGN_UPS, ErrandKind.FIGURES, ErrandKind.HOURS):
        ask(kind, year=2026)
    a_worker(database).perform_due()
    ask(ErrandKind.EVENTS)
    stopped = ask(ErrandKind.SIGN_UPS, year=2026)
    with database.writing() as db:
        ask_stop(db, stopped, now=NOW)
        db.commit()
