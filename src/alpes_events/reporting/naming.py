"""What figures are called away from their neighbours, and in which chapter they stand. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, say
from alpes_events.pathways.words import reason_words
from alpes_events.reporting.definition import EARLIER, TARGET, Definition
from alpes_events.reporting.evaluating import ReportFigure

CHAPTERS: Mapping[str, str] = {
    "territory": N_("Le territoire"),
    "mde": N_("Maison de l’Emploi"),
    "plie": N_("PLIE"),
    "ml": N_("Mission Locale"),
    "communication": N_("Communication"),
    "own": N_("Chiffres définis par l’équipe"),
}
"""The chapters of figures by the beginning of their ids, in order."""
_AFTER = "… "
_MEMBER_IN_LABEL = "%(member)s"


def whole_labels(catalogue: Mapping[str, Definition], language: str) -> dict[str, str]:
    """The label of each definition; of « … femmes », with what it is a part of before it."""
    found, parent = {}, ""
    for one in catalogue.values():
        words = one.label if language == SOURCE_LANGUAGE else one.label_en
        if words.startswith(_AFTER) and parent:
            words = f"{parent}, {words.removeprefix(_AFTER)}"
        else:
            parent = words
        found[one.id] = words
    return found


def called(figure: ReportFigure, labels: Mapping[str, str], language: str) -> str:
    """What one figure is called, its member with it."""
    member = member_said(figure, language) if figure.member else ""
    return with_member(labels.get(figure.definition.id, figure.id), member, language)


def with_member(label: str, member: str, language: str) -> str:
    """A label with the member of its list: where the label has a place for it, else after it."""
    words = label.replace(_MEMBER_IN_LABEL, member)
    if member and words == label:
        words = f"{label} : {member}" if language == SOURCE_LANGUAGE else f"{label}: {member}"
    return words[:1].upper() + words[1:]


def member_said(figure: ReportFigure, language: str) -> str:
    """What the member of a list is called: a reason of exit by its words, most by their own name."""
    definition, member = figure.definition, figure.member
    if definition.each == "reason":
        return reason_words(definition.where["scheme"][0], member, language)
    if definition.each == "network":
        return say(N_("Réseau %(number)s"), number=int(member) + 1).in_language(language)
    return member


def list_called(label: str) -> str:
    """What the figures of a list are called, without the member."""
    words = label.replace(_MEMBER_IN_LABEL, "").strip("\u00a0 :…,")
    return words[:1].upper() + words[1:]


def any_member(label: str) -> str:
    """A label of a list that stands for every member: « … » in its place."""
    return label.replace(_MEMBER_IN_LABEL, "…")


def chapter_of(name: str) -> str:
    """The beginning of an id that says its chapter."""
    return name.partition(".")[0]


def bare(name: str) -> str:
    """The id of the figure that a name is about: `id@-1` is its year before, `id@target` what it is to reach."""
    return name.removesuffix(EARLIER).removesuffix(TARGET)


def searched(names: Iterable[tuple[str, str]], words: str) -> Sequence[str]:
    """Of ids with their labels, those that hold every word."""
    wanted = fold(words).split()
    return [name for name, label in names if all(word in fold(f"{label} {name}") for word in wanted)]
