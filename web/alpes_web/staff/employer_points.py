"""What employers wait for, on the board of the day: each with the table where it is settled."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flask import url_for

from alpes_events.language.dates import moment
from alpes_events.messages.employer_needs import EmployerNeeds, StandsWaiting
from alpes_web.languages import language, translated, translated_count
from alpes_web.staff.point import Point


def employer_points(needs: EmployerNeeds, *, zone: ZoneInfo) -> tuple[Point, ...]:
    """Everything that waits, the most pressing first."""
    return (
        *(_to_decide(one, zone) for one in needs.to_decide),
        *(_chased(one, zone) for one in needs.chased),
        *_speakers(needs.speaker_count),
        *_applications(needs.application_count),
        *_drafts(needs.draft_count),
    )


def _to_decide(stands: StandsWaiting, zone: ZoneInfo) -> Point:
    title = translated_count(
        "%(num)s demande de stand attend une réponse", "%(num)s demandes de stand attendent une réponse", stands.count
    )
    address = url_for("staff_stand_requests.table", event_id=stands.event_id, state="requested")
    action = translated("Voir les demandes")
    return Point(title % {"num": stands.count}, _where(stands, zone), address, action, icon="salon")


def _chased(stands: StandsWaiting, zone: ZoneInfo) -> Point:
    title = translated_count(
        "%(num)s exposant relancé n’a pas complété son dossier",
        "%(num)s exposants relancés n’ont pas complété leur dossier",
        stands.count,
    )
    address = url_for("staff_stand_requests.table", event_id=stands.event_id, state="accepted", missing="1")
    action = translated("Voir ce qui manque")
    return Point(title % {"num": stands.count}, _where(stands, zone), address, action, icon="phone")


def _speakers(count: int) -> Iterator[Point]:
    if count:
        title = translated_count(
            "%(num)s personne demande à représenter une entreprise",
            "%(num)s personnes demandent à représenter une entreprise",
            count,
        )
        detail = translated("Rien de l’entreprise n’est montré avant votre accord.")
        address = url_for("staff_companies.table", only="requests")
        yield Point(title % {"num": count}, detail, address, translated("Voir les entreprises"), icon="key")


def _applications(count: int) -> Iterator[Point]:
    if count:
        title = translated_count(
            "%(num)s candidature n’a pas encore été lue", "%(num)s candidatures n’ont pas encore été lues", count
        )
        detail = translated("Chaque personne attend une réponse.")
        address = url_for("staff_applications.table", state="new")
        yield Point(title % {"num": count}, detail, address, translated("Voir les candidatures"), icon="doc")


def _drafts(count: int) -> Iterator[Point]:
    if count:
        title = translated_count("%(num)s offre est un brouillon", "%(num)s offres sont des brouillons", count)
        detail = translated("Personne ne peut encore la lire ni y répondre.")
        address = url_for("staff_offers.table", state="draft")
        yield Point(title % {"num": count}, detail, address, translated("Relire et publier"), icon="edit")


def _where(stands: StandsWaiting, zone: ZoneInfo) -> str:
    return f"{stands.title}, {moment(stands.starts_at, language=language(), zone=zone)}."
