"""The day of the biggest salon, replayed at sixty times its speed: is every mark kept, and nobody booked twice?

Run: `make bench-job_dating_day` (`ARGS="--people 300 --stands 40 --database sqlite"`, `--quick`). Prints one JSON
object for each database, and ends with 1 if a law was broken.

1,559 people and 171 exhibitors with a table of 24 slots get a timetable (`build`), which is booked. Then each stand has
a telephone that marks its interviews by the link of the stand, over HTTP, when they end: nine in ten held, the others
absent. One telephone in ten loses the network for half an hour of the day and sends what it kept when it is back; one
mark in twenty is sent twice, as a telephone does that did not hear the answer. Meanwhile people leave and tables close,
and the rest of the day is arranged again and accepted, forty times. A minute of the day is a second here.

- `mark_ms`: from sending a mark until the answer after the commit. `again_ms`: proposing and accepting a change.
- *Kept*: every mark that was answered is a row, once, and its interview is what the mark says.
- *Booked twice*: two interviews of a person or at a table, called off none, whose minutes overlap. A telephone here
  marks also what was called off meanwhile, as one without network does: who met all the same is no booking.
"""

import argparse
import json
import multiprocessing
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview, MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.again import accept, propose
from alpes_events.interviews.asked import asked
from alpes_events.interviews.booking import Slot, book
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.live import InterviewState, state_of
from alpes_events.interviews.models import InterviewHours, InterviewMark, InterviewTable, Mark
from alpes_events.interviews.times import moment
from alpes_events.language.refusal import Refusal
from alpes_events.people.models import Candidate
from alpes_matching.timetable import build
from alpes_web.links import Purpose, signed
from bench.interviews import LENGTH, invented
from bench.machine import about, percentiles
from bench.served import SECRET, ask, serving
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_event, an_organisation

SLOTS, CHANGES, SPEED = 24, 40, 60
AWAY = 30
"""Minutes of the day without network."""
_TOKEN = re.compile(r"name=['\"]csrf_token['\"][^>]*value=['\"]([^'\"]+)")
_CONTEXT = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Due:
    """A mark that a telephone makes, `at` seconds after the beginning; sent `times` times."""

    at: float
    interview_id: int
    mark: Mark
    key: str
    times: int = 1


@dataclass(frozen=True)
class Phone:
    """The telephone of a stand: the address of its list, an address in the network, and what it marks."""

    page: str
    network: str
    marks: tuple[Due, ...]


@dataclass(frozen=True)
class Sent:
    """A mark as it was answered."""

    due: Due
    status: int
    seconds: float


def main() -> int:
    """Replay the day on each database."""
    chosen = _chosen()
    broken = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        templates = Templates(Path(folder), durable=True)
        for engine in chosen.database:
            with templates.fresh(engine, an_organisation) as database:
                report, faults = replay(
                    database, chosen.people, chosen.stands, seed=chosen.seed, clients=chosen.clients
                )
                print(json.dumps(about(database) | report | {"faults": faults}, ensure_ascii=False), flush=True)
                broken += len(faults)
    return int(broken > 0)


def replay(
    database: Database, people: int, stands: int, *, seed: int, clients: int
) -> tuple[dict[str, object], list[str]]:
    """One day: the report, and which laws were broken."""
    chance = random.Random(seed)
    event_id = a_salon(database, people, stands, seed=seed)
    seconds, booked = publish(database, event_id)
    phones = _phones(database, event_id, chance)
    with serving(database) as site:
        began = time.monotonic() + 3
        with _CONTEXT.Pool(clients) as pool:
            waiting = pool.starmap_async(_work, [(site.port, phones[n::clients], began) for n in range(clients)])
            again, lost = _change(database, event_id, chance, began=began)
            sent = [one for some in waiting.get(timeout=1200) for one in some]
    waits = [one.seconds * 1000 for one in sent]
    report = {
        "people": people,
        "stands": stands,
        "timetable_s": seconds,
        "interviews": booked,
        "marks_sent": len(sent),
        "answers": dict(Counter(one.status for one in sent)),
        "mark_ms": percentiles(waits) | {"p99": round(statistics.quantiles(waits, n=100)[98], 1)},
        "changes_accepted": len(again),
        "again_ms": percentiles([one * 1000 for one in again]) if len(again) > 1 else None,
    }
    return report, faults_of(database, event_id, sent, lost)


def a_salon(database: Database, people: int, stands: int, *, seed: int) -> int:
    """An event that begins now, with its people, stands, tables, hours and wishes. Gives its id."""
    day = invented("popular", people, stands, SLOTS, seed=seed)
    now = datetime.now(tz=UTC).replace(second=0, microsecond=0)
    with database.writing() as db:
        event_id = an_event(
            db,
            now=now - timedelta(days=7),
            starts_at=now,
            ends_at=now + timedelta(minutes=SLOTS * LENGTH),
            capacity=None,
        )
        exhibitors = {table.exhibitor: _stand(db, event_id, number) for number, table in enumerate(day.tables)}
        signed_up = {person.key: _signs_up(db, event_id, number, now) for number, person in enumerate(day.people)}
        for person in day.people:
            [span] = person.hours
            hours = InterviewHours(registration_id=signed_up[person.key], said_at=now, most=person.most)
            hours.comes, hours.leaves = span
            db.add(hours)
        for wish in day.wishes:
            row = MeetingWish(
                registration_id=signed_up[wish.person],
                exhibitor_id=exhibitors[wish.exhibitor],
                position=wish.rank,
                wished_at=now,
                interest_at=now if wish.interest else None,
            )
            db.add(row)
        db.commit()
    return event_id


def publish(database: Database, event_id: int) -> tuple[float, int]:
    """Make the timetable and book it: seconds, and how many interviews."""
    began = time.perf_counter()
    with database.reading() as db:
        question = asked(db, event_id)
    made = build(question.day, sweeps=5)
    slots = [Slot(int(one.person), int(one.exhibitor), int(one.table), one.start, one.end) for one in made.interviews]
    with database.writing() as db:
        now = datetime.now(tz=UTC)
        hold_day(db, event_id, now=now)
        book(db, event_id, slots, now=now)
        db.commit()
    return round(time.perf_counter() - began, 1), len(slots)


def faults_of(database: Database, event_id: int, sent: Sequence[Sent], lost: set[tuple[int, int]]) -> list[str]:
    """Which laws the rows break, in words. Pairs that `lost` their interview and met all the same are left aside."""
    faults: list[str] = []
    with database.reading() as db:
        rows = db.exec(select(Interview).where(col(Interview.event_id) == event_id)).all()
        marks = db.exec(select(InterviewMark)).all()
    booked = [row for row in rows if (row.registration_id, row.exhibitor_id) not in lost]
    standing = [row for row in booked if row.called_off_at is None and row.starts is not None]
    for whose in ("table_id", "registration_id"):
        faults += _overlaps(standing, whose)
    keys = Counter(mark.mark_key for mark in marks)
    answered = {one.due.key for one in sent if one.status == 303}
    faults += [f"{len(answered - keys.keys())} marks answered and not kept"] if answered - keys.keys() else []
    faults += [f"{key} kept {count} times" for key, count in keys.items() if count > 1]
    state = {row.id: state_of(row) for row in rows}
    wanted = {Mark.HELD: InterviewState.HELD, Mark.PERSON_ABSENT: InterviewState.NOT_HELD}
    wrong = [one for one in sent if one.status == 303 and state[one.due.interview_id] is not wanted[one.due.mark]]
    faults += [f"{len(wrong)} interviews are not what their mark says"] if wrong else []
    refused = [
        one for one in sent if one.status != 303 and state[one.due.interview_id] is not InterviewState.CALLED_OFF
    ]
    faults += [f"{len(refused)} marks refused of interviews that stand"] if refused else []
    return faults


def _overlaps(rows: Iterable[Interview], whose: str) -> list[str]:
    of_one: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        of_one[getattr(row, whose)].append((row.starts or 0, row.ends or 0))
    twice = 0
    for spans in of_one.values():
        spans.sort()
        twice += sum(later[0] < earlier[1] for earlier, later in pairwise(spans))
    return [f"{twice} overlaps by {whose}"] if twice else []


def _stand(db: Session, event_id: int, number: int) -> int:
    row = Exhibitor(
        event_id=event_id, name=f"Entreprise {number:03d}", state=ExhibitorState.ACCEPTED, reference=f"S{number:08d}"
    )
    db.add(row)
    db.flush()
    db.add(
        InterviewTable(
            event_id=event_id,
            exhibitor_id=row.id or 0,
            name="Table 1",
            opens=0,
            closes=SLOTS * LENGTH,
            minutes=LENGTH,
        )
    )
    return row.id or 0


def _signs_up(db: Session, event_id: int, number: int, now: datetime) -> int:
    name = f"nom{number:04d}"
    person = Candidate(
        family_name=name, given_name="Ida", search_name=name, created_at=now, updated_at=now, last_active_at=now
    )
    db.add(person)
    db.flush()
    row = Registration(
        reference=f"P{number:08d}",
        event_id=event_id,
        candidate_id=person.id or 0,
        state=RegistrationState.CONFIRMED,
        channel=Channel.SELF,
        created_at=now,
        changed_at=now,
    )
    db.add(row)
    db.flush()
    return row.id or 0


def _phones(database: Database, event_id: int, chance: random.Random) -> list[Phone]:
    with database.reading() as db:
        rows = db.exec(select(Interview).where(col(Interview.event_id) == event_id).order_by(col(Interview.id))).all()
        references = dict(db.exec(select(Exhibitor.id, Exhibitor.reference)).all())
    of_stand: dict[int, list[Due]] = defaultdict(list)
    for row in rows:
        said = Mark.HELD if chance.random() < 0.9 else Mark.PERSON_ABSENT
        key = str(UUID(int=chance.getrandbits(128), version=4))
        at = (row.ends or 0) + chance.uniform(-2, 4)
        times = 2 if chance.random() < 0.05 else 1
        of_stand[row.exhibitor_id].append(Due(max(1.0, at) * 60 / SPEED, row.id or 0, said, key, times))
    phones = []
    for number, (stand, marks) in enumerate(sorted(of_stand.items())):
        secret = signed(references[stand] or "", purpose=Purpose.STAND, key=SECRET)
        kept = _without_network(marks, chance) if chance.random() < 0.1 else marks
        network = f"2001:db8:{number:x}::1"
        phones.append(Phone(f"/stand/{secret}/interviews", network, tuple(sorted(kept, key=lambda one: one.at))))
    return phones


def _without_network(marks: Sequence[Due], chance: random.Random) -> list[Due]:
    """What would be sent within half an hour of the day is sent at its end."""
    first = chance.uniform(20, SLOTS * LENGTH - AWAY) * 60 / SPEED
    after = first + AWAY * 60 / SPEED
    return [replace(one, at=after) if first <= one.at < after else one for one in marks]


def _work(port: int, phones: Sequence[Phone], began: float) -> list[Sent]:
    """Some telephones, each mark at its time."""
    opened = {}
    for phone in phones:
        page = ask(port, phone.page, address=phone.network)
        token = _TOKEN.search(page.text)
        if page.status != 200 or token is None:
            raise RuntimeError(f"the list of a stand answers {page.status}")
        opened[phone.page] = (token[1], page.headers["set-cookie"].partition(";")[0])
    dues = sorted(((due, phone) for phone in phones for due in phone.marks), key=lambda pair: pair[0].at)
    sent = []
    for due, phone in dues:
        time.sleep(max(0.0, began + due.at - time.monotonic()))
        secret, cookie = opened[phone.page]
        form: dict[str, object] = {
            "csrf_token": secret,
            "interview_id": due.interview_id,
            "mark": due.mark.value,
            "mark_key": due.key,
        }
        for _ in range(due.times):
            at = time.monotonic()
            answer = ask(port, f"{phone.page}/mark", form=form, address=phone.network, cookie=cookie)
            sent.append(Sent(due, answer.status, time.monotonic() - at))
    return sent


def _change(
    database: Database, event_id: int, chance: random.Random, *, began: float
) -> tuple[list[float], set[tuple[int, int]]]:
    """People leave and tables close through the day; gives the seconds that each change took to propose and accept,
    and who lost an interview with whom.
    """
    seconds: list[float] = []
    lost: set[tuple[int, int]] = set()
    for number in range(CHANGES):
        minute = 10 + number * (SLOTS * LENGTH - 30) / CHANGES
        time.sleep(max(0.0, began + minute * 60 / SPEED - time.monotonic()))
        at = time.perf_counter()
        pairs = _arranged_again(database, event_id, int(minute), chance)
        if pairs is not None:
            seconds.append(time.perf_counter() - at)
            lost |= pairs
    return seconds, lost


def _arranged_again(
    database: Database, event_id: int, minute: int, chance: random.Random
) -> set[tuple[int, int]] | None:
    """One change of somebody who has interviews to come, and which pairs lost theirs; None when it was overtaken."""
    try:
        with database.writing() as db:
            event = the_event(db, event_id)
            now = moment(event, minute)
            later = select(Interview).where(
                col(Interview.event_id) == event_id,
                col(Interview.starts) > minute + LENGTH,
                col(Interview.held_at).is_(None),
                col(Interview.not_held_at).is_(None),
                col(Interview.called_off_at).is_(None),
            )
            row = chance.choice(db.exec(later).all())
            if chance.random() < 0.8:
                db.get_one(InterviewHours, row.registration_id).left_at = now
            else:
                db.get_one(InterviewTable, row.table_id).closed_from = minute
            db.commit()
        with database.reading() as db:
            proposal = propose(db, event_id, now=now, at=minute)
        with database.writing() as db:
            accept(db, event_id, proposal, now=now, account_id=None)
            db.commit()
    except Refusal:
        return None
    return {slot.pair for slot in proposal.lost}


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=1_559)
    parser.add_argument("--stands", type=int, default=171)
    parser.add_argument("--clients", type=int, default=8, help="processes that the telephones share (default: 8)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--quick", action="store_true", help="200 people and 20 stands, to see that it runs")
    parser.add_argument("--database", nargs="+", choices=ENGINES, default=ENGINES, help="default: both")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.people, chosen.stands = 200, 20
    return chosen


if __name__ == "__main__":
    sys.exit(main())
