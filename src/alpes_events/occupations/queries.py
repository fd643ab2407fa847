"""Which occupations a title may be: by the imported ROME, or by our own small list where there is none."""

from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock

from sqlmodel import Session, col, select

from alpes_events.occupations.models import Occupation, TrainedOccupations
from alpes_matching.occupations import Classification, Classifier, NotAClassifierError, Occupations, classified

MOST_PROPOSED = 3


@dataclass
class _Read:
    """The classifier that this process read last, with the names of its codes."""

    sha256: str
    classifier: Classifier
    labels: dict[str, str]


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
    if not title.strip():
        return Classification((), ask=True)
    sha256 = db.exec(select(TrainedOccupations.sha256)).one_or_none()
    if sha256 is None:
        return _small(title)
    try:
        read = _KEPT.of(db, sha256)
    except NotAClassifierError:  # kept by another version of alpes: the file is to be imported again
        return _small(title)
    return classified(read.classifier, read.labels, title, MOST_PROPOSED)


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
