"""What staff read for the jobs of the scheduler and the consumers of the journal."""

from dataclasses import dataclass
from datetime import datetime

from alpes_events.jobs.models import RunState
from alpes_events.jobs.queries import LastRun
from alpes_events.language.sentence import N_
from alpes_web.languages import translated, translated_count
from alpes_web.staff.words import RUN_STATES

JOBS: dict[str, str] = {
    "back_up": N_("Sauvegarde"),
    "remind": N_("Rappels de la veille"),
    "thank": N_("Mercis, et la question d’après"),
    "write_digest": N_("Lettre du jour à l’équipe"),
    "compile_figures": N_("Chiffres de la nuit"),
    "announce_erasure": N_("Annonces d’effacement"),
    "erase": N_("Effacements"),
}
"""What a job is called; one that is not here is shown by its code."""

CONSUMERS: dict[str, str] = {"messages": N_("Messages"), "statistics": N_("Chiffres")}


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
        case "back_up":
            words = translated("Sauvegarde faite")
        case _:
            return ""
    return words % {"num": count} if "%(num)s" in words else words
