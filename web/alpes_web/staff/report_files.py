"""A report as a file: the same for a draft and for an edition, on the site and from the command line."""

import json
from collections.abc import Mapping
from enum import StrEnum

from flask import Response

from alpes_events.pictures.picture import Picture
from alpes_events.reporting.as_html import whole_page
from alpes_events.reporting.as_json import as_json
from alpes_events.reporting.edition_mark import DraftMark, EditionMark
from alpes_events.reporting.printing import as_pdf
from alpes_events.reporting.set_report import SetReport
from alpes_events.reporting.workbook import as_xlsx


class ReportFileForm(StrEnum):
    """In which form a report goes out."""

    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[ReportFileForm, str] = {
    ReportFileForm.JSON: "application/json",
    ReportFileForm.HTML: "text/html",
    ReportFileForm.PDF: "application/pdf",
    ReportFileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report_content(
    shown: SetReport,
    form: ReportFileForm,
    *,
    mark: EditionMark | DraftMark,
    pictures: Mapping[int, Picture] | None = None,
) -> bytes:
    """The file, with what `mark` says of it."""
    match form:
        case ReportFileForm.JSON:
            return (json.dumps(as_json(shown.lines, hidden=shown.hidden), ensure_ascii=False, indent=1) + "\n").encode()
        case ReportFileForm.HTML:
            return whole_page(shown, mark=mark, pictures=pictures)
        case ReportFileForm.PDF:
            return as_pdf(shown, mark=mark, pictures=pictures)
        case ReportFileForm.XLSX:
            return as_xlsx(shown, mark=mark)


def report_file(
    shown: SetReport,
    form: ReportFileForm,
    *,
    name: str,
    mark: EditionMark | DraftMark,
    pictures: Mapping[int, Picture] | None = None,
) -> Response:
    """The file as an answer, to be kept under its name."""
    answer = Response(report_content(shown, form, mark=mark, pictures=pictures), mimetype=MEDIA_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.value}"'
    return answer
