"""What happened, as a sentence: a domain event of the journal put into words."""

from collections.abc import Mapping
from typing import Any

from alpes_events.attendance.history import PastEvent
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_web.languages import translated, translated_count
from alpes_web.staff.words import PRESENCES

_PLAIN: dict[str, tuple[str, str]] = {
    EntryKind.EVENT_CREATED: (N_("Brouillon créé"), "edit"),
    EntryKind.EVENT_PUBLISHED: (N_("Publié dans l’agenda"), "ok"),
    EntryKind.EVENT_DISCARDED: (N_("Brouillon jeté"), "x"),
    EntryKind.EVENT_RESTORED: (N_("Brouillon repris"), "edit"),
    EntryKind.EVENT_CLOSED: (N_("Événement terminé"), "ok"),
    EntryKind.REGISTRATION_WAITLISTED: (N_("%(person)s est sur la liste d’attente"), "hour"),
    EntryKind.REGISTRATION_OFFERED: (N_("Une place est proposée à %(person)s"), "hour"),
    EntryKind.REGISTRATION_EXPIRED: (N_("%(person)s n’a pas répondu à temps : la place est passée à la suite"), "x"),
    EntryKind.REGISTRATION_REVOKED: (N_("L’inscription de %(person)s est annulée par nous"), "x"),
    EntryKind.REGISTRATION_REPEATED: (N_("%(person)s s’est inscrit une deuxième fois : rien n’a changé"), "info"),
    EntryKind.CALL_TAKEN_BACK: (N_("%(person)s était notée prévenue par erreur : l’appel est à refaire"), "phone"),
    EntryKind.SURVEY_ANSWERED: (N_("%(person)s a répondu à la question d’après"), "sms"),
    EntryKind.FAIR_CHANGED: (N_("Exposants, démonstrations ou entretiens modifiés"), "doc"),
    EntryKind.WISHES_CHANGED: (N_("%(person)s a dit quels employeurs rencontrer"), "people"),
    EntryKind.INTERVIEWS_ARRANGED: (N_("Entretiens : tables et horaires réglés"), "edit"),
    EntryKind.TIMETABLE_PUBLISHED: (N_("Horaires des entretiens publiés"), "clock"),
    EntryKind.INTERVIEW_TIMES_CHANGED: (N_("Les horaires d’entretien de %(person)s ont changé"), "clock"),
    EntryKind.INTERVIEW_HOURS_SAID: (N_("%(person)s a dit ses heures de présence"), "clock"),
    EntryKind.INTEREST_CHANGED: (N_("Un employeur a dit s’il souhaite rencontrer %(person)s"), "people"),
    EntryKind.INTERVIEW_QUEUED: (N_("%(person)s attend son tour à un stand, ou l’a quitté"), "hour"),
    EntryKind.INTERVIEW_MARKED: (N_("Entretien noté tenu, ou non"), "ok"),
    EntryKind.MEETING_ENDED: (N_("Suite d’un entretien notée"), "doc"),
    EntryKind.STAND_CALL_CHANGED: (N_("Appel aux exposants réglé"), "edit"),
    EntryKind.STAND_PLAN_CHANGED: (N_("Plan des stands modifié"), "doc"),
    EntryKind.SESSION_REVISED: (N_("Séance ajoutée ou modifiée"), "edit"),
}

_CONFIRMED = {
    "new": N_("%(person)s s’inscrit"),
    "offered": N_("%(person)s prend la place proposée"),
    "waitlisted": N_("%(person)s passe de la liste d’attente à une place"),
    "cancelled": N_("%(person)s change d’avis et reprend sa place"),
    "expired": N_("%(person)s répond finalement, et prend une place encore libre"),
}

_FIELDS = {
    "title": N_("titre"),
    "kind": N_("genre"),
    "starts_at": N_("début"),
    "ends_at": N_("fin"),
    "all_day": N_("durée"),
    "venue_id": N_("lieu"),
    "summary": N_("résumé"),
    "description": N_("description"),
    "to_bring": N_("à apporter"),
    "audience": N_("public"),
    "themes": N_("thèmes"),
    "partners": N_("partenaires"),
    "picture_id": N_("image"),
    "picture_alt": N_("texte de l’image"),
    "entry": N_("entrée"),
    "entry_url": N_("adresse d’inscription"),
    "waiting_list": N_("liste d’attente"),
    "opens_at": N_("ouverture des inscriptions"),
    "closes_at": N_("fermeture des inscriptions"),
    "offer_hours": N_("délai de réponse"),
    "cut_off_hours": N_("arrêt des propositions"),
    "series_id": N_("série"),
    "edition": N_("édition"),
    "organiser_role": N_("rôle"),
}


def told(entry: PastEvent) -> tuple[str, str]:
    """The sentence and the icon of what happened."""
    person = entry.person or translated("Une personne effacée de nos fichiers")
    if entry.kind == EntryKind.CATALOGUE_CHANGED:
        return translated(N_("Catalogue publié") if entry.facts.get("published") else N_("Catalogue retiré")), "salon"
    if entry.kind in _PLAIN:
        words, icon = _PLAIN[entry.kind]
        return translated(words) % {"person": person}, icon
    return _with_facts(entry.kind, entry.facts, person)


def _with_facts(kind: str, facts: Mapping[str, Any], person: str) -> tuple[str, str]:
    match kind:
        case EntryKind.REGISTRATION_CONFIRMED:
            words = _CONFIRMED.get(str(facts.get("came_from")), _CONFIRMED["new"])
            return translated(words) % {"person": person}, "ok"
        case EntryKind.REGISTRATION_CANCELLED:
            by_staff = N_("%(person)s ne vient pas : noté par l’équipe")
            words = by_staff if facts.get("by") == "staff" else N_("%(person)s annule son inscription")
            return translated(words) % {"person": person}, "x"
        case EntryKind.PRIORITY_CHANGED:
            passes = N_("%(person)s passe avant les autres sur la liste d’attente")
            words = passes if facts.get("priority") else N_("%(person)s attend de nouveau à son tour")
            return translated(words) % {"person": person}, "hour"
        case EntryKind.LETTER_WRITTEN:
            count = len(facts.get("registration_ids") or ())
            words = translated_count("Message écrit à %(num)s personne", "Message écrit à %(num)s personnes", count)
            return words % {"num": count}, "mail"
        case EntryKind.PRESENCE_MARKED:
            said = next((said.words for code, said in PRESENCES.items() if code == facts.get("presence")), "")
            return f"{person} : {translated(said)}", "list"
        case _:
            return _about_event(kind, facts)


def _about_event(kind: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    match kind:
        case EntryKind.EVENT_REVISED:
            return _revised(facts), "edit"
        case EntryKind.EVENT_CANCELLED | EntryKind.EVENT_WITHDRAWN | EntryKind.SESSION_CANCELLED:
            return _called_off(kind, len(facts.get("registration_ids") or ())), "x"
        case EntryKind.CAPACITY_CHANGED:
            if facts.get("capacity") is None:
                return translated("Places sans limite"), "people"
            words = translated_count("Capacité : %(num)s place", "Capacité : %(num)s places", facts["capacity"])
            return words % {"num": facts["capacity"]}, "people"
        case EntryKind.VISITORS_COUNTED:
            count = int(facts.get("visitor_count") or 0)
            words = translated_count("%(num)s visiteur compté", "%(num)s visiteurs comptés", count)
            return words % {"num": f"{count:+d}"}, "door"
        case _:
            return kind, "info"


def _revised(facts: Mapping[str, Any]) -> str:
    names = ", ".join(translated(_FIELDS[name]) for name in facts.get("changed") or () if name in _FIELDS)
    sentence = translated("Modifié : %(fields)s") % {"fields": names or translated("réglages")}
    return f"{sentence}. {translated('Les personnes inscrites sont prévenues.')}" if facts.get("moved") else sentence


def _called_off(kind: str, count: int) -> str:
    words = {
        EntryKind.EVENT_CANCELLED: translated("Événement annulé"),
        EntryKind.EVENT_WITHDRAWN: translated("Événement retiré de l’agenda"),
        EntryKind.SESSION_CANCELLED: translated("Séance annulée"),
    }[EntryKind(kind)]
    people = translated_count("%(num)s personne était inscrite", "%(num)s personnes étaient inscrites", count)
    return f"{words} : {people % {'num': count}}"
