"""What people read for each role."""

from alpes_events.language.sentence import N_
from alpes_events.people.models import Role

ROLE_WORDS: dict[Role, str] = {
    Role.CANDIDATE: N_("Candidat"),
    Role.EMPLOYER: N_("Employeur"),
    Role.ADVISOR: N_("Conseiller"),
    Role.COORDINATOR: N_("Coordination"),
    Role.FACILITATOR: N_("Facilitateur de la clause sociale"),
    Role.DOOR: N_("Accueil"),
    Role.READER: N_("Lecture des chiffres"),
    Role.ADMINISTRATOR: N_("Administration"),
}
