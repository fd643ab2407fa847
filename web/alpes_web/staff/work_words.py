"""What staff read for long work: its title, where it stands, how far it is, and what is to be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from alpes_events.errands.models import ErrandKind, ErrandState, FileRole
from alpes_events.errands.queries import ErrandView
from alpes_events.language.sentence import N_
from alpes_web.event_view import number
from alpes_web.languages import translated, translated_count
from alpes_web.staff.words import Said

STATES: dict[ErrandState, Said] = {
    ErrandState.WAITING: Said(N_("Va commencer"), "muted", "hour"),
    ErrandState.RUNNING: Said(N_("En cours"), "warn", "hour"),
    ErrandState.DONE: Said(N_("Fait"), "ok", "ok"),
    ErrandState.FAILED: Said(N_("N’a pas abouti"), "bad", "alert"),
    ErrandState.STOPPED: Said(N_("Arrêté"), "muted", "x"),
}


@dataclass(frozen=True)
class SheetWords:
    """What a kind of file is called: in the menu, and while it is checked and imported."""

    name: str
    check: str
    bring: str
    holds: str


SHEETS: dict[str, SheetWords] = {
    "events": SheetWords(
        N_("Événements"),
        N_("Vérifier un fichier d’événements"),
        N_("Importer des événements"),
        N_("Un événement par ligne. Ceux qui sont passés sont clos, ceux à venir restent en brouillon."),
    ),
    "people": SheetWords(
        N_("Personnes"),
        N_("Vérifier un fichier de personnes"),
        N_("Importer des personnes"),
        N_("Une personne par ligne. Un dossier déjà connu est complété, jamais écrasé."),
    ),
    "companies": SheetWords(
        N_("Entreprises"),
        N_("Vérifier un fichier d’entreprises"),
        N_("Importer des entreprises"),
        N_("Une entreprise par ligne, avec un contact. Une fiche déjà connue est complétée, jamais écrasée."),
    ),
    "awareness": SheetWords(
        N_("Sensibilisations"),
        N_("Vérifier un fichier de sensibilisations"),
        N_("Importer des sensibilisations"),
        N_(
            "Un échange par ligne : l’entreprise, le jour et le sujet. Elle compte parmi les entreprises sensibilisées."
        ),
    ),
    "registrations": SheetWords(
        N_("Inscriptions"),
        N_("Vérifier un fichier d’inscriptions"),
        N_("Importer des inscriptions"),
        N_("Une inscription par ligne, passée ou à venir. Elle amène la personne si nous ne la connaissons pas."),
    ),
    "attendance": SheetWords(
        N_("Présences"),
        N_("Vérifier un fichier de présences"),
        N_("Importer des présences"),
        N_("Une ligne par personne inscrite : présente, absente ou excusée."),
    ),
    "offers": SheetWords(
        N_("Offres d’emploi"),
        N_("Vérifier un fichier d’offres"),
        N_("Importer des offres"),
        N_("Une offre par ligne, avec son entreprise. Sans date de publication, elle reste un brouillon."),
    ),
    "pathways": SheetWords(
        N_("Parcours"),
        N_("Vérifier un fichier de parcours"),
        N_("Importer des parcours"),
        N_("Une entrée dans un dispositif par ligne, avec la sortie si elle est connue. Elle amène la personne."),
    ),
    "exhibitors": SheetWords(
        N_("Exposants"),
        N_("Vérifier un fichier d’exposants"),
        N_("Importer des exposants"),
        N_("Un exposant par ligne, avec sa commune et ce qu’il cherche."),
    ),
    "demonstrations": SheetWords(
        N_("Démonstrations"),
        N_("Vérifier un fichier de démonstrations"),
        N_("Importer des démonstrations"),
        N_("Un métier montré par ligne."),
    ),
    "tables": SheetWords(
        N_("Tables d’entretien"),
        N_("Vérifier un fichier de tables d’entretien"),
        N_("Importer des tables d’entretien"),
        N_("Une table par ligne : l’exposant, ses heures, la durée d’un entretien, les pauses."),
    ),
    "interviews": SheetWords(
        N_("Entretiens"),
        N_("Vérifier un fichier d’entretiens"),
        N_("Importer des entretiens"),
        N_("Un entretien par ligne, entre une personne inscrite et un exposant."),
    ),
    "attested": SheetWords(
        N_("Chiffres attestés"),
        N_("Vérifier un fichier de chiffres attestés"),
        N_("Importer des chiffres attestés"),
        N_("Un chiffre et une période par ligne, avec sa source. Une correction dit pourquoi."),
    ),
    "hours": SheetWords(
        N_("Heures de la clause sociale"),
        N_("Vérifier un fichier d’heures"),
        N_("Importer des heures"),
        N_(
            "Une ligne par personne, marché et mois. Celles d’un facilitateur sont validées, les autres déclarées ; "
            "ce qui diffère du registre est refusé et dit."
        ),
    ),
    "services": SheetWords(
        N_("Services rendus"),
        N_("Vérifier un fichier de services"),
        N_("Importer des services"),
        N_("Un service par ligne : son type, le jour, et la personne si elle est nommée. Elle vient avec sa ligne."),
    ),
    "visitors": SheetWords(
        N_("Comptages de visiteurs"),
        N_("Vérifier un fichier de comptages"),
        N_("Importer des comptages de visiteurs"),
        N_("Une demi-heure par ligne."),
    ),
}
"""The kinds of files, by their name on the command line."""

_OTHERS: dict[ErrandKind, str] = {
    ErrandKind.SIGN_UPS: N_("Inscriptions de %(year)s"),
    ErrandKind.EVENTS: N_("Tous les événements"),
    ErrandKind.FIGURES: N_("Chiffres de %(year)s, recomptés"),
    ErrandKind.HOURS: N_("Heures de la clause de %(year)s"),
    ErrandKind.CONVOCATIONS: N_("Convocations d’un événement"),
    ErrandKind.TIMETABLE: N_("Horaires d’entretiens proposés"),
    ErrandKind.PLACEMENTS: N_("Plan de placements proposé"),
}


def title_of(errand: ErrandView) -> str:
    """What was asked for, in the page's language."""
    if errand.kind in {ErrandKind.CHECK, ErrandKind.IMPORT}:
        words = SHEETS[str(errand.wishes["file"])]
        return translated(words.check if errand.kind is ErrandKind.CHECK else words.bring)
    text = translated(_OTHERS[errand.kind])
    return text % errand.wishes if "%(" in text else text


def reached(errand: ErrandView) -> str:
    """How far it is, in numbers and words: « 300 lignes sur 1 200 »."""
    counts = {"done": number(errand.done_count), "total": number(errand.total_count)}
    match errand.kind:
        case ErrandKind.CHECK:
            words = translated_count(
                "%(done)s ligne vérifiée sur %(total)s", "%(done)s lignes vérifiées sur %(total)s", errand.done_count
            )
        case ErrandKind.IMPORT:
            words = translated_count(
                "%(done)s ligne importée sur %(total)s", "%(done)s lignes importées sur %(total)s", errand.done_count
            )
        case ErrandKind.CONVOCATIONS:
            words = translated_count(
                "%(done)s convocation écrite sur %(total)s",
                "%(done)s convocations écrites sur %(total)s",
                errand.done_count,
            )
        case ErrandKind.SIGN_UPS:
            words = translated_count(
                "%(done)s événement lu sur %(total)s", "%(done)s événements lus sur %(total)s", errand.done_count
            )
        case _:
            words = translated("Étape %(done)s sur %(total)s")
    return words % counts


def ready_file(errand: ErrandView) -> str:
    """The name of the file to fetch; « » when there is none."""
    made = errand.files.get(FileRole.RESULT)
    return made.name if made else ""


def sizes(octets: int) -> str:
    """« 12 ko »."""
    return translated("%(count)s ko") % {"count": number(max(1, round(octets / 1000)))}


def reason_in(reasons: Mapping[str, str], language: str) -> str:
    """A reason that was kept in each language."""
    return reasons.get(language) or reasons.get("fr", "")
