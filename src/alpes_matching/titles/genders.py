"""One form for a word and its feminine, its masculine and its plural, learned from titles that write both."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from alpes_matching.titles.words import LEFT_OUT, TWINS, pair_of, words

_ENDINGS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("eresse", "eur"),
    ("iere", "ier"),
    ("ienne", "ien"),
    ("onne", "on"),
    ("elle", "el"),
    ("ere", "er"),
    ("ette", "et"),
    ("esse", "e"),
    ("ive", "if"),
    ("ffe", "f"),
    ("ee", "e"),
    ("te", "t"),
    ("ne", "n"),
    ("le", "l"),
    ("a", "o"),
    ("e", ""),
)
"""Feminine and masculine ends, the longest first, for words that no title pairs; used when the result is known."""
_SURE_ENDINGS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("iere", "ier"),
    ("ienne", "ien"),
    ("onne", "on"),
    ("elle", "el"),
    ("eure", "eur"),
    ("woman", "man"),
    ("ante", "ant"),
    ("ente", "ent"),
    ("inte", "int"),
    ("ere", "er"),
    ("ee", "e"),
)
"""Those that make a pair of two words that were both met, though no title pairs them."""
_SHORTEST_SURE = 6
_UNMET_ENDINGS = (*_SURE_ENDINGS, ("ate", "at"), ("ive", "if"), ("ale", "al"), ("ise", "i"), ("ffe", "f"))
"""For words that were never met, in neither form: where nothing else is known of a word, both are led to one."""
_SHORTEST = 4


class Genders:
    """The form under which each word is compared: `canonical` of a title is the same for a woman and a man.

    `forms` leads from a word to its form; `known` are all words met while learning. Values only: two of the same
    content answer the same.
    """

    def __init__(self, forms: Mapping[str, str], known: Iterable[str]) -> None:
        self.forms = dict(forms)
        self.known = frozenset(known)
        self._met: dict[str, str] = {}

    @classmethod
    def learned(cls, labels: Iterable[str]) -> "Genders":
        """From labels that write two forms in one, as « Vendeur / Vendeuse », and from all words of the others."""
        met: Counter[str] = Counter()
        twins: defaultdict[str, set[str]] = defaultdict(set)
        for label in labels:
            pair = pair_of(label)
            met.update(words(label) if pair is None else (*pair.first, *pair.second))
            for one, other in () if pair is None else pair.forms:
                twins[one].add(other)
                twins[other].add(one)
                met[one] += 1  # the first form is the one that is mostly written: it becomes the name of both
        for word in [word for word in met if word not in twins and len(word) >= _SHORTEST_SURE]:
            for other in [other for other in _without(word, _SURE_ENDINGS) if other in met][:1]:
                twins[word].add(other)
                twins[other].add(word)
        return cls(_named(twins, met), met)

    def canonical(self, text: str) -> tuple[str, ...]:
        """The words of a title that tell something, each in its one form, in their order; a word that follows itself is
        one (« vendeur ou vendeuse »).
        """
        pair = pair_of(text)
        found = words(text) if pair is None else pair.first
        told = [word for word in found if word not in LEFT_OUT]
        return tuple(word for word, _same in groupby(map(self.form, told or found)))

    def names_many(self, text: str) -> bool:
        """Whether the first word of a title is a plural: « Éboueurs », not « Commis », which has a feminine."""
        first = next(iter(words(text)), "")
        single = _singular(first)
        alone = first in self.known and first not in self.forms
        return single != first and (alone or self.form(single) in self.known)

    def form(self, word: str) -> str:
        """The one form of a folded word."""
        found = self._met.get(word)
        if found is None:
            found = self._found(word)
            if len(self._met) < len(self.known) * 2 + 1000:
                self._met[word] = found
        return found

    def _found(self, word: str) -> str:
        for one in (word, _singular(word)):
            if one in self.forms:
                return self.forms[one]
        single = _singular(word)
        others = list(_without(single, _ENDINGS))
        if single in TWINS:
            return self.form(next((other for other in others if other in self.known), TWINS[single]))
        paired = next((self.forms[other] for other in others if other in self.forms), None)
        if paired is not None:
            return paired
        met = (*(one for one in (single, word) if one in self.known), *(one for one in others if one in self.known))
        return met[0] if met else _masculine(single)


def _masculine(word: str) -> str:
    """What a word nobody has met may be without its feminine ends: « massonne », « masson »."""
    while shorter := next(_without(word, _UNMET_ENDINGS), None):
        word = shorter
    return word


def _without(word: str, endings: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The word in the masculine, by each feminine end that it has."""
    for feminine, masculine in endings:
        if word.endswith(feminine) and len(word) > max(len(feminine) + 1, _SHORTEST - 1):
            yield word[: len(word) - len(feminine)] + masculine


def _singular(word: str) -> str:
    if len(word) < _SHORTEST or word[-1] not in "sx" or word.endswith("ss"):
        return word
    return word[:-1]


def _named(twins: Mapping[str, set[str]], met: Mapping[str, int]) -> dict[str, str]:
    """For each word that has another form, the form that was met most in its group."""
    named: dict[str, str] = {}
    for start in twins:
        if start in named:
            continue
        group, waiting = {start}, [start]
        while waiting:
            new = twins[waiting.pop()] - group
            group |= new
            waiting += sorted(new)
        name = min(group, key=lambda word: (-met[word], word))
        named |= dict.fromkeys(group, name)
    return named
