"""What was done for a person, in words, for the document that they alone read: each service with its day."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from alpes_events.documents.record import Chapter
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.privacy.told_project import Tell
from alpes_events.services.kinds import Unit, the_act_kind
from alpes_events.services.models import ServiceAct
from alpes_events.services.quantities import shown_quantity


def services_told(db: Session, candidate_ids: Sequence[int], tell: Tell, language: str) -> Chapter | None:
    """The chapter, the first day first; None: nothing was done that stands."""
    asked = select(ServiceAct).where(
        col(ServiceAct.candidate_id).in_(candidate_ids), col(ServiceAct.withdrawn_at).is_(None)
    )
    rows = db.exec(asked.order_by(col(ServiceAct.happened_on), col(ServiceAct.id))).all()
    facts = [(_days(row, tell, language), _words(row, language)) for row in rows]
    return Chapter(tell(N_("Ce que nous avons fait avec vous")), facts=facts) if facts else None


def _days(row: ServiceAct, tell: Tell, language: str) -> str:
    first = dates.short_day(row.happened_on, language=language, year=True)
    if row.ended_on is None:
        return first
    last = dates.short_day(row.ended_on, language=language, year=True)
    return tell(N_("du %(first)s au %(last)s"), first=first, last=last)


def _words(row: ServiceAct, language: str) -> str:
    kind = the_act_kind(row.kind)
    said = [kind.named(language), row.group_name, row.organisation, row.place]
    said.append(kind.details[row.detail].named(language) if row.detail in kind.details else row.detail)
    said.append(kind.results[row.result].named(language) if row.result in kind.results else "")
    if kind.unit is not Unit.ACT:
        said.append(shown_quantity(row.quantity, kind.unit, language))
    return ", ".join(one for one in said if one)
