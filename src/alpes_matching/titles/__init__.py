"""Job titles as French people write them, found by what they mean, with the reasons of each answer."""

from alpes_matching.titles.index import Hit, TitleIndex
from alpes_matching.titles.store import NotAnIndexError

__all__ = ["Hit", "NotAnIndexError", "TitleIndex"]
