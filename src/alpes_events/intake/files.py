"""From a file's name and bytes to a table: size, extension and first bytes decide how it is read, or refused."""

from pathlib import PurePath

from alpes_events.intake.csv_file import read_csv
from alpes_events.intake.issues import BadFile
from alpes_events.intake.table import HOUSE, Limits, Table
from alpes_events.intake.xlsx_file import read_xlsx
from alpes_events.intake.xlsx_formulas import check_no_formulas
from alpes_events.language.sentence import N_

_TEXT = frozenset({".csv", ".txt", ".tsv"})
_OTHER_BOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".xltm", ".xltx", ".ods", ".numbers"})


def read_table(name: str, content: bytes, limits: Limits = HOUSE) -> Table:
    """The table of a CSV or XLSX file. Raises `BadFile` with what to do."""
    if len(content) > limits.octets:
        raise BadFile(N_("Ce fichier dépasse %(most)d Mo : coupez-le en plusieurs."), most=limits.octets // 1_000_000)
    if not content.strip():
        raise BadFile(N_("Ce fichier est vide : il faut au moins une ligne de titres."))
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        table = read_xlsx(content, limits)
        check_no_formulas(content)
        return table
    if ending in _TEXT:
        return read_csv(content, limits)
    if ending in _OTHER_BOOKS:
        raise BadFile(
            N_("Nous ne lisons pas les fichiers %(ending)s : enregistrez celui-ci au format XLSX ou CSV."),
            ending=ending,
        )
    raise BadFile(N_("Nous lisons les fichiers CSV et XLSX : enregistrez celui-ci dans un de ces formats."))
