"""What the ranking refuses: each a `ValueError` with a sentence that says what to give instead."""


class RankingError(ValueError):
    """What was given cannot be ranked. Travels between processes with its facts."""

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[RankingError], told: tuple[object, ...], facts: dict[str, object]) -> RankingError:
    error = kind.__new__(kind, *told)
    error.__dict__.update(facts)
    return error


class NotATokenError(RankingError):
    """A key or code has other signs than letters, digits and `. _ : -`, or is too long."""

    def __init__(self, field: str, given: object) -> None:
        super().__init__(f"{field}: 1 to 64 ASCII letters, digits, '.', '_', ':' or '-', not {given!r:.80}")
        self.field, self.given = field, given


class OutOfRangeError(RankingError):
    """A number, or how many of something there are, lies outside what can be meant."""

    def __init__(self, field: str, given: object, least: int, most: int) -> None:
        super().__init__(f"{field}: a whole number from {least} to {most}, not {given!r:.80}")
        self.field, self.given, self.least, self.most = field, given, least, most


class WrongKindError(RankingError):
    """A value of another kind than its field holds (a plain text among licences, a list of skills)."""

    def __init__(self, field: str, given: object, wanted: str) -> None:
        super().__init__(f"{field}: {wanted}, not {given!r:.80}")
        self.field, self.given, self.wanted = field, given, wanted


class DistanceError(RankingError):
    """A distance that is not a finite number from 0 to 100,000 (minutes or kilometres)."""

    def __init__(self, given: object) -> None:
        super().__init__(f"a distance is a number from 0 to 100000, or None when it is not known, not {given!r:.80}")
        self.given = given


class DuplicateKeyError(RankingError):
    """Two profiles of one pool have the same key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"each profile of a pool has a key of its own: {key!r} comes twice")
        self.key = key


class LimitError(RankingError):
    """How many are wanted is neither None nor 1 or more."""

    def __init__(self, given: object) -> None:
        super().__init__(f"a limit is 1 or more, or None for everybody, not {given!r:.80}")
        self.given = given
