"""Whether a workbook has formulas: what counts is written, not computed from cells that nobody sees."""

import re
from io import BytesIO
from zipfile import ZipFile

from alpes_events.intake.issues import BadFile
from alpes_events.language.sentence import N_

_SHEETS = "xl/worksheets/"
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3}\d{1,7})[\"'][^<>]*>\s*<(?:\w+:)?f[\s/>]|<(?:\w+:)?f[\s/>]"
)
_CHUNK = 1 << 16
_OVERLAP = 2048


def check_no_formulas(content: bytes) -> None:
    """Raise `BadFile`, with the first cell, for a workbook with a formula. `xlsx_guard` has looked at it before."""
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.startswith(_SHEETS):
                continue
            with archive.open(name) as stream:
                tail = b""
                while piece := stream.read(_CHUNK):
                    window = tail + piece
                    found = _FORMULA.search(window) if b"<f" in window or b":f" in window else None
                    if found is not None:
                        raise BadFile(
                            N_("Ce classeur a une formule (%(cell)s) : collez ses valeurs, puis recommencez."),
                            cell=(found[1] or b"?").decode(),
                        )
                    tail = piece[-_OVERLAP:]
