"""What people are told of each use of their data, in plain words: the record of processing as a notice."""

from collections.abc import Iterable
from dataclasses import dataclass

from alpes_events.language.sentence import Sentence, say
from alpes_events.privacy.plain_words import in_words
from alpes_events.privacy.processing import BASES, CONCERNED, SEERS, Activity, Terms


@dataclass(frozen=True)
class Use:
    """One use of data: why, whose, which in plain words, what allows it, for how long, and who reads them."""

    purpose: Sentence
    concerned: Sentence
    data: tuple[Sentence, ...]
    basis: Sentence
    kept: Sentence
    seen_by: Sentence
    columns: tuple[str, ...]


def uses_of(activities: Iterable[Activity], *, terms: Terms) -> list[Use]:
    """Each activity in words, under the organisation's terms."""
    return [
        Use(
            purpose=say(activity.purpose),
            concerned=say(CONCERNED[activity.about]),
            data=tuple(say(words) for words in in_words(activity.columns)),
            basis=say(BASES[activity.basis]),
            kept=activity.kept(terms),
            seen_by=say(SEERS[activity.seen_by]),
            columns=activity.columns,
        )
        for activity in activities
    ]
