"""E-mail domains: whose a domain may be, and which are open to everybody.

An address at a public provider (Orange, Gmail, …) says nothing of where somebody works: such a domain is no company's.
"""

import re

from alpes_events.language.folding import composed
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

_DOMAIN = re.compile(r"(?=.{4,190}\Z)([a-z0-9](-?[a-z0-9])*\.)+[a-z]{2,}\Z")
_PUBLIC_FAMILIES = frozenset(
    {
        *("gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "rocketmail", "aol", "icloud"),
        *("orange", "wanadoo", "free", "sfr", "laposte", "bbox", "neuf", "numericable", "aliceadsl", "alice", "noos"),
        *("cegetel", "club-internet", "9online", "libertysurf", "tiscali", "caramail", "voila", "dbmail", "mailo"),
        *("netcourrier", "gmx", "proton", "protonmail", "pm", "tutanota", "tuta", "zoho", "zohomail", "mail", "email"),
        *("yandex", "fastmail", "hushmail", "qq", "163", "126", "web", "t-online", "skynet", "telenet", "proximus"),
        *("voo", "scarlet", "me", "mac", "passport", "posteo", "mailbox", "mailinator", "yopmail", "guerrillamail"),
        *("nordnet", "infonie", "worldonline", "estvideo", "evc", "ovi", "hey", "duck", "riseup", "autistici"),
    }
)
"""The names of public providers, whatever country their address ends with."""
_SHARED_ENDINGS = frozenset({"asso", "gouv", "com", "co", "org", "net", "ac", "edu", "nom", "presse"})
"""« asso.fr » is no domain of anybody's own."""


class BadDomain(BadInput):
    """A domain that cannot be approved for a company."""

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence, field="domain", **facts)


def is_public(domain: str) -> bool:
    """Whether anybody may have an address there."""
    labels = [label for label in domain.lower().strip(".").split(".")[:-1] if label not in _SHARED_ENDINGS]
    return bool(labels) and labels[-1] in _PUBLIC_FAMILIES


def domain_of(email: str | None) -> str:
    """What follows the « @ »; empty for no address."""
    return (email or "").rpartition("@")[2].lower()


def own_domain_of(email: str | None) -> str:
    """The domain of an address that may be a company's own; empty at a public provider."""
    domain = domain_of(email)
    return "" if not domain or is_public(domain) else domain


def clean_domain(text: str) -> str:
    """« @Exemple.fr » as « exemple.fr ». Raises `BadDomain`, also for a public provider's."""
    domain = composed(text).lower().rpartition("@")[2].strip(". ")
    if not _DOMAIN.match(domain):
        raise BadDomain(N_("Écrivez le domaine comme « exemple.fr », sans ce qui précède le « @ »."))
    if set(domain.split(".")[:-1]) <= _SHARED_ENDINGS:
        raise BadDomain(N_("« %(domain)s » est partagé : écrivez le domaine entier."), domain=domain)
    if is_public(domain):
        raise BadDomain(
            N_("« %(domain)s » est ouvert à tout le monde : invitez plutôt la personne par son adresse."), domain=domain
        )
    return domain
