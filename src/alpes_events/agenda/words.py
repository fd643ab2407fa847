"""What people read for the codes of the agenda: kinds of events and audiences."""

from dataclasses import dataclass

from alpes_events.agenda.models import EventKind
from alpes_events.language.sentence import N_


@dataclass(frozen=True)
class KindWords:
    """A kind of event in French: one, several, and in « Votre inscription au job dating », « M’inscrire au … »."""

    one: str
    many: str
    to_it: str
    sign_up: str


KIND_WORDS: dict[EventKind, KindWords] = {
    EventKind.SALON: KindWords(
        one=N_("Salon"),
        many=N_("Salons"),
        to_it=N_("Votre inscription au salon"),
        sign_up=N_("M’inscrire au salon"),
    ),
    EventKind.FORUM: KindWords(
        one=N_("Forum"),
        many=N_("Forums"),
        to_it=N_("Votre inscription au forum"),
        sign_up=N_("M’inscrire au forum"),
    ),
    EventKind.JOB_DATING: KindWords(
        one=N_("Job dating"),
        many=N_("Job datings"),
        to_it=N_("Votre inscription au job dating"),
        sign_up=N_("M’inscrire au job dating"),
    ),
    EventKind.RECRUITMENT: KindWords(
        one=N_("Recrutement"),
        many=N_("Recrutements"),
        to_it=N_("Votre inscription au recrutement"),
        sign_up=N_("M’inscrire au recrutement"),
    ),
    EventKind.DISCOVERY: KindWords(
        one=N_("Découverte de métiers"),
        many=N_("Découvertes"),
        to_it=N_("Votre inscription à la découverte de métiers"),
        sign_up=N_("M’inscrire à la découverte"),
    ),
    EventKind.WORKSHOP: KindWords(
        one=N_("Atelier"),
        many=N_("Ateliers"),
        to_it=N_("Votre inscription à l’atelier"),
        sign_up=N_("M’inscrire à l’atelier"),
    ),
    EventKind.INFORMATION: KindWords(
        one=N_("Réunion d’information"),
        many=N_("Réunions"),
        to_it=N_("Votre inscription à la réunion d’information"),
        sign_up=N_("M’inscrire à la réunion"),
    ),
    EventKind.PARTNER_EVENT: KindWords(
        one=N_("Rendez-vous partenaire"),
        many=N_("Chez nos partenaires"),
        to_it=N_("Votre inscription au rendez-vous"),
        sign_up=N_("M’inscrire au rendez-vous"),
    ),
}


@dataclass(frozen=True)
class KindFamily:
    """Kinds that people look for together: one chip of the agenda, one colour of the style sheet."""

    kinds: tuple[EventKind, ...]
    words: str


KIND_FAMILIES: tuple[KindFamily, ...] = (
    KindFamily((EventKind.JOB_DATING, EventKind.RECRUITMENT), N_("Job datings, recrutements")),
    KindFamily((EventKind.WORKSHOP,), KIND_WORDS[EventKind.WORKSHOP].many),
    KindFamily((EventKind.SALON, EventKind.FORUM), N_("Salons, forums")),
    KindFamily((EventKind.DISCOVERY, EventKind.INFORMATION), N_("Découvertes, réunions")),
    KindFamily((EventKind.PARTNER_EVENT,), N_("Partenaires")),
)
"""Every kind stands in one of them. Within a family, icon and word tell the kinds apart."""

AUDIENCES: dict[str, str] = {
    "everyone": N_("Pour tous"),
    "young": N_("Jeunes de 16 à 25 ans"),
    "seniors": N_("50 ans et plus"),
    "rsa": N_("Bénéficiaires du RSA (revenu de solidarité active)"),
    "disabled": N_("Travailleurs en situation de handicap"),
    "women": N_("Femmes"),
    "jobseekers": N_("Demandeurs d’emploi"),
    "students": N_("Collégiens, lycéens, étudiants"),
}
"""The audiences that the site can name; another code is shown as it is written."""
