"""The attested figures of a year: what each says, and those that nobody attested yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from alpes_events.attested.models import AttestedCount
from alpes_events.attested.queries import counts_of_year
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say
from alpes_events.reporting.attested_values import value_of, values_of
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import MEMBER, BadDefinition, Basis, Definition, named
from alpes_events.reporting.naming import CHAPTERS, any_member, chapter_of, whole_labels, with_member
from alpes_events.reporting.targets import attested_under, is_target


@dataclass(frozen=True)
class AttestedLine:
    """An attested figure of a year: `count` None where it is still to be attested, `missing` the months (`01`) that it
    lacks where others are. A figure that has no definition (any more) has no `definition`.
    """

    name: str
    label: str
    period: str
    definition: Definition | None
    count: AttestedCount | None
    missing: Sequence[str] = ()

    @property
    def value(self) -> Decimal | None:
        """The value, as it was written."""
        return None if self.count is None else value_of(self.count)


@dataclass(frozen=True)
class AttestedChapter:
    """The attested figures of a chapter."""

    code: str
    words: str
    lines: Sequence[AttestedLine]


def attested_definitions() -> Mapping[str, Definition]:
    """The definitions whose figures somebody attests, by id."""
    return {one.id: one for one in catalogue().values() if one.basis is Basis.ATTESTED}


def attested_lines(db: Session, year: int, *, language: str) -> list[AttestedChapter]:
    """The attested figures and the targets of a year, and what is still to be attested, chapter by chapter."""
    counts, rules = counts_of_year(db, year), catalogue_of(db)
    lines = [*count_lines(counts, rules, language=language), *_still_to_attest(counts, year, language=language)]
    order = {name: place for place, name in enumerate(rules)}
    found: dict[str, list[AttestedLine]] = {code: [] for code in CHAPTERS}
    last = len(order)
    for one in sorted(lines, key=lambda one: order.get(one.definition.id, last) if one.definition else last):
        found.setdefault(chapter_of(one.name), []).append(one)
    return [AttestedChapter(code, CHAPTERS.get(code, code), lines) for code, lines in found.items() if lines]


def count_lines(
    counts: Iterable[AttestedCount], rules: Mapping[str, Definition], *, language: str
) -> list[AttestedLine]:
    """Counts with what they are called by the definitions that stand."""
    labels = whole_labels(rules, language)
    return [
        AttestedLine(one.indicator, _called(one.indicator, rules, labels, language), one.period, _rule(rules, one), one)
        for one in counts
    ]


def target_called(rules: Mapping[str, Definition], name: str, *, language: str) -> str | None:
    """What the target of this name is called; None where there is no such figure."""
    if not is_target(name) or attested_under(rules, name) is None:
        return None
    return _called(name, rules, whole_labels(rules, language), language)


def _rule(rules: Mapping[str, Definition], count: AttestedCount) -> Definition | None:
    meant = attested_under(rules, count.indicator)
    return None if meant is None else meant[0]


def _called(name: str, rules: Mapping[str, Definition], labels: Mapping[str, str], language: str) -> str:
    """What an attested figure or a target is called; its name, where nothing defines it."""
    meant = attested_under(rules, name)
    if meant is None:
        return name
    label = with_member(labels[meant[0].id], meant[1], language)
    return say(N_("Objectif : %(label)s"), label=label).in_language(language) if is_target(name) else label


def _still_to_attest(counts: Sequence[AttestedCount], year: int, *, language: str) -> Iterator[AttestedLine]:
    """The figures of a year that are not known; of a list, those members of which something was attested."""
    known, values, labels = attested_definitions(), values_of(counts, year), whole_labels(catalogue(), language)
    wanted = (name for name, one in known.items() if not one.has_members)
    for name in dict.fromkeys((*wanted, *(one for one in values if not is_target(one)))):
        meant, value = named(known, name), values.get(name)
        if meant is not None and (value is None or value.told(meant[0])[0] is None):
            missing = () if value is None else value.lacking(meant[0])
            yield AttestedLine(name, _called(name, known, labels, language), f"{year:04d}", meant[0], None, missing)


def attestable(language: str) -> dict[str, str]:
    """The figures that somebody can attest by their names, each with its label; a list by its pattern."""
    labels = whole_labels(catalogue(), language)
    return {name: any_member(labels[name]) for name in attested_definitions()}


def named_by(words: str, rules: Mapping[str, Definition], *, language: str) -> str:
    """The name of the attested figure that somebody means, by its name or its label; of a target, by the name that the
    definitions that stand give it.

    Raises `BadDefinition`.
    """
    known = attested_definitions()
    if is_target(words.strip()) and attested_under(rules, words.strip()) is not None:
        return words.strip()
    meant = named(known, words.strip())
    if meant is not None and meant[1] != MEMBER:
        return meant[0].named(meant[1])
    same = [name for name, label in attestable(language).items() if fold(label) == fold(words) and MEMBER not in name]
    if len(same) == 1:
        return same[0]
    if MEMBER in words or any(fold(label) == fold(words) for label in attestable(language).values()):
        raise BadDefinition(
            N_(
                "« %(name)s » peut se dire de plusieurs chiffres : écrivez le nom technique de celui que vous attestez."
            ),
            field="indicator",
            name=words[:80],
        )
    refuse_counted(words, rules, language=language)
    raise BadDefinition(
        N_("Aucun chiffre à attester ne s’appelle « %(name)s » : choisissez-le dans la liste des chiffres."),
        field="indicator",
        name=words[:80],
    )


def refuse_counted(words: str, rules: Mapping[str, Definition], *, language: str) -> None:
    """Raises `BadDefinition` when words name a figure, by its name or its label, that is counted or worked out here."""
    meant = named(rules, words.strip())
    labels = whole_labels(rules, language).items()
    found = [meant[0]] if meant else [rules[name] for name, label in labels if fold(label) == fold(words)]
    if found and all(one.basis is not Basis.ATTESTED for one in found):
        raise BadDefinition(
            N_("« %(name)s » se compte ou se calcule ici : personne ne l’atteste."), field="indicator", name=words[:80]
        )
