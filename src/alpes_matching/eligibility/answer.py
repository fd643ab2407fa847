"""Yes, no, or not known (the strong logic of Kleene): what is not known never becomes a no."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """An answer in three values."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __invert__(self) -> "Answer":
        """The other of yes and no; not known stays not known."""
        return _OTHER[self]


_OTHER = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}


def at_least(count: int, answers: Iterable[Answer]) -> Answer:
    """Whether `count` of them are yes; not known when those that are not known could still decide."""
    given = list(answers)
    sure, open_ = given.count(Answer.YES), given.count(Answer.UNKNOWN)
    if sure >= count:
        return Answer.YES
    return Answer.UNKNOWN if sure + open_ >= count else Answer.NO


def one_of(answers: Iterable[Answer]) -> Answer:
    """Whether one at least is yes. None at all: no."""
    return at_least(1, answers)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Whether every one is yes. None at all: yes."""
    return ~one_of(~answer for answer in answers)
