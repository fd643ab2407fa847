"""What a telephone sends of a mark: which, its key, and when it was made by its own clock."""

from datetime import UTC, datetime, timedelta

from wtforms import HiddenField

from alpes_events.fair.meetings import MeetingOutcome
from alpes_events.fair.words import OUTCOMES
from alpes_events.interviews.models import Mark
from alpes_events.language.sentence import N_
from alpes_web.forms import StrictForm
from alpes_web.staff.choice_fields import CodeField
from alpes_web.staff.fields import IdField

MARK_WORDS: dict[Mark, str] = {
    Mark.HELD: N_("Entretien tenu"),
    Mark.PERSON_ABSENT: N_("Pas venue"),
    Mark.EXHIBITOR_ABSENT: N_("Stand absent"),
    Mark.UNMARKED: N_("Corriger"),
}
SAID_ON_THE_DAY = (
    MeetingOutcome.TO_CALL_BACK,
    MeetingOutcome.SECOND_INTERVIEW,
    MeetingOutcome.TRIAL,
    MeetingOutcome.KEPT_IN_MIND,
    MeetingOutcome.NO,
)
"""What is said with one press; hired asks for the contract, on a page of its own."""
_TRUSTED = timedelta(minutes=2)


class KeptForm(StrictForm):
    """A form whose answer may have waited on a telephone. `marked_at` and `sent_at` are by its clock; without them it
    was made just now.
    """

    interview_id = IdField()
    marked_at = HiddenField()
    sent_at = HiddenField()


class MarkForm(KeptForm):
    """One mark of an interview."""

    mark_key = HiddenField()
    mark = CodeField(N_("Entretien"), MARK_WORDS)


class OutcomeForm(KeptForm):
    """What came of an interview; nothing: it is not known any more."""

    mark_key = HiddenField()
    outcome = CodeField(N_("Suite"), {one: OUTCOMES[one] for one in SAID_ON_THE_DAY}, unknown=N_("suite non relevée"))


def marked_when(marked: str, sent: str, *, now: datetime) -> datetime:
    """When something was marked, as a clock that is right would say.

    A clock that is two minutes off or more is not believed: then only how long ago it was counts. Never after `now`.
    """
    marked_at, sent_at = _instant(marked), _instant(sent)
    if marked_at is None:
        return now
    if sent_at is not None and abs(now - sent_at) >= _TRUSTED:
        marked_at = now - max(timedelta(), sent_at - marked_at)
    return min(marked_at, now)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):  # the first hours of the year 1 are before it elsewhere
        return None
