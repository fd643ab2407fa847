"""Writing the rows of `attested`: each figure once for its period; a correction says why."""

from sqlmodel import Session

from alpes_events.attested.commands import AttestedDraft
from alpes_events.attested.queries import standing_count
from alpes_events.intake.attested_rows import AttestedRecord
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.reporting.attested_list import named_by
from alpes_events.reporting.attested_values import value_of
from alpes_events.reporting.attesting import attest_figure, correct_figure
from alpes_events.reporting.custom import catalogue_of


def write_attested(db: Session, desk: Desk, record: AttestedRecord) -> Outcome:
    """Attest a count. One that says the same stays; another value is refused, unless the row says why it corrects."""
    name = named_by(record.indicator, catalogue_of(db), language=SOURCE_LANGUAGE)
    draft = AttestedDraft(name, record.period, record.value, record.source, record.attested_on)
    standing = standing_count(db, name, record.period)
    if standing is not None and (value_of(standing), standing.source) == (record.value, record.source.strip()):
        return Outcome.THERE
    if standing is not None and record.why:
        correct_figure(db, draft, why=record.why, now=desk.now, account_id=desk.account_id)
    else:
        attest_figure(db, draft, now=desk.now, account_id=desk.account_id)
    return Outcome.ADDED
