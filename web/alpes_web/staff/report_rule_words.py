"""The rule of a figure in words: what is counted, under which conditions, or from which figures it is worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alpes_events.language.sentence import N_
from alpes_events.reporting.definition import MEMBER, Basis, Definition, Formula, Measure
from alpes_events.reporting.words import COLUMN_WORDS, MEASURE_WORDS, OP_WORDS, SOURCE_WORDS, word_said
from alpes_web.languages import language, translated


@dataclass(frozen=True)
class RuleLine:
    """One line of a rule: what it is about, and what it says."""

    about: str
    words: str


@dataclass(frozen=True)
class FormulaPart:
    """An operation in words, over figures by their ids and other operations."""

    words: str
    figures: Sequence[str]
    parts: Sequence["FormulaPart"]


def rule_lines(definition: Definition, member: str = "") -> list[RuleLine]:
    """What is counted, and of which part."""
    if definition.basis is Basis.DERIVED:
        return []
    lines = [RuleLine(translated(N_("Compté dans")), _source(definition))]
    if definition.basis is Basis.COUNTED:
        lines.append(RuleLine(translated(N_("Ce qui est compté")), translated(MEASURE_WORDS[definition.measure])))
    asked: Mapping[str, Sequence[str]] = definition.where
    if definition.each in COLUMN_WORDS and member:
        asked = {**definition.where, definition.each: (member,)}
    return lines + [
        RuleLine(translated(COLUMN_WORDS[name]), or_words(word_said(name, word, language()) for word in asked[name]))
        for name in COLUMN_WORDS
        if name in asked
    ]


def or_words(words: Iterable[str]) -> str:
    """« a, b ou c »."""
    said = list(words)
    if len(said) < 2:  # noqa: PLR2004
        return "".join(said)
    return translated(N_("%(first)s ou %(last)s")) % {"first": ", ".join(said[:-1]), "last": said[-1]}


def formula_part(formula: Formula, member: str) -> FormulaPart:
    """A formula in words, of the figures of one member."""
    return FormulaPart(
        translated(OP_WORDS[formula.op]),
        [one.replace(MEMBER, member) if member else one for one in formula.of if isinstance(one, str)],
        [formula_part(one, member) for one in formula.of if isinstance(one, Formula)],
    )


def _source(definition: Definition) -> str:
    if definition.measure is Measure.GIVEN:
        return translated(SOURCE_WORDS[definition.source])
    if definition.basis is Basis.ATTESTED:
        return translated(N_("un autre outil : le chiffre est attesté, avec sa source"))
    return translated(SOURCE_WORDS[definition.source])
