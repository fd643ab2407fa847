"""How much each feature counts. Learned once, as `make bench-titles ARGS=--learn` prints them, rounded: none is
negative, so that the contributions of a hit sum to its score and each says what it brought.

They were learned on vocabularies' own labels: one that is not the preferred one of its key is hidden, looked for, and
the key it belongs to must win (softmax over the candidates, L-BFGS-B with bounds). The last two never occur there, as
what is hidden is not indexed: they are set by hand, large, so that the very same words win.
"""

WEIGHTS = {
    "signs": 2.0,
    "occupations": 0.6,
    "preferred": 1.4,
    "part": 0.7,
    "complement": 0.3,
    "all_words": 0.2,
    "translation": 4.6,
    "translation_back": 2.6,
    "number": 4.1,
    "same": 10.0,
    "same_preferred": 5.0,
}
"""By the name of the feature."""
