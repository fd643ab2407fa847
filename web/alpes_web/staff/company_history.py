"""What happened to a company, as a sentence with an icon."""

from collections.abc import Mapping

from alpes_events.companies.history import CompanyEvent
from alpes_events.companies.models import SpeakerState
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_web.languages import translated

_FIELDS: Mapping[str, str] = {
    "name": N_("nom"),
    "naf": N_("code NAF"),
    "size": N_("taille"),
    "siae_kind": N_("structure d’insertion"),
    "website": N_("site"),
    "activity": N_("activité"),
    "logo_id": N_("logo"),
    "domain": N_("domaine des adresses e-mail"),
}
_SPEAKERS: Mapping[str, tuple[str, str]] = {
    SpeakerState.ASKED: (N_("%(person)s demande à représenter l’entreprise"), "hour"),
    SpeakerState.APPROVED: (N_("%(person)s représente l’entreprise"), "ok"),
    SpeakerState.REFUSED: (N_("La demande de %(person)s est refusée"), "x"),
    SpeakerState.ENDED: (N_("%(person)s ne représente plus l’entreprise"), "x"),
}
_PLAIN: Mapping[str, tuple[str, str]] = {
    EntryKind.COMPANY_ADDED: (N_("Entreprise ajoutée"), "plus"),
    EntryKind.COMPANIES_MERGED: (N_("Réunie avec la fiche n° %(merged)s"), "people"),
    EntryKind.COMPANIES_PARTED: (N_("Séparée de la fiche n° %(merged)s"), "people"),
}


def told_of_company(one: CompanyEvent) -> tuple[str, str]:
    """The sentence and the icon of what happened."""
    facts = {
        "merged": one.facts.get("merged_id", ""),
        "person": one.about or translated(N_("Une personne effacée de nos fichiers")),
    }
    if one.kind in _PLAIN:
        words, icon = _PLAIN[one.kind]
        return translated(words) % facts, icon
    if one.kind == EntryKind.SPEAKER_CHANGED and one.facts.get("state") in _SPEAKERS:
        words, icon = _SPEAKERS[one.facts["state"]]
        return translated(words) % facts, icon
    return _revised(one)


def _revised(one: CompanyEvent) -> tuple[str, str]:
    if "contact_id" in one.facts:
        return translated(N_("Contact ajouté ou modifié")), "user"
    if "awareness_id" in one.facts:
        taken = N_("Sensibilisation retirée")
        return translated(taken if one.facts.get("withdrawn") else N_("Sensibilisation notée")), "ok"
    if "establishment_id" in one.facts:
        return translated(N_("Établissement ajouté ou modifié")), "pin"
    names = ", ".join(translated(_FIELDS[name]) for name in one.facts.get("changed") or () if name in _FIELDS)
    return translated(N_("Modifié : %(fields)s")) % {"fields": names or translated(N_("réglages"))}, "edit"
