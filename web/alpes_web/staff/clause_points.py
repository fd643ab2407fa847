"""What the social clause waits for, on the board of the day: one line for each kind, with the table that settles it."""

from collections.abc import Iterator, Mapping
from datetime import date

from flask import url_for
from sqlmodel import Session

from alpes_events.clause.board.board import late_lots
from alpes_events.clause.declaring.missing import waiting_months
from alpes_events.clause.eligibility.lapses import NEAR, lapses
from alpes_web.languages import translated, translated_count
from alpes_web.staff.point import Point


def clause_points(db: Session, *, today: date, health: bool) -> tuple[Point, ...]:
    """Everything that waits: hours to decide, lots that are late, and what ends within days."""
    near = lapses(db, today=today, within=NEAR, health=health)
    return (*_to_decide(waiting_months(db)), *_late(len(late_lots(db, today=today))), *_lapsing(len(near)))


def _to_decide(months: Mapping[date, int]) -> Iterator[Point]:
    """Those of the oldest month, as the table has one; the other months are named."""
    if months:
        oldest, *others = months
        count = months[oldest]
        title = translated_count(
            "%(num)s déclaration d’heures est à valider", "%(num)s déclarations d’heures sont à valider", count
        )
        detail = translated("Pour %(month)s.") % {"month": f"{oldest:%m/%Y}"}
        if others:
            listed = ", ".join(f"{month:%m/%Y}" for month in others)
            detail += " " + translated("Ensuite : %(months)s.") % {"months": listed}
        address = url_for("clause_declarations.table", month=f"{oldest:%Y-%m}", state="received")
        yield Point(title % {"num": count}, detail, address, translated("Voir les déclarations"), icon="hour")


def _late(count: int) -> Iterator[Point]:
    if count:
        title = translated_count(
            "%(num)s lot de la clause est en retard", "%(num)s lots de la clause sont en retard", count
        )
        detail = translated("Moins d’heures sont faites que ses dates n’en demandent.")
        address = url_for("clause.board", state="late")
        yield Point(title % {"num": count}, detail, address, translated("Voir les lots en retard"), icon="chart")


def _lapsing(count: int) -> Iterator[Point]:
    if count:
        title = translated_count(
            "%(num)s éligibilité ou justificatif finit bientôt",
            "%(num)s éligibilités ou justificatifs finissent bientôt",
            count,
        )
        detail = translated("Dans les %(num)s jours qui viennent.") % {"num": NEAR}
        yield Point(
            title % {"num": count},
            detail,
            url_for("clause_due.lapsing", within=NEAR),
            translated("Voir les échéances"),
            icon="clock",
        )
