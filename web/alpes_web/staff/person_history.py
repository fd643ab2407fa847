"""What happened to one person's file, as a sentence with an icon."""

from collections.abc import Mapping
from typing import Any

from alpes_events.attendance.person_history import CREATED, PersonEvent
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction
from alpes_web.languages import translated
from alpes_web.staff.words import PRESENCES

_PLAIN: Mapping[str, tuple[str, str]] = {
    CREATED: (N_("Dossier n° %(record)s ouvert"), "user"),
    AuditAction.EXPORTED: (N_("Tout ce que nous avons est emporté dans un fichier"), "dl"),
    EntryKind.CANDIDATES_MERGED: (N_("Réuni avec le dossier n° %(merged)s"), "people"),
    EntryKind.MERGE_UNDONE: (N_("Séparé du dossier n° %(merged)s"), "people"),
    EntryKind.ELIGIBILITY_ASSESSED: (N_("Clause sociale : éligibilité évaluée"), "doc"),
    EntryKind.ERASURE_ANNOUNCED: (N_("Effacement annoncé"), "clock"),
    EntryKind.CONSENT_GIVEN: (N_("Accord donné"), "ok"),
    EntryKind.CONSENT_WITHDRAWN: (N_("Accord retiré"), "x"),
    EntryKind.REGISTRATION_WAITLISTED: (N_("Sur la liste d’attente : %(event)s"), "hour"),
    EntryKind.REGISTRATION_OFFERED: (N_("Une place est proposée : %(event)s"), "hour"),
    EntryKind.REGISTRATION_EXPIRED: (N_("Pas de réponse à temps, la place est passée à la suite : %(event)s"), "x"),
    EntryKind.REGISTRATION_REVOKED: (N_("Inscription annulée par nous : %(event)s"), "x"),
    EntryKind.REGISTRATION_REPEATED: (N_("Inscription une deuxième fois, sans effet : %(event)s"), "info"),
    EntryKind.CALL_TAKEN_BACK: (N_("Un appel noté par erreur est à refaire : %(event)s"), "phone"),
    EntryKind.LETTER_WRITTEN: (N_("Message de l’équipe : %(event)s"), "mail"),
    EntryKind.WISHES_CHANGED: (N_("A dit quels employeurs rencontrer : %(event)s"), "people"),
    EntryKind.INTERVIEW_TIMES_CHANGED: (N_("Horaires d’entretien donnés ou changés : %(event)s"), "clock"),
    EntryKind.INTERVIEW_HOURS_SAID: (N_("A dit ses heures de présence : %(event)s"), "clock"),
    EntryKind.INTEREST_CHANGED: (N_("Un employeur a dit s’il souhaite la rencontrer : %(event)s"), "people"),
    EntryKind.INTERVIEW_QUEUED: (N_("A attendu son tour à un stand : %(event)s"), "hour"),
    EntryKind.SURVEY_ANSWERED: (N_("A répondu à la question d’après : %(event)s"), "sms"),
}

_PROOFS = {
    "noted": N_("Clause sociale : justificatif noté"),
    "validated": N_("Clause sociale : avis validé"),
    "refused": N_("Clause sociale : avis refusé"),
    "withdrawn": N_("Clause sociale : justificatif retiré"),
}
"""The same words for every proof: that one is about health is not told."""

_CONFIRMED = {
    "new": N_("Inscription : %(event)s"),
    "offered": N_("Prend la place proposée : %(event)s"),
    "waitlisted": N_("Passe de la liste d’attente à une place : %(event)s"),
}

_FIELDS = {
    "family_name": N_("nom"),
    "given_name": N_("prénom"),
    "email": N_("adresse e-mail"),
    "telephone": N_("téléphone"),
    "birth_on": N_("date de naissance"),
    "sex": N_("sexe"),
    "commune_name": N_("commune"),
    "priority_district": N_("quartier prioritaire"),
    "outside_priority_districts": N_("quartier prioritaire"),
    "language": N_("langue"),
}


def told_of_person(one: PersonEvent) -> tuple[str, str]:
    """The sentence and the icon of what happened."""
    facts = {
        "event": one.event,
        "merged": one.facts.get("merged_id", ""),
        "record": one.facts.get("candidate_id", ""),
    }
    if one.kind in _PLAIN:
        words, icon = _PLAIN[one.kind]
        return translated(words) % facts, icon
    if one.kind == EntryKind.PROJECT_REVISED:
        return translated(_said_of_project(one)), "edit"
    if one.kind == EntryKind.PROOF_NOTED:
        return translated(_PROOFS.get(str(one.facts.get("state")), _PROOFS["noted"])), "doc"
    return _with_facts(one, facts)


def _said_of_project(one: PersonEvent) -> str:
    if "objected_at" not in (one.facts.get("changed") or ()):
        return N_("Ce que la personne cherche : mis à jour")
    if one.facts.get("objected"):
        return N_("Ne plus classer cette personne pour les offres, à sa demande")
    return N_("De nouveau d’accord pour être classée pour les offres")


def _with_facts(one: PersonEvent, facts: Mapping[str, Any]) -> tuple[str, str]:
    match one.kind:
        case EntryKind.CANDIDATE_REVISED:
            changed = [translated(_FIELDS[name]) for name in one.facts.get("changed") or () if name in _FIELDS]
            return translated(N_("Corrigé : %(fields)s")) % {"fields": ", ".join(dict.fromkeys(changed))}, "edit"
        case EntryKind.REGISTRATION_CONFIRMED:
            words = _CONFIRMED.get(str(one.facts.get("came_from")), _CONFIRMED["new"])
            return translated(words) % facts, "ok"
        case EntryKind.REGISTRATION_CANCELLED:
            noted = N_("Ne vient pas, noté par l’équipe : %(event)s")
            words = noted if one.facts.get("by") == "staff" else N_("Annule son inscription : %(event)s")
            return translated(words) % facts, "x"
        case EntryKind.PRIORITY_CHANGED:
            first = N_("Passe avant les autres : %(event)s")
            words = first if one.facts.get("priority") else N_("Attend de nouveau à son tour : %(event)s")
            return translated(words) % facts, "hour"
        case EntryKind.PRESENCE_MARKED:
            seen = next((said.words for code, said in PRESENCES.items() if code == one.facts.get("presence")), "")
            return f"{translated(seen)} : {one.event}", "list"
        case _:
            return one.kind, "info"
