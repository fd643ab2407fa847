"""The sign-ups of an event as a table to take away: a row each, with who signed the person up."""

from collections.abc import Sequence

from sqlmodel import Session

from alpes_events.attendance.answers import answer_table
from alpes_events.attendance.listing import SignUpLine
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.dates import local
from alpes_events.language.sentence import N_
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.staff.words import CHANNELS, PRESENCES, SIGN_UP_STATES

_HEADING = (
    N_("Référence"),
    N_("Prénom"),
    N_("Nom"),
    N_("Téléphone"),
    N_("E-mail"),
    N_("Commune"),
    N_("Séance"),
    N_("État"),
    N_("Présence"),
    N_("Inscription par"),
    N_("Structure"),
    N_("Nom du conseiller"),
    N_("Inscrit le"),
)


def sign_up_sheet(db: Session, event_id: int, lines: Sequence[SignUpLine]) -> Sheet:
    """These sign-ups of the event, with the answers to its questions."""
    answers = answer_table(db, event_id)
    heading = [*(translated(title) for title in _HEADING), *answers.headings]
    rows = [[*_cells(line), *answers.row(line.id)] for line in lines]
    return Sheet(translated(N_("Inscriptions")), heading, rows)


def _cells(line: SignUpLine) -> list[Cell]:
    return [
        line.reference,
        line.given_name,
        line.family_name,
        line.telephone,
        line.email,
        line.commune,
        line.session_title,
        translated(SIGN_UP_STATES[line.state].words),
        translated(PRESENCES[line.presence].words),
        translated(CHANNELS[line.channel]),
        line.structure,
        line.registered_by,
        local(line.created_at, zone=identity().zone),
    ]
