"""What staff read for the codes of the platform, with the tone and icon that say the same."""

from dataclasses import dataclass

from alpes_events.agenda.models import Counter, Entry, EventState, OrganiserRole, QuestionKind
from alpes_events.agenda.shelves import Shelf
from alpes_events.attendance.listing import Group
from alpes_events.attendance.models import Channel, Presence, RegistrationState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.jobs.models import RunState
from alpes_events.language.sentence import N_
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.listing import MessageShelf
from alpes_events.messages.models import CallState, MessageState
from alpes_events.people.account_list import AccountState
from alpes_events.people.models import AgeBand, Role, Sex
from alpes_events.webhooks.models import CallState as HookCallState
from alpes_events.webhooks.models import HookKind


@dataclass(frozen=True)
class Said:
    """A state in words, with a tone (`ok`, `warn`, `bad`, `muted`) and an icon."""

    words: str
    tone: str = "muted"
    icon: str = "info"


EVENT_STATES: dict[EventState, Said] = {
    EventState.DRAFT: Said(N_("Brouillon"), "muted", "edit"),
    EventState.PUBLISHED: Said(N_("Publié"), "ok", "ok"),
    EventState.CANCELLED: Said(N_("Annulé"), "bad", "x"),
    EventState.DONE: Said(N_("Terminé"), "muted", "ok"),
    EventState.WITHDRAWN: Said(N_("Retiré de l’agenda"), "muted", "x"),
    EventState.DISCARDED: Said(N_("Dans la corbeille"), "muted", "x"),
}

SHELVES: dict[Shelf, str] = {
    Shelf.COMING: N_("À venir"),
    Shelf.DRAFT: N_("Brouillons"),
    Shelf.PAST: N_("Passés"),
    Shelf.OFF: N_("Annulés ou retirés"),
    Shelf.ALL: N_("Tous"),
    Shelf.BIN: N_("Corbeille"),
}

SIGN_UP_STATES: dict[RegistrationState, Said] = {
    RegistrationState.CONFIRMED: Said(N_("A une place"), "ok", "ok"),
    RegistrationState.OFFERED: Said(N_("Place proposée"), "warn", "hour"),
    RegistrationState.WAITLISTED: Said(N_("En attente"), "warn", "people"),
    RegistrationState.CANCELLED: Said(N_("Ne vient pas"), "muted", "x"),
    RegistrationState.REVOKED: Said(N_("Annulée par nous"), "bad", "x"),
    RegistrationState.EXPIRED: Said(N_("Sans réponse à temps"), "muted", "hour"),
}

STAND_STATES: dict[ExhibitorState, Said] = {
    ExhibitorState.REQUESTED: Said(N_("À traiter"), "warn", "hour"),
    ExhibitorState.TO_COMPLETE: Said(N_("À compléter par l’exposant"), "warn", "edit"),
    ExhibitorState.WAITLISTED: Said(N_("Attend une place"), "warn", "people"),
    ExhibitorState.ACCEPTED: Said(N_("Accepté"), "ok", "ok"),
    ExhibitorState.DECLINED: Said(N_("Refusé"), "bad", "x"),
    ExhibitorState.WITHDRAWN: Said(N_("Ne vient pas"), "muted", "x"),
}

GROUPS: dict[Group, str] = {
    Group.ALL: N_("Toutes"),
    Group.COMING: N_("Ont une place"),
    Group.OFFERED: N_("Place proposée"),
    Group.WAITING: N_("En attente"),
    Group.OVER: N_("Ne viennent pas"),
}

PRESENCES: dict[Presence, Said] = {
    Presence.UNKNOWN: Said(N_("Pas encore notée"), "muted", "clock"),
    Presence.ATTENDED: Said(N_("Est là"), "ok", "ok"),
    Presence.EXCUSED: Said(N_("A prévenu"), "warn", "phone"),
    Presence.NO_SHOW: Said(N_("N’est pas là"), "bad", "x"),
}

CHANNELS: dict[Channel, str] = {
    Channel.SELF: N_("En ligne"),
    Channel.ADVISOR: N_("Par un conseiller"),
    Channel.EMPLOYER: N_("Par un employeur"),
    Channel.DOOR: N_("À l’accueil"),
}

MESSAGE_STATES: dict[MessageState, Said] = {
    MessageState.WAITING: Said(N_("Va partir"), "muted", "hour"),
    MessageState.SENDING: Said(N_("En cours d’envoi"), "muted", "hour"),
    MessageState.SENT: Said(N_("Envoyé"), "ok", "ok"),
    MessageState.FAILED: Said(N_("N’est pas parti"), "bad", "alert"),
    MessageState.DROPPED: Said(N_("N’était plus utile"), "muted", "x"),
}

MESSAGE_SHELVES: dict[MessageShelf, str] = {
    MessageShelf.ALL: N_("Tous"),
    MessageShelf.TROUBLE: N_("En difficulté"),
    MessageShelf.WAITING: N_("Vont partir"),
    MessageShelf.SENT: N_("Envoyés"),
    MessageShelf.DROPPED: N_("Plus utiles"),
}

CALL_STATES: dict[CallState, Said] = {
    CallState.TO_CALL: Said(N_("À appeler"), "warn", "phone"),
    CallState.REACHED: Said(N_("A été joint"), "ok", "ok"),
    CallState.NOT_REACHED: Said(N_("Pas encore joint"), "bad", "phone"),
    CallState.DROPPED: Said(N_("N’est plus utile"), "muted", "x"),
}

HOOK_KINDS: dict[HookKind, str] = {
    HookKind.PUBLISHED: N_("Événement publié"),
    HookKind.CHANGED: N_("Événement changé"),
    HookKind.CANCELLED: N_("Événement annulé"),
    HookKind.WITHDRAWN: N_("Événement retiré"),
}

HOOK_CALL_STATES: dict[HookCallState, Said] = {
    HookCallState.WAITING: Said(N_("Va partir"), "muted", "hour"),
    HookCallState.CALLING: Said(N_("En cours d’envoi"), "muted", "hour"),
    HookCallState.DONE: Said(N_("Reçu"), "ok", "ok"),
    HookCallState.FAILED: Said(N_("N’est pas arrivé"), "bad", "alert"),
    HookCallState.DROPPED: Said(N_("N’était plus utile"), "muted", "x"),
}

RUN_STATES: dict[RunState, Said] = {
    RunState.RUNNING: Said(N_("En cours"), "muted", "hour"),
    RunState.DONE: Said(N_("Fait"), "ok", "ok"),
    RunState.FAILED: Said(N_("A échoué"), "bad", "alert"),
}

ROLES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Administration"),
    Role.COORDINATOR: N_("Coordination"),
    Role.FACILITATOR: N_("Facilitateur de la clause sociale"),
    Role.ADVISOR: N_("Conseiller, référent"),
    Role.DOOR: N_("Accueil d’un événement"),
    Role.READER: N_("Lecture des chiffres"),
    Role.EMPLOYER: N_("Employeur"),
    Role.CANDIDATE: N_("Candidat"),
}

ACCOUNT_STATES: dict[AccountState, Said] = {
    AccountState.OPEN: Said(N_("Ouvert"), "ok", "ok"),
    AccountState.INVITED: Said(N_("Attend son mot de passe"), "warn", "hour"),
    AccountState.WAITING: Said(N_("Sans mot de passe"), "warn", "alert"),
    AccountState.CLOSED: Said(N_("Fermé"), "muted", "x"),
}

ORGANISER_ROLES: dict[OrganiserRole, str] = {
    OrganiserRole.ORGANISER: N_("Nous l’organisons"),
    OrganiserRole.CO_ORGANISER: N_("Nous l’organisons avec d’autres"),
    OrganiserRole.PARTICIPANT: N_("Nous y participons"),
}

ENTRIES: dict[Entry, str] = {
    Entry.SIGN_UP: N_("Sur inscription"),
    Entry.FREE: N_("Entrée libre"),
    Entry.ELSEWHERE: N_("Inscription chez un partenaire"),
}

COUNTERS: dict[Counter, str] = {
    Counter.COLLECTED: N_("Relevé"),
    Counter.TERRITORY_ONLY: N_("Relevé pour le territoire seulement"),
    Counter.NOT_COLLECTED: N_("Non relevé"),
}

QUESTION_KINDS: dict[QuestionKind, str] = {
    QuestionKind.TEXT: N_("Réponse libre"),
    QuestionKind.YES_NO: N_("Oui ou non"),
    QuestionKind.CHOICE: N_("Une réponse parmi plusieurs"),
    QuestionKind.NUMBER: N_("Un nombre"),
}

SEXES: dict[Sex, str] = {Sex.WOMAN: N_("Femme"), Sex.MAN: N_("Homme")}

AGE_BANDS: dict[AgeBand, str] = {
    AgeBand.UNDER_18: N_("Moins de 18 ans"),
    AgeBand.FROM_18_TO_25: N_("18 à 25 ans"),
    AgeBand.FROM_26_TO_49: N_("26 à 49 ans"),
    AgeBand.FROM_50: N_("50 ans et plus"),
}

MESSAGE_KINDS: dict[MessageKind, str] = {
    MessageKind.CONFIRMED: N_("Confirmation d’inscription"),
    MessageKind.WAITLISTED: N_("Place dans la liste d’attente"),
    MessageKind.OFFERED: N_("Une place proposée"),
    MessageKind.OFFER_EXPIRED: N_("Le délai de réponse est passé"),
    MessageKind.CHANGED: N_("Changement de date ou de lieu"),
    MessageKind.CANCELLED_BY_YOU: N_("Annulation par la personne"),
    MessageKind.REVOKED: N_("Inscription annulée par nous"),
    MessageKind.EVENT_CANCELLED: N_("Événement annulé"),
    MessageKind.ALREADY_REGISTERED: N_("Déjà inscrite"),
    MessageKind.REMINDER: N_("Rappel de la veille"),
    MessageKind.INTERVIEW_TIMES: N_("Heures d’entretien"),
    MessageKind.THANKS: N_("Merci, et une question"),
    MessageKind.DIGEST: N_("Lettre du jour à l’équipe"),
    MessageKind.CLAUSE_LAPSES: N_("Clause : ce qui finit bientôt"),
    MessageKind.CHAPTER_DUE: N_("Rapport : un chapitre est attendu"),
    MessageKind.SIGN_IN: N_("Lien de connexion"),
    MessageKind.RETENTION_NOTICE: N_("Annonce d’effacement"),
    MessageKind.INVITATION: N_("Invitation d’un collègue"),
    MessageKind.NEW_PASSWORD: N_("Lien pour un nouveau mot de passe"),
    MessageKind.NEW_BROWSER: N_("Connexion depuis un nouveau navigateur"),
    MessageKind.ACCOUNT_CHANGE: N_("Changement de sécurité d’un compte"),
    MessageKind.PROOF: N_("Code de vérification"),
    MessageKind.OFFER_ALERT: N_("Alerte sur les offres"),
    MessageKind.ALERT_NOTICE: N_("Annonce de la fin d’une alerte"),
    MessageKind.OFFER_REQUEST: N_("Adresse à confirmer pour postuler ou être averti"),
    MessageKind.APPLICATION_SHORTLISTED: N_("Candidature retenue pour la suite"),
    MessageKind.APPLICATION_REFUSED: N_("Candidature non retenue"),
    MessageKind.APPLICATION_HIRED: N_("Embauche"),
    MessageKind.APPLICATION_OBSOLETE: N_("Candidature close"),
    MessageKind.APPLICATION_TO_TELL: N_("Candidature : réponse à dire à quelqu’un sans e-mail"),
    MessageKind.FAREWELL: N_("Dernier message, après effacement"),
    MessageKind.OWN_WORDS: N_("Message de l’équipe"),
    MessageKind.STAND_RECEIVED: N_("Demande de stand reçue"),
    MessageKind.STAND_WAITLISTED: N_("Demande de stand en attente"),
    MessageKind.STAND_FREED: N_("Un stand s’est libéré"),
    MessageKind.STAND_ACCEPTED: N_("Stand confirmé"),
    MessageKind.STAND_TO_COMPLETE: N_("Demande de stand à compléter"),
    MessageKind.STAND_DECLINED: N_("Demande de stand non retenue"),
    MessageKind.STAND_WITHDRAWN: N_("Stand annulé"),
    MessageKind.STAND_MISSING: N_("Relance d’un exposant"),
    MessageKind.FOLLOW_UP_SIX_WEEKS: N_("Question à un exposant, six semaines après"),
    MessageKind.FOLLOW_UP_SIX_MONTHS: N_("Question à un exposant, six mois après"),
    MessageKind.STAND_INTERVIEWS: N_("Exposants : leur liste d’entretiens"),
    MessageKind.STAND_CHANGED: N_("Exposants : changement de date ou de lieu"),
    MessageKind.STAND_OFF: N_("Exposants : événement annulé"),
    MessageKind.EMPLOYER_INVITATION: N_("Invitation d’un employeur"),
    MessageKind.SPEAKER_ANSWER: N_("Réponse à un employeur"),
    MessageKind.CONTACT_NOTICE: N_("Annonce d’effacement à un contact"),
    MessageKind.DECLARATION_DUE: N_("Heures du mois à déclarer"),
    MessageKind.DECLARATION_REFUSED: N_("Heures déclarées non retenues"),
}
"""What staff call each message."""
