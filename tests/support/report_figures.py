"""Figures of the report in the town: acts, counts that somebody attested, figures of one's own."""

from datetime import date
from decimal import Decimal

from sqlmodel import Session

from alpes_events.attested.commands import AttestedDraft, attest, correct_attested
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.reporting.custom import IndicatorDraft
from alpes_events.reporting.definition import Measure, Op
from alpes_events.reporting.own_figures import define, retire
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft
from tests.support.stories import NOW, somebody

YEAR = 2026
FIGURE = "ml.contacts"
ATTESTED_ON = date(2026, 2, 1)


def a_count(value: str, *, name: str = FIGURE, year: int = YEAR) -> AttestedDraft:
    """A count of the Mission Locale."""
    return AttestedDraft(name, str(year), Decimal(value), "i-Milo", ATTESTED_ON)


def passes(label: str = "Titres de transport remis en janvier", **said: object) -> IndicatorDraft:
    """A figure of one's own: the transit passes of January."""
    where = {"kind": ("transit_pass",), "month": ("01",)}
    return IndicatorDraft(label, "Passes of January", "acts", Measure.SUM, where, **said)  # type: ignore[arg-type]


def worked_out(op: Op, *figures: str, label: str = "Un calcul") -> IndicatorDraft:
    """A figure of one's own over others."""
    return IndicatorDraft(label, op=op, figures=figures)


def figures_in_town(db: Session, candidate_id: int) -> None:
    """Two passes; a count that was corrected; a figure of one's own, another that was retired."""
    _pass(db, candidate_id, date(2026, 1, 5))
    attest(db, a_count("40"), now=NOW, account_id=None)
    correct_attested(db, a_count("42"), why="Oubli", now=NOW, account_id=None)
    define(db, passes(), now=NOW, account_id=None)
    gone = define(db, passes("Un chiffre retiré"), now=NOW, account_id=None)
    retire(db, gone, now=NOW, account_id=None)


def crowd_the_figures(db: Session, number: int) -> None:
    """One pass of somebody, one count of a list, and one figure of one's own more."""
    _pass(db, find_or_create_candidate(db, somebody(8000 + number), now=NOW), date(2026, 1, 6))
    attest(db, a_count("5", name=f"ml.financial_aid.Aide {number}.amount_eur"), now=NOW, account_id=None)
    define(db, passes(f"Titres, groupe {number}"), now=NOW, account_id=None)


def _pass(db: Session, candidate_id: int, day: date) -> None:
    note_acts(db, [ActDraft("transit_pass", day, candidate_id=candidate_id)], now=NOW, account_id=None)
