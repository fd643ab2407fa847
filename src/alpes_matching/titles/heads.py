"""The first word of a title says what somebody is: which first words go together, and which part they play."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import permutations
from math import log

from alpes_matching.titles.grams import Postings

ROLES: Mapping[str, tuple[str, ...]] = {
    "director": ("directeur", "chef", "dirigeant", "gerant", "president", "manager", "patron"),
    "supervisor": (
        "superviseur",
        "contremaitre",
        "responsable",
        "coordinateur",
        "coordonnateur",
        "encadrant",
        "maitrise",
    ),
    "engineer": ("ingenieur", "architecte", "chercheur", "scientifique"),
    "technician": ("technicien", "technologue"),
    "operator": ("operateur", "conducteur", "ouvrier", "machiniste", "agent", "manoeuvre"),
    "assistant": ("assistant", "aide", "adjoint", "auxiliaire", "secretaire"),
    "sales": ("vendeur", "commercial", "conseiller", "representant", "negociant", "marchand", "courtier", "acheteur"),
    "teaching": (
        "professeur",
        "enseignant",
        "formateur",
        "instituteur",
        "moniteur",
        "educateur",
        "maitre",
        "instructeur",
    ),
}
"""Parts people play, by the canonical words that say so."""

_PART = {word: name for name, found in ROLES.items() for word in found}
_SURE = 3
"""Groups in which two first words must stand together before their closeness counts in full."""


def role(head: str) -> str:
    """The part that a first word plays, or nothing."""
    return _PART.get(head, "")


def close_heads(groups: Sequence[tuple[object, int]], words: int) -> Postings:
    """How much more often than by chance two first words stand in one group: normalised pointwise mutual information in
    (0, 1], `(words, words)`; 1 on the diagonal. `groups` gives each group with one first word of it.
    """
    together: defaultdict[object, set[int]] = defaultdict(set)
    for group, head in groups:
        together[group].add(head)
    alone: Counter[int] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    for found in together.values():
        alone.update(found)
        pairs.update(permutations(sorted(found), 2))
    told = {(word, word): 1.0 for word in alone}
    whole = len(together)
    for (one, other), count in pairs.items() if whole > 1 else ():
        value = log(count * whole / (alone[one] * alone[other])) / log(whole) * min(1.0, count / _SURE)
        if value > 0:
            told[one, other] = value
    places = sorted(told)
    return Postings.of(
        [one for one, _ in places], [other for _, other in places], [told[at] for at in places], (words, words)
    )
