"""The convocations of a whole event as an errand: a page a person, by name."""

from io import BytesIO
from zipfile import ZipFile

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.day import everyone_expected
from alpes_events.documents.apart import typeset_apart
from alpes_events.documents.convocation import convocations_pdf
from alpes_events.errands.file import PDF, ZIP, File
from alpes_events.errands.models import FileRole
from alpes_events.errands.work import Product, Task
from alpes_events.interviews.convocations import full_convocations
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

AT_ONCE = 100
"""Pages of one document: with more, the typesetter needs hundreds of megabytes."""


class NobodyExpected(Refusal):
    """An event where nobody has a place."""

    def __init__(self) -> None:
        super().__init__(N_("Personne n’a de place à cet événement pour l’instant : il n’y a rien à imprimer."))


def convocations_of_event(task: Task) -> Product:
    """A page for each who has a place, each in the language of the sign-up: a PDF, or for many a folder of PDFs of a
    hundred pages. Raises `NobodyExpected`.
    """
    event_id = int(task.wishes["event_id"])
    with task.database.reading() as db:
        slug = the_event(db, event_id).slug
        ids = [line.id for line in everyone_expected(db, event_id)]
    parts: list[tuple[str, bytes]] = []
    count = 0
    for start in range(0, len(ids), AT_ONCE):
        task.step(start, len(ids))
        with task.database.reading() as db:
            pages = full_convocations(db, ids[start : start + AT_ONCE])
        if pages:
            name = f"convocations-{slug}-{count + 1:04d}-{count + len(pages):04d}.pdf"
            parts.append((name, convocations_pdf(pages, language=task.language, setter=typeset_apart)))
            count += len(pages)
    if not parts:
        raise NobodyExpected
    task.step(len(ids), len(ids))
    return Product((_file(f"convocations-{slug}", parts),), {"people": count})


def _file(name: str, parts: list[tuple[str, bytes]]) -> File:
    if len(parts) == 1:
        return File(FileRole.RESULT, f"{name}.pdf", PDF, parts[0][1])
    folder = BytesIO()
    with ZipFile(folder, "w") as archive:
        for part, content in parts:
            archive.writestr(part, content)
    return File(FileRole.RESULT, f"{name}.zip", ZIP, folder.getvalue())
