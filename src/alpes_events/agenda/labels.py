"""What the public calls each kind of event."""

from alpes_events.agenda.models import EventKind
from alpes_events.language.sentence import N_

KIND_LABELS = {
    EventKind.SALON: N_("Salon"),
    EventKind.FORUM: N_("Forum"),
    EventKind.JOB_DATING: N_("Job dating"),
    EventKind.RECRUITMENT: N_("Session de recrutement"),
    EventKind.DISCOVERY: N_("Découverte des métiers"),
    EventKind.WORKSHOP: N_("Atelier"),
    EventKind.INFORMATION: N_("Réunion d’information"),
    EventKind.PARTNER_EVENT: N_("Événement d’un partenaire"),
}
