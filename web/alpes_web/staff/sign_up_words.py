"""Who signed a person up, and why they wait where they wait, in words."""

from alpes_events.attendance.listing import SignUpLine
from alpes_events.attendance.models import Channel
from alpes_web.languages import translated
from alpes_web.staff.words import CHANNELS


def signed_up_by(line: SignUpLine) -> str:
    """« En ligne »; « Mission Locale, Julien Roussel » for an advisor; « À l’accueil »."""
    names = ", ".join(part for part in (line.structure, line.registered_by) if part)
    if line.channel is Channel.SELF or not names:
        return translated(CHANNELS[line.channel])
    return f"{translated(CHANNELS[line.channel])}, {names}" if line.channel is Channel.DOOR else names
