"""Looking at an XLSX file before it is opened: what it claims to be, how much it unpacks to, and what it would run.

An XLSX file is a ZIP archive of XML. A small one can unpack to gigabytes, and one cell far to the right and below makes
a reader reserve everything before it: sizes and cell addresses are checked first, piece by piece, at a bounded cost.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from alpes_events.intake.issues import BadFile
from alpes_events.intake.table import HOUSE, MOST_COLUMNS, Limits
from alpes_events.language.sentence import N_

MOST_ENTRIES = 500
_CHUNK = 1 << 16
_LONGEST_TAG = 2048
_MAGIC = b"PK\x03\x04"
_SHEETS = "xl/worksheets/"
_ADDRESS = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^<>]*?\br\s*=\s*[\"']([A-Za-z]{0,7})(\d{1,12})[\"']")
_EMPTY_ROWS_ALLOWED = 5_000


def check_xlsx(content: bytes, limits: Limits = HOUSE) -> None:
    """Raise `BadFile` unless this is a workbook without macros that unpacks to a reasonable size."""
    if not content.startswith(_MAGIC):
        raise BadFile(N_("Ce fichier n’est pas un classeur XLSX, malgré son nom : enregistrez-le de nouveau."))
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, limits)
            for entry in entries:
                _check_unpacked(archive, entry, limits)
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise BadFile(N_("Ce classeur est abîmé : enregistrez-le de nouveau, puis recommencez.")) from error


def _check_entries(entries: list[ZipInfo], limits: Limits) -> None:
    """What the archive's own list says, without unpacking anything."""
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise _too_much()
    if any("vbaproject" in name.lower() or "/activex/" in name.lower() for name in names):
        raise BadFile(N_("Ce classeur contient des macros : enregistrez-le au format XLSX sans macros."))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadFile(N_("Ce classeur est protégé par un mot de passe : retirez-le, puis recommencez."))
    if "[Content_Types].xml" not in names or not any(name.startswith(_SHEETS) for name in names):
        raise BadFile(N_("Ce fichier n’est pas un classeur XLSX, malgré son nom : enregistrez-le de nouveau."))


def _check_unpacked(archive: ZipFile, entry: ZipInfo, limits: Limits) -> None:
    """Unpack one entry without keeping it: its size is the one declared, and no cell lies beyond the limits."""
    is_sheet = entry.filename.startswith(_SHEETS)
    for window in _windows(archive, entry):
        if b"macroEnabled" in window and entry.filename == "[Content_Types].xml":
            raise BadFile(N_("Ce classeur contient des macros : enregistrez-le au format XLSX sans macros."))
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise _too_much()
        if is_sheet:
            _check_addresses(window, limits)


def _windows(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The entry in pieces that overlap, so that a tag cut in two stands whole in one of them."""
    tail = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece
            tail = piece[-_LONGEST_TAG:]


def _check_addresses(window: bytes, limits: Limits) -> None:
    last = limits.rows + _EMPTY_ROWS_ALLOWED
    found = _ADDRESS.findall(window)
    far = [one for one in found if int(one[1]) > last or _column(one[0]) > MOST_COLUMNS]
    cell = next((letters + digits for letters, digits in far if letters), b"")
    if cell:
        raise BadFile(
            N_("Ce classeur a une cellule loin des autres (%(cell)s) : effacez-la, puis recommencez."),
            cell=cell.decode()[:20],
        )
    if far:
        raise BadFile(
            N_(
                "Ce classeur a des lignes vides au-delà de la ligne %(row)d : copiez les seules lignes remplies dans "
                "un nouveau classeur, puis recommencez."
            ),
            row=last,
        )


def _column(letters: bytes) -> int:
    """« A » is 1, « AA » is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_much() -> BadFile:
    return BadFile(N_("Ce classeur est trop grand une fois ouvert : coupez-le en plusieurs fichiers."))
