"""Which occupations a title may be: by the imported ROME, or by our own small list where there is none."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from threading import Lock

from sqlmodel import Session, col, select

from alpes_events.occupations.models import Occupation, TrainedOccupations
from alpes_matching.occupations import Classification, Classifier, NotAClassifierError, Occupations, classified

MOST_PROPOSED = 3
_REMEMBERED = 5_000


@dataclass
class _Read:
    """The classifier that this process read last, with the names of its codes."""

    sha256: str
    classifier: Classifier
    labels: dict[str, str]
    told: dict[str, Classification] = field(default_factory=dict)


class _Kept:
    """One for a process: half a second to read is too long for each page."""

    def __init__(self) -> None:
        self._read: _Read | None = None
        self._lock = Lock()

    def of(self, db: Session, sha256: str) -> _Read:
        """What the database holds, read anew when it is another."""
        with self._lock:
            if self._read is None or self._read.sha256 != sha256:
                content = db.exec(select(TrainedOccupations.content)).one()
                labels = dict(db.exec(select(Occupation.code, Occupation.label)).all())
                self._read = _Read(sha256, Classifier.from_bytes(content), labels)
            return self._read


_KEPT = _Kept()


def proposals(db: Session, title: str) -> Classification:
    """At most three codes for a title, the likeliest first; nothing for a title without words."""
    return _classifier(db)(title) if title.strip() else Classification((), ask=True)


def sure_codes(db: Session, titles: Iterable[str]) -> dict[str, str]:
    """The code of each title that leaves no doubt; the others are left out. Each distinct title is looked at once."""
    distinct = [title for title in dict.fromkeys(titles) if title.strip()]
    if not distinct:
        return {}
    told = zip(distinct, map(_classifier(db), distinct), strict=True)
    return {title: one.proposals[0].code for title, one in told if one.proposals and not one.ask}


def version_of(db: Session, code: str) -> str:
    """The version of the ROME that was imported with this code; nothing when that is not known."""
    return db.exec(select(Occupation.version).where(Occupation.code == code)).first() or ""


def labels_of(db: Session, codes: Collection[str]) -> dict[str, str]:
    """What occupations are called, by the imported ROME or our own small list; without codes of neither."""
    own = _own_list().by_code
    found = {code: own[code].label for code in codes if code in own}
    asked = select(Occupation.code, Occupation.label).where(col(Occupation.code).in_(codes))
    return found | dict(db.exec(asked).all())


def named_codes(db: Session, codes: Iterable[str]) -> dict[str, str]:
    """Each code with what it means: « F1703 Maçonnerie », or the code alone."""
    listed = list(codes)
    labels = labels_of(db, listed) if listed else {}
    return {code: f"{code} {labels.get(code, '')}".strip() for code in listed}


def _classifier(db: Session) -> Callable[[str], Classification]:
    sha256 = db.exec(select(TrainedOccupations.sha256)).one_or_none()
    if sha256 is None:
        return _small
    try:
        return partial(_by_import, _KEPT.of(db, sha256))
    except NotAClassifierError:  # kept by another version of alpes: the file is to be imported again
        return _small


def _by_import(read: _Read, title: str) -> Classification:
    """What the import says of a title, remembered: the same titles are asked for each ranking."""
    known = read.told.get(title)
    if known is None:
        if len(read.told) >= _REMEMBERED:
            read.told.clear()
        known = read.told[title] = classified(read.classifier, read.labels, title, MOST_PROPOSED)
    return known


@cache
def _own_list() -> Occupations:
    return Occupations.small()


@lru_cache(maxsize=1_000)
def _small(title: str) -> Classification:
    return _own_list().classify(title, MOST_PROPOSED)


def parents_of(db: Session, codes: set[str]) -> dict[str, str]:
    """The parent of each code that is known and refines another."""
    rows = db.exec(select(Occupation.code, Occupation.parent_code).where(col(Occupation.code).in_(codes)))
    return {code: parent for code, parent in rows if code != parent}
