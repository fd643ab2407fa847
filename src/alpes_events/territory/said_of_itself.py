"""What an organisation that answers for its site says of itself there, and what is still missing of it."""

from alpes_events.language.sentence import N_
from alpes_events.territory.models import Organisation

SAID_OF_ITSELF = (
    "transport",
    "accessibility",
    "legal_number",
    "publication_director",
    "host",
    "data_protection_contact",
)
"""How one comes to its door, and what its legal and privacy notices say; empty texts are not shown, never invented."""

OWED: dict[str, str] = {
    "address": N_("l’adresse"),
    "telephone": N_("le téléphone"),
    "email": N_("l’adresse e-mail"),
    "publication_director": N_("la direction de la publication"),
    "host": N_("l’hébergeur"),
    "data_protection_contact": N_("le contact pour la protection des données"),
}
"""What the law asks of whoever publishes a site (LCEN, article 1-1) and keeps data (GDPR, article 13), in words."""


def missing_of(organisation: Organisation) -> tuple[str, ...]:
    """What the organisation owes to its public and has not said yet, in words of the catalogues."""
    return tuple(words for name, words in OWED.items() if not getattr(organisation, name))
