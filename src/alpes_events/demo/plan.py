"""What the demonstration is going to play: an event, who comes, and which rows it leaves."""

from dataclasses import dataclass, replace
from datetime import datetime
from importlib import resources

from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import Counter, Entry, EventKind


@dataclass(frozen=True)
class Turnout:
    """How many sign up, and what is marked on the day. `residents` of those attended are of the territory, or None:
    nobody says where they live. `walk_ins` are among those attended.
    """

    attended: int = 0
    residents: int | None = 0
    absent: int = 0
    unmarked: int = 0
    walk_ins: int = 0
    confirmed: int = 0
    waiting: int = 0
    gave_up: int = 0

    @property
    def sign_up_count(self) -> int:
        """How many sign up before the day."""
        return self.attended - self.walk_ins + self.absent + self.unmarked + self.confirmed + self.waiting


@dataclass(frozen=True)
class FairRows:
    """How many rows of each kind the fair leaves; None: not collected."""

    visitors: int | None = None
    exhibitors: int | None = None
    exhibitors_territory: int | None = None
    interviews: int | None = None
    demonstrations: int | None = None


@dataclass(frozen=True)
class SessionPlan:
    """A session of an event and who signs up for it."""

    draft: SessionDraft
    turnout: Turnout


@dataclass(frozen=True)
class Plan:
    """One event to play. `venue` is a key of `data/venues.toml` or an INSEE code, « » for none.

    `villages`: its stands are asked for in villages and placed in halls, as at the salon.
    `known` places the candidate of the demonstration's accounts among those who sign up: first, last or not.
    """

    draft: EventDraft
    published_at: datetime
    series: str = ""
    venue: str = ""
    capacity: int | None = None
    sector: str = "everything"
    turnout: Turnout = Turnout()
    rows: FairRows = FairRows()
    sessions: tuple[SessionPlan, ...] = ()
    is_draft: bool = False
    cancelled: str = ""
    offer_pending: bool = False
    asks_questions: bool = False
    known: str = ""
    villages: bool = False


def counted(draft: EventDraft, rows: FairRows, *, participants: Counter) -> EventDraft:
    """The draft with the counters of an event that leaves these rows."""
    return replace(
        draft,
        participants_counter=participants,
        visitors_counter=_collected(rows.visitors is not None),
        exhibitors_counter=_collected(rows.exhibitors is not None),
        interviews_counter=_collected(rows.interviews is not None),
        demonstrations_counter=_collected(rows.demonstrations is not None),
    )


def to_be_counted(draft: EventDraft) -> EventDraft:
    """The draft with the counters that an event of its kind usually declares before it is held."""
    meets = draft.kind in {EventKind.JOB_DATING, EventKind.RECRUITMENT}
    fair = draft.kind in {EventKind.SALON, EventKind.FORUM}
    return replace(
        draft,
        participants_counter=_collected(draft.entry is Entry.SIGN_UP),
        visitors_counter=_collected(fair),
        exhibitors_counter=_collected(fair or meets),
        interviews_counter=_collected(meets),
        demonstrations_counter=_collected(fair or draft.kind is EventKind.DISCOVERY),
    )


def data_text(name: str) -> str:
    """The text of one of the demonstration's own files."""
    return (resources.files("alpes_events.demo") / "data" / name).read_text(encoding="utf-8")


def _collected(taken: bool) -> Counter:
    return Counter.COLLECTED if taken else Counter.NOT_COLLECTED
