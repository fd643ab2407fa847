"""What staff read for the jobs of the scheduler and the consumers of the journal."""

from dataclasses import dataclass
from datetime import datetime

from alpes_events.jobs.models import RunState
from alpes_events.jobs.queries import LastRun
from alpes_events.language.sentence import N_
from alpes_web.languages import translated, translated_count
from alpes_web.staff.words import RUN_STATES

JOBS: dict[str, str] = {
    "backup": N_("Sauvegarde"),
    "call_webhooks": N_("Nouvelles aux autres systèmes"),
    "chase": N_("Relances des exposants"),
    "ask_companies": N_("Relances des heures de la clause"),
    "ask_exhibitors": N_("Questions aux exposants après un événement"),
    "close_events": N_("Clôture des événements passés"),
    "compile_figures": N_("Chiffres de la nuit"),
    "compile_report": N_("Compte des chiffres du rapport annuel"),
    "deliver_journal": N_("Suites de ce qui se passe"),
    "end_files": N_("Fin de conservation : annonces et effacements"),
    "expire_offers": N_("Places proposées dont le délai est passé"),
    "give_stand_links": N_("Liens des stands qui n’en avaient pas"),
    "list_erased": N_("Liste des dossiers effacés"),
    "propose_all_merges": N_("Recherche de tous les dossiers en double"),
    "propose_merges": N_("Recherche de dossiers en double"),
    "remind": N_("Rappels de la veille"),
    "remind_chapters": N_("Rappels des chapitres du rapport annuel"),
    "run_errands": N_("Travaux demandés par l’équipe"),
    "send_mail": N_("Envoi des messages"),
    "send_urgent_mail": N_("Envoi des messages pressés"),
    "sweep": N_("Ménage : liens et codes périmés"),
    "expire_job_offers": N_("Offres d’emploi dont le dernier jour est passé"),
    "tell_lapses": N_("Clause : annonce de ce qui finit bientôt"),
    "tell_alerts": N_("Alertes sur les nouvelles offres"),
    "thank": N_("Mercis, et la question d’après"),
    "verify_hours": N_("Vérification du registre des heures d’insertion"),
    "watch_mail": N_("Veille sur les messages qui ne partent pas"),
    "write_digest": N_("Lettre du jour à l’équipe"),
}
"""What a job is called; one that is not here is shown by its code."""

NIGHTLY = frozenset({"backup", "compile_figures", "end_files", "remind", "thank", "write_digest"})
"""The jobs whose last pass the board of the day tells even when nothing went wrong."""

DAILY_JOBS = frozenset(
    {
        *(
            "ask_companies",
            "ask_exhibitors",
            "backup",
            "chase",
            "compile_figures",
            "compile_report",
            "end_files",
            "expire_job_offers",
            "give_stand_links",
            "propose_all_merges",
            "remind",
            "remind_chapters",
            "sweep",
        ),
        *("remind", "sweep", "tell_alerts", "tell_lapses", "thank", "verify_hours", "write_digest"),
    }
)
"""The jobs of one day each: one that failed can be asked for again on its day."""

_SUBJECTS = {
    "event": N_("un événement"),
    "registration": N_("une inscription"),
    "candidate": N_("une personne"),
    "organisation": N_("l’organisation"),
    "series": N_("une série"),
    "venue": N_("un lieu"),
    "territory": N_("le territoire"),
    "account": N_("un compte"),
    "company": N_("une entreprise"),
    "webhook": N_("un autre système"),
    "job_offer": N_("une offre d’emploi"),
    "job_application": N_("une candidature"),
    "recruitment_operation": N_("une opération de recrutement"),
    "hire": N_("un contrat signé"),
    "contracting_authority": N_("un maître d’ouvrage"),
    "clause_operation": N_("une opération de la clause"),
    "public_contract": N_("un marché"),
    "clause_lot": N_("un lot"),
    "globalisation": N_("une convention de globalisation"),
    "placement": N_("un placement"),
    "employment_contract": N_("un contrat de travail"),
    "hour_declaration": N_("une déclaration d’heures"),
    "clause_document": N_("un document de la clause"),
    "offer_alert": N_("une alerte sur les offres"),
}


def entry_words(subject_kind: str, subject_id: int) -> str:
    """What a stuck delivery is about: « un événement, n° 12 »."""
    about = translated(_SUBJECTS[subject_kind]) if subject_kind in _SUBJECTS else subject_kind
    return translated("%(about)s, n° %(number)s") % {"about": about, "number": subject_id}


_WHY = {
    "OperationalError": N_("La base de données ne répondait pas."),
    "DatabaseError": N_("La base de données ne répondait pas."),
    "ConnectionRefusedError": N_("Le serveur de courrier ne répondait pas."),
    "TimeoutError": N_("Un serveur n’a pas répondu à temps."),
    "SMTPServerDisconnected": N_("Le serveur de courrier a coupé la ligne."),
    "SMTPAuthenticationError": N_("Le serveur de courrier refuse le mot de passe."),
    "OSError": N_("Le disque est plein, ou fermé à l’écriture."),
    "PermissionError": N_("Le disque est plein, ou fermé à l’écriture."),
}
"""Why something failed, by the kind of the error; what is not here is an error of the program."""


def why(error: str) -> str:
    """Why a run or a delivery failed, in words; the error itself stands beside for whoever mends it."""
    if not error:
        return ""
    kind = error.partition(" ")[0]
    return translated(_WHY.get(kind, N_("Une erreur du programme : montrez la ligne à la personne qui l’installe.")))


CONSUMERS: dict[str, str] = {
    "messages": N_("Messages"),
    "statistics": N_("Chiffres"),
    "webhooks": N_("Autres systèmes"),
    "rankings": N_("Classements pour les offres"),
}


@dataclass(frozen=True)
class NightLine:
    """One job of the night in words, with its tone and icon."""

    words: str
    at: datetime
    tone: str
    icon: str
    detail: str = ""


def night_line(run: LastRun) -> NightLine:
    """The last run of a job as a line of the board."""
    name = translated(JOBS.get(run.job, run.job))
    if run.state is RunState.FAILED:
        return NightLine(translated("%(job)s : échec") % {"job": name}, run.started_at, "bad", "alert", run.error)
    state = RUN_STATES[run.state]
    words = _counted(run) or name
    return NightLine(words, run.ended_at or run.started_at, state.tone, state.icon)


def _counted(run: LastRun) -> str:
    """What a job did, where its count says something to people."""
    count = run.done_count or 0
    match run.job:
        case "remind":
            words = translated_count("%(num)s rappel pour le lendemain", "%(num)s rappels pour le lendemain", count)
        case "thank":
            words = translated_count("%(num)s merci après un événement", "%(num)s mercis après un événement", count)
        case "backup":
            words = translated("Sauvegarde faite")
        case _:
            return ""
    return words % {"num": count} if "%(num)s" in words else words
