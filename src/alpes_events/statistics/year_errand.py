"""A year counted anew, as an errand: its figures compiled, and the workbook of what was found."""

from alpes_events.errands.file import XLSX, File
from alpes_events.errands.models import FileRole
from alpes_events.errands.work import Product, Task
from alpes_events.language.sentence import N_, Sentence
from alpes_events.statistics.compilation import compile_year
from alpes_events.statistics.export import Format, commune_names, exported
from alpes_events.statistics.published import protected
from alpes_events.statistics.year_report import year_report
from alpes_events.territory.organisation import current_organisation

_STEPS = 3


def figures_of_year(task: Task) -> Product:
    """Count the year from its records, compile it, and write its workbook as the team may see it."""
    year = int(task.wishes["year"])
    task.step(0, _STEPS)
    with task.database.writing() as db:
        compiled = compile_year(db, year, now=task.now)
        db.commit()
    task.step(2, _STEPS)
    with task.database.reading() as db:
        threshold = current_organisation(db).internal_small_cell_threshold
        report = year_report(db, year)
        communes = commune_names(db)
    shown = protected(report, threshold=threshold) if threshold > 1 else report
    book = exported(shown, Format.XLSX, communes=communes, language=task.language)
    task.step(_STEPS, _STEPS)
    name = f"{Sentence(N_('chiffres')).in_language(task.language)}-{year}.xlsx"
    counts = {"events": len(report.events), "written": compiled.written}
    return Product((File(FileRole.RESULT, name, XLSX, book),), counts)
