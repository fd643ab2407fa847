"""The pages of the settings, in groups: who sees which, in the order of the list beside them."""

from dataclasses import dataclass

from flask import request, url_for

from alpes_events.language.sentence import N_
from alpes_web.access import ROLES, Access
from alpes_web.languages import translated
from alpes_web.visitor import visitor


@dataclass(frozen=True)
class SettingsSection:
    """One page of the settings. Every page of its blueprint belongs to it, unless the blueprint has several."""

    endpoint: str
    words: str
    access: Access = Access.COORDINATION

    @property
    def is_open(self) -> bool:
        """Whether the present page is this one, or one beneath it."""
        blueprint = self.endpoint.partition(".")[0]
        alone = sum(one.endpoint.startswith(f"{blueprint}.") for group in SETTINGS for one in group.sections) == 1
        return request.endpoint == self.endpoint or (alone and request.blueprint == blueprint)


@dataclass(frozen=True)
class SettingsGroup:
    """Pages that belong together."""

    words: str
    sections: tuple[SettingsSection, ...]


SETTINGS: tuple[SettingsGroup, ...] = (
    SettingsGroup(
        N_("L’organisation"),
        (
            SettingsSection("staff_settings.organisation", N_("Identité")),
            SettingsSection("staff_territory.page", N_("Territoire")),
            SettingsSection("staff_series.table", N_("Séries")),
            SettingsSection("staff_venues.table", N_("Lieux")),
        ),
    ),
    SettingsGroup(
        N_("Les règles"),
        (
            SettingsSection("staff_settings.waiting_list", N_("Liste d’attente")),
            SettingsSection("staff_settings.ranking", N_("Classement des offres")),
            SettingsSection("staff_texts.table", N_("Textes des messages")),
            SettingsSection("staff_settings.retention", N_("Conservation")),
            SettingsSection("staff_settings.figures", N_("Chiffres publiés")),
            SettingsSection("staff_record.page", N_("Registre des traitements")),
        ),
    ),
    SettingsGroup(
        N_("La machine"),
        (
            SettingsSection("staff_jobs.table", N_("Travaux")),
            SettingsSection("staff_webhooks.table", N_("Autres systèmes"), Access.ADMINISTRATION),
        ),
    ),
    SettingsGroup(
        N_("Les accès"),
        (
            SettingsSection("staff_accounts.table", N_("Comptes"), Access.ADMINISTRATION),
            SettingsSection("staff_audit.table", N_("Trace des accès"), Access.ADMINISTRATION),
        ),
    ),
)


@dataclass(frozen=True)
class SettingsLink:
    """One link of the list: `is_open` marks where the visitor is."""

    words: str
    address: str
    is_open: bool


def settings_groups() -> list[tuple[str, list[SettingsLink]]]:
    """The groups and pages that the present visitor may open."""
    person = visitor()
    groups = [
        (
            translated(group.words),
            [
                SettingsLink(translated(one.words), url_for(one.endpoint), one.is_open)
                for one in group.sections
                if person is not None and person.role in ROLES[one.access]
            ],
        )
        for group in SETTINGS
    ]
    return [(words, links) for words, links in groups if links]
