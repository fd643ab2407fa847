"""What an offer or an operation may be of: companies, stands to come and open operations, each told apart."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event
from alpes_events.companies.models import Company, Establishment
from alpes_events.fair.codes import LIVE
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.models import OperationState, RecruitmentOperation
from alpes_events.language.dates import short_day
from alpes_events.language.sentence import N_
from alpes_web.identity import identity
from alpes_web.languages import language, translated

STAND, OPERATION = "stand-", "operation-"

Choices = list[tuple[str, str]]


def company_choices(db: Session) -> Choices:
    """The companies that stand, by name; two of one name are told apart by their commune."""
    rows = db.exec(
        select(Company.id, Company.name)
        .where(col(Company.merged_into).is_(None))
        .order_by(col(Company.search_name), col(Company.id))
    ).all()
    open_ones = select(Establishment.company_id, Establishment.commune_name).where(
        col(Establishment.closed_at).is_(None), Establishment.commune_name != ""
    )
    homes = dict(db.exec(open_ones.order_by(col(Establishment.id).desc())).all())
    often = Counter(name for _number, name in rows)
    return [(str(number), name if often[name] == 1 else _apart(name, homes.get(number or 0))) for number, name in rows]


def stand_choices(db: Session, *, now: datetime) -> Choices:
    """The stands of companies at events that are not over, by name, each with its event."""
    rows = db.exec(
        select(Exhibitor.id, Exhibitor.name, Event.title, Event.starts_at)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Exhibitor.state).in_(LIVE), col(Exhibitor.company_id).is_not(None), col(Event.ends_at) > now)
        .order_by(col(Exhibitor.name), col(Event.starts_at), col(Exhibitor.id))
    )
    words, spoken, zone = translated(N_("%(name)s (stand : %(event)s, %(day)s)")), language(), identity().zone
    return [
        (
            f"{STAND}{number}",
            words % {"name": name, "event": title, "day": short_day(local_day(starts_at, zone), language=spoken)},
        )
        for number, name, title, starts_at in rows
    ]


def operation_choices(db: Session) -> Choices:
    """The operations that are open, by name."""
    rows = db.exec(
        select(RecruitmentOperation.id, RecruitmentOperation.name)
        .where(RecruitmentOperation.state == OperationState.OPEN)
        .order_by(col(RecruitmentOperation.name), col(RecruitmentOperation.id))
    )
    return [(f"{OPERATION}{number}", translated(N_("%(name)s (opération)")) % {"name": name}) for number, name in rows]


def _apart(name: str, commune: str | None) -> str:
    return f"{name}, {commune}" if commune else translated(N_("%(name)s, commune non relevée")) % {"name": name}
