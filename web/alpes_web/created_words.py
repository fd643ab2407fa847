"""Words for what a file of hours creates, at the terminal and on the page."""

from collections.abc import Mapping

from alpes_events.language.sentence import NN_, counted

CREATED_WORDS: Mapping[str, tuple[str, str]] = {
    "contracts": NN_("%(num)s marché", "%(num)s marchés"),
    "lots": NN_("%(num)s lot", "%(num)s lots"),
    "companies": NN_("%(num)s entreprise", "%(num)s entreprises"),
    "people": NN_("%(num)s personne", "%(num)s personnes"),
    "employments": NN_("%(num)s contrat de travail", "%(num)s contrats de travail"),
}
AND_OTHERS = NN_("et %(num)s autre.", "et %(num)s autres.")


def created_in(kind: str, count: int, language: str) -> str:
    """« 3 entreprises »."""
    return counted(CREATED_WORDS[kind], count, language) % {"num": count}
