"""The sections of the staff pages: who sees which, in the order of the menu."""

from dataclasses import dataclass

from alpes_events.language.sentence import N_
from alpes_events.people.models import Role
from alpes_web.access import ROLES, Access
from alpes_web.languages import translated
from alpes_web.visitor import visitor


@dataclass(frozen=True)
class StaffSection:
    """One entry of the menu: `name` is what a page gives as `section`."""

    name: str
    endpoint: str
    words: str
    access: Access


STAFF_SECTIONS: tuple[StaffSection, ...] = (
    StaffSection("today", "staff.today", N_("Aujourd’hui"), Access.STAFF),
    StaffSection("events", "staff_events.table", N_("Événements"), Access.SIGN_UPS),
    StaffSection("offers", "staff_offers.table", N_("Offres"), Access.COORDINATION),
    StaffSection("applications", "staff_applications.table", N_("Candidatures"), Access.SIGN_UPS),
    StaffSection("people", "staff_people.table", N_("Personnes"), Access.COORDINATION),
    StaffSection("companies", "staff_companies.table", N_("Entreprises"), Access.COORDINATION),
    StaffSection("own", "staff_own.table", N_("Mes personnes"), Access.SIGN_UPS),
    StaffSection("clause", "clause.board", N_("Clause"), Access.COORDINATION),
    StaffSection("calls", "staff_calls.table", N_("Appels"), Access.COORDINATION),
    StaffSection("figures", "staff_figures.latest", N_("Chiffres"), Access.FIGURES),
    StaffSection("report", "reports.table", N_("Rapport"), Access.FIGURES),
    StaffSection("messages", "staff_messages.table", N_("Messages"), Access.COORDINATION),
    StaffSection("settings", "staff_settings.organisation", N_("Réglages"), Access.COORDINATION),
)


def staff_sections() -> list[tuple[str, str, str]]:
    """The entries that the present visitor may open: name, endpoint, words."""
    person = visitor()
    return [
        (section.name, section.endpoint, translated(section.words))
        for section in STAFF_SECTIONS
        if person is not None and person.role in ROLES[section.access] and not _leads_elsewhere(section, person.role)
    ]


def _leads_elsewhere(section: StaffSection, role: Role) -> bool:
    """Readers have no board of the day: it leads them to the figures. Those who coordinate see everybody's people."""
    return (section.name == "today" and role is Role.READER) or (
        section.name in {"own", "applications"} and role is not Role.ADVISOR
    )
