"""The most that two records could have for being one person, by columns of numbers: what need not be compared in full.

Never less than what the comparison gives, so nothing that it would propose is left out; equal columns, counts of signs
and digits bound what the edit distances could say.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alpes_matching.contacts import Closeness, email_form, telephone_form
from alpes_matching.names import Likeness
from alpes_matching.person import (
    EMAIL,
    FAMILY,
    GIVEN,
    NEAR_BIRTH,
    OTHER_BIRTH,
    OTHER_COMMUNE,
    SAME_BIRTH,
    SAME_COMMUNE,
    SWAPPED_BIRTH,
    TELEPHONE,
    Prepared,
)

Indices = npt.NDArray[np.int64]
_Codes = npt.NDArray[np.int64]
_Digits = npt.NDArray[np.int8]
_Bits = npt.NDArray[np.float64]
_UNKNOWN = -1
_SIGNS = 40
"""Signs of an address are counted in so many places; two signs in one place only make the bound wider."""
_ONE_EDIT = 2
"""One edit or swap changes the counts of signs, or the digits place by place, by two at most."""


@dataclass(frozen=True)
class Screen:
    """Each record's names, contacts, birth date and commune as numbers: equal numbers, equal forms; −1 unknown."""

    family: _Codes
    given: _Codes
    words: _Codes
    email: _Codes
    local: _Codes
    domain: _Codes
    signs: _Digits
    telephone: _Codes
    digits: _Digits
    birth: _Codes
    year: _Codes
    month_and_day: _Codes
    born: _Digits
    commune: _Codes

    @classmethod
    def of(cls, ready: Sequence[Prepared]) -> "Screen":
        """The columns of the records, in their order."""
        names = _coded([*(one.family.joined or None for one in ready), *(one.given.joined or None for one in ready)])
        people = [one.person for one in ready]
        forms = [email_form(person.email) if person.email else None for person in people]
        telephones = [telephone_form(person.telephone) if person.telephone else None for person in people]
        births = [person.birth_on for person in people]
        return cls(
            names[: len(ready)],
            names[len(ready) :],
            _coded(one.words or None for one in ready),
            _coded(person.email.strip().lower() or None for person in people),
            _coded(form and form[0] for form in forms),
            _coded(form and form[1] for form in forms),
            _counted([form[0] if form else "" for form in forms]),
            _coded(telephones),
            _placed(telephones, 9),
            _coded(births),
            np.array([_UNKNOWN if day is None else day.year for day in births], np.int64),
            _coded(None if day is None else tuple(sorted((day.day, day.month))) for day in births),
            _placed([None if day is None else day.isoformat() for day in births], 10),
            _coded(one.commune or None for one in ready),
        )

    def could_have(self, first: Indices, second: Indices, *, bits: float) -> npt.NDArray[np.bool_]:
        """For each pair of places, whether its criteria could add up to `bits`."""
        most = self._names(first, second) + self._communes(first, second)
        most += self._births(first, second)
        most += self._telephones(first, second)
        open_ = np.flatnonzero(most + EMAIL[Closeness.SAME][1] >= bits)
        could = np.zeros(len(first), np.bool_)
        could[open_] = most[open_] + self._emails(first[open_], second[open_]) >= bits
        return could

    def _names(self, first: Indices, second: Indices) -> _Bits:
        """The same, straight or crosswise, or in other words; else near. Not known says nothing."""
        same_family, same_given = self.family[first] == self.family[second], self.given[first] == self.given[second]
        crossed = (self.family[first] == self.given[second]) | (self.given[first] == self.family[second])
        family = np.where(same_family | crossed, FAMILY[Likeness.SAME][1], FAMILY[Likeness.NEAR][1])
        given = np.where(same_given, GIVEN[Likeness.SAME][1], GIVEN[Likeness.NEAR][1])
        all_same = (same_family & same_given) | (self.words[first] == self.words[second])
        most = np.where(all_same, FAMILY[Likeness.SAME][1] + GIVEN[Likeness.SAME][1], family + given)
        known = (self.family >= 0) & (self.given >= 0)
        return np.where(known[first] & known[second], most, 0.0)

    def _emails(self, first: Indices, second: Indices) -> _Bits:
        few = np.abs(self.signs[first] - self.signs[second]).sum(axis=1, dtype=np.int64) <= _ONE_EDIT
        near = (self.domain[first] == self.domain[second]) & few
        best = np.where(near, EMAIL[Closeness.NEAR][1], EMAIL[Closeness.OTHER][1])
        best = np.where(self.local[first] == self.local[second], EMAIL[Closeness.VARIANT][1], best)
        best = np.where(self.email[first] == self.email[second], EMAIL[Closeness.SAME][1], best)
        return _where_known(best, self.email, first, second)

    def _telephones(self, first: Indices, second: Indices) -> _Bits:
        near = (self.digits[first] != self.digits[second]).sum(axis=1) <= _ONE_EDIT
        best = np.where(near, TELEPHONE[Closeness.NEAR][1], TELEPHONE[Closeness.OTHER][1])
        best = np.where(self.telephone[first] == self.telephone[second], TELEPHONE[Closeness.SAME][1], best)
        return _where_known(best, self.telephone, first, second)

    def _births(self, first: Indices, second: Indices) -> _Bits:
        near = (self.born[first] != self.born[second]).sum(axis=1) == 1
        turned = (self.year[first] == self.year[second]) & (self.month_and_day[first] == self.month_and_day[second])
        best = np.where(near, NEAR_BIRTH[1], OTHER_BIRTH[1])
        best = np.where(turned, SWAPPED_BIRTH[1], best)
        best = np.where(self.birth[first] == self.birth[second], SAME_BIRTH[1], best)
        return _where_known(best, self.birth, first, second)

    def _communes(self, first: Indices, second: Indices) -> _Bits:
        best = np.where(self.commune[first] == self.commune[second], SAME_COMMUNE[1], OTHER_COMMUNE[1])
        return _where_known(best, self.commune, first, second)


def _where_known(bits: _Bits, codes: _Codes, first: Indices, second: Indices) -> _Bits:
    """What is not known of one of the two says nothing."""
    return np.where((codes[first] >= 0) & (codes[second] >= 0), bits, 0.0)


def _coded(values: Iterable[Hashable]) -> _Codes:
    """Equal values, equal numbers; None is −1."""
    numbers: dict[Hashable, int] = {None: _UNKNOWN}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _placed(texts: Sequence[str | None], width: int) -> _Digits:
    """The signs of each text, place by place, cut or filled to a width."""
    octets = "".join((text or "").encode("ascii", "replace").decode()[:width].ljust(width) for text in texts)
    return np.frombuffer(octets.encode("ascii"), np.int8).reshape(len(texts), width)


def _counted(texts: Sequence[str]) -> _Digits:
    """How often each sign stands in each text."""
    counts = np.zeros((len(texts), _SIGNS), np.int8)
    for place, text in enumerate(texts):
        for sign in text[:100]:
            counts[place, ord(sign) % _SIGNS] += 1
    return counts
