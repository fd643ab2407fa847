"""The convocations of a whole event as an errand: one file, a page a person, by name."""

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.convocations import convocations_of
from alpes_events.attendance.day import everyone_expected
from alpes_events.documents.convocation import Convocation, convocations_pdf
from alpes_events.errands.file import PDF, File
from alpes_events.errands.models import FileRole
from alpes_events.errands.performing import Product, Task
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_AT_ONCE = 100


class NobodyExpected(Refusal):
    """An event where nobody has a place."""

    def __init__(self) -> None:
        super().__init__(N_("Personne n’a de place à cet événement pour l’instant : il n’y a rien à imprimer."))


def convocations_of_event(task: Task) -> Product:
    """A page for each who has a place, each in the language of the sign-up. Raises `NobodyExpected`."""
    event_id = int(task.wishes["event_id"])
    with task.database.reading() as db:
        slug = the_event(db, event_id).slug
        ids = [line.id for line in everyone_expected(db, event_id)]
    pages: list[Convocation] = []
    for start in range(0, len(ids), _AT_ONCE):
        task.step(start, len(ids))
        with task.database.reading() as db:
            pages += convocations_of(db, ids[start : start + _AT_ONCE])
    if not pages:
        raise NobodyExpected
    document = convocations_pdf(pages, language=task.language)
    task.step(len(ids), len(ids))
    return Product((File(FileRole.RESULT, f"convocations-{slug}.pdf", PDF, document),), {"people": len(pages)})
