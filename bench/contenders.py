"""People who race for places over HTTP: processes that send the sign-up form of one event at the same moment."""

import multiprocessing
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from bench.served import Answer, ask
from tests.support.forms import form_of
from tests.support.stories import somebody

_CONTEXT = multiprocessing.get_context("fork")
_LONGEST = 600.0
_POSITION = re.compile(r"Vous avez la position\s(\d+)")
_NEXT = "Vous êtes la prochaine personne"
_PLACED = "on vous attend"


@dataclass(frozen=True)
class Contender:
    """Somebody who wants a place: the event's address, who they are, and the key of a form opened before."""

    slug: str
    person: int
    form_key: str


@dataclass(frozen=True)
class Said:
    """What one contender was answered, in which time, and what the page after says: a place, or a position."""

    contender: Contender
    status: int
    began_at: float
    ended_at: float
    location: str = ""
    placed: bool | None = None
    position: int | None = None

    @property
    def form_key(self) -> str:
        """The key of the form that was sent, which stands in the address of its ticket."""
        return self.location.rpartition("/")[2]


@dataclass(frozen=True)
class _Browser:
    """The form as it stood on the page, and the cookie that its token belongs to."""

    fields: dict[str, object]
    cookie: str


class Contenders:
    """So many client processes, waiting for trials."""

    def __init__(self, count: int, *, port: int, slug: str) -> None:
        self.count = count
        barrier = _CONTEXT.Barrier(count, timeout=_LONGEST)
        self._lines: list[Connection] = []
        self._processes = []
        for _ in range(count):
            ours, theirs = _CONTEXT.Pipe()
            process = _CONTEXT.Process(target=_work, args=(theirs, barrier, port, slug), daemon=True)
            process.start()
            self._lines.append(ours)
            self._processes.append(process)

    def run(self, trials: Sequence[Sequence[Contender]], *, whole: bool = False) -> list[list[Said]]:
        """Run trials one after the other; in each, all processes begin together. `whole`: open the form's page before
        and read the page after within the time; else both stand outside it, and the page after is read at the end.
        """
        for number, line in enumerate(self._lines):
            line.send(([list(trial[number :: self.count]) for trial in trials], whole))
        answers: list[list[list[Said]]] = []
        for line in self._lines:
            if not line.poll(_LONGEST):
                raise TimeoutError("a contender does not answer")
            answers.append(line.recv())
        return [[said for share in shares for said in share] for shares in zip(*answers, strict=True)]

    def stop(self) -> None:
        """End the processes."""
        for line in self._lines:
            line.send(None)
        for process in self._processes:
            process.join(timeout=10)


def _work(line: Connection, barrier: Barrier, port: int, slug: str) -> None:
    browser = _open(port, slug, person=0)
    while (order := line.recv()) is not None:
        shares, whole = order
        told: list[list[Said]] = []
        for share in shares:
            barrier.wait()
            told.append([(_visit if whole else _send)(port, one, browser) for one in share])
        line.send(told if whole else [[_read(port, said, browser) for said in share] for share in told])


def _send(port: int, one: Contender, browser: _Browser) -> Said:
    """Send the form, until the site says where the answer is: the sign-up is committed by then."""
    form = {**browser.fields, **_typed(one), "form_key": one.form_key}
    began_at = time.monotonic()
    answer = _post(port, one, form, browser.cookie)
    return Said(one, answer.status, began_at, time.monotonic(), answer.headers.get("location", ""))


def _visit(port: int, one: Contender, _browser: _Browser) -> Said:
    """The whole visit: open the form, send it, read the page that follows."""
    began_at = time.monotonic()
    browser = _open(port, one.slug, person=one.person)
    answer = _post(port, one, {**browser.fields, **_typed(one)}, browser.cookie)
    said = Said(one, answer.status, began_at, time.monotonic(), answer.headers.get("location", ""))
    said = _read(port, said, browser)
    return Said(one, said.status, began_at, time.monotonic(), said.location, said.placed, said.position)


def _read(port: int, said: Said, browser: _Browser) -> Said:
    """What the page after says. One that cannot be told is left open, and counts as lost."""
    if said.status != 303:
        return said
    page = ask(port, said.location, address=_address(said.contender.person), cookie=browser.cookie)
    found = _POSITION.search(page.text)
    position = int(found[1]) if found else 1 if _NEXT in page.text else None
    placed = True if position is None and _PLACED in page.text else False if position else None
    return Said(said.contender, said.status, said.began_at, said.ended_at, said.location, placed, position)


def _open(port: int, slug: str, *, person: int) -> _Browser:
    page = ask(port, f"/events/{slug}/sign-up", address=_address(person))
    if page.status != 200:
        raise RuntimeError(f"the form of {slug} answers {page.status}")
    return _Browser(form_of(page.text, holding="form_key"), page.headers["set-cookie"].partition(";")[0])


def _post(port: int, one: Contender, form: dict[str, object], cookie: str) -> Answer:
    return ask(port, f"/events/{one.slug}/sign-up", form=form, address=_address(one.person), cookie=cookie)


def _typed(one: Contender) -> dict[str, object]:
    person = somebody(one.person)
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "commune_name": "Lambersart",
    }


def _address(person: int) -> str:
    """Each person asks from a network of their own, as providers hand them out."""
    return f"2001:db8:{person // 65536:x}:{person % 65536:x}::1"
