"""Wordings that the law forbids in an offer, found with their place, the reason and what to write instead.

It points out and decides nothing: the coordinator reads, corrects, or publishes as it stands.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.title_pairs import BOTH_ENDINGS, FOR_BOTH, OTHER_FORM
from alpes_events.hiring.wording_rules import REASONS, RULES, Ground, Rule
from alpes_events.language.sentence import N_, Sentence, say

BOUND_TO_AN_AGE = frozenset({ContractKind.APPRENTICESHIP, ContractKind.CIVIC_SERVICE})
"""The law itself sets an age for these (L.6222-1; code du service national, L.120-1)."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NEAR = 40
"""Signs within which the other form of a trade's name is looked for."""


@dataclass(frozen=True)
class Finding:
    """A wording in `field`, from sign `start` to `end` (excluded)."""

    field: str
    start: int
    end: int
    words: str
    ground: Ground
    proposal: Sentence

    @property
    def reason(self) -> Sentence:
        """Why the law forbids it."""
        return say(REASONS[self.ground])


def findings_of(texts: Mapping[str, str], *, contract: ContractKind) -> list[Finding]:
    """What is found in the texts of an offer by the name of each field (`title` among them), in reading order.

    An offer whose title says « (H/F) » is for both, whatever form its other texts use.
    """
    title = _plain(texts.get("title", ""))
    found: list[Finding] = []
    for field, text in texts.items():
        plain = _plain(text)
        found += [one for rule in _rules(contract) for one in _by_rule(rule, field, text, plain)]
        if not FOR_BOTH.search(title) and not FOR_BOTH.search(plain):
            found += _one_form_only(field, text, plain)
    return _apart(found, list(texts))


def _rules(contract: ContractKind) -> Iterator[Rule]:
    return (rule for rule in RULES if rule.ground is not Ground.AGE or contract not in BOUND_TO_AN_AGE)


def _by_rule(rule: Rule, field: str, text: str, plain: str) -> Iterator[Finding]:
    harmless = [hit.span() for hit in rule.but.finditer(plain)] if rule.but else []
    for hit in rule.pattern.finditer(plain):
        start, end = hit.span()
        if any(begin < end and start < stop for begin, stop in harmless):
            continue
        yield Finding(field, start, end, text[start:end], rule.ground, say(rule.proposal))


def _one_form_only(field: str, text: str, plain: str) -> Iterator[Finding]:
    """Names of trades in one form without the other: everywhere the feminine one, in the title the masculine too."""
    for hit in _WORD.finditer(plain):
        word = hit[0]
        single = word if word in OTHER_FORM else word.removesuffix("s")
        other = OTHER_FORM.get(single)
        if other is None or not (field == "title" or _is_feminine(single)):
            continue
        near = plain[max(0, hit.start() - _NEAR) : hit.end() + _NEAR]
        if re.search(rf"\b{re.escape(other)}s?\b", near) or BOTH_ENDINGS.match(plain[hit.end() :]):
            continue
        words = text[hit.start() : hit.end()]
        proposal = say(N_("Ajoutez « (H/F) », ou l’autre forme : « %(words)s (H/F) »."), words=words)
        yield Finding(field, hit.start(), hit.end(), words, Ground.SEX, proposal)


def _is_feminine(word: str) -> bool:
    return word.endswith("e") and word not in {"employe", "charge", "hote"}


def _apart(found: list[Finding], fields: list[str]) -> list[Finding]:
    """In reading order, the longest where several cover the same words."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (fields.index(one.field), one.start, -one.end)):
        last = kept[-1] if kept else None
        if last is None or last.field != one.field or one.start >= last.end:
            kept.append(one)
    return kept


def _plain(text: str) -> str:
    """The text without accents nor capitals, sign for sign."""
    return "".join(_bare(sign) for sign in text)


def _bare(sign: str) -> str:
    if sign.isspace():
        return " "
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign
