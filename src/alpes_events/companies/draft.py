"""What is written about a company and its establishments, made clean. Each refusal names its field."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from alpes_events.companies.models import CompanySize, SiaeKind
from alpes_events.companies.siret import clean_siret
from alpes_events.language.folding import composed, written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

LONGEST = {
    "name": 150,
    "website": 300,
    "activity": 500,
    "address": 300,
    "commune_name": 100,
    "postal_code": 12,
}
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"']")
_NAF = re.compile(r"(\d{2})\.?(\d{2})\s?([A-Z])")


class BadCompany(BadInput):
    """A value about a company that cannot be right; `field` names it."""


@dataclass(frozen=True)
class CompanyDraft:
    """A company as written. Empty text and None are not known."""

    name: str
    naf: str = ""
    size: CompanySize | None = None
    siae_kind: SiaeKind | None = None
    website: str = ""
    activity: str = ""
    logo_id: int | None = None


@dataclass(frozen=True)
class EstablishmentDraft:
    """One of its places. A listed commune is named by `insee_code`, any other by name and postal code."""

    name: str = ""
    siret: str = ""
    address: str = ""
    insee_code: str | None = None
    commune_name: str = ""
    postal_code: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is known of the place."""
        return self != NOWHERE


NOWHERE = EstablishmentDraft()
"""Nothing is known of a place."""


def clean_company(draft: CompanyDraft) -> CompanyDraft:
    """The draft with clean text, NAF code (« 6201Z ») and web address. Raises `BadCompany` with the field."""
    name = _text(draft.name, "name")
    if not any(sign.isalnum() for sign in name):
        raise BadCompany(N_("Écrivez le nom de l’entreprise."), field="name")
    return replace(
        draft,
        name=name,
        naf=clean_naf(draft.naf) or "",
        website=clean_website(draft.website),
        activity=_text(" ".join(written(draft.activity).split()), "activity"),
    )


def clean_establishment(draft: EstablishmentDraft) -> EstablishmentDraft:
    """The draft with clean text and SIRET. Raises `BadCompany`, `BadSiret` with the field."""
    return replace(
        draft,
        name=_text(draft.name, "name"),
        siret=clean_siret(draft.siret) or "",
        address=_text(draft.address, "address"),
        commune_name=_text(draft.commune_name, "commune_name"),
        postal_code=_text(draft.postal_code, "postal_code"),
        insee_code=(draft.insee_code or "").strip() or None,
    )


def clean_naf(text: str) -> str | None:
    """« 62.01Z » as « 6201Z »; None for none. Raises `BadCompany`."""
    typed = composed(text).upper()
    if not typed:
        return None
    found = _NAF.fullmatch(typed)
    if found is None:
        raise BadCompany(N_("Un code NAF s’écrit comme « 62.01Z » : quatre chiffres et une lettre."), field="naf")
    return "".join(found.groups())


def shown_naf(naf: str | None) -> str:
    """« 6201Z » as « 62.01Z »; empty for none."""
    return "" if not naf else f"{naf[:2]}.{naf[2:]}"


def clean_website(text: str) -> str:
    """A web address with http or https, or « »; a bare « example.fr » gets https. Raises `BadCompany`."""
    typed = _text(text, "website")
    if not typed:
        return ""
    whole = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        named = "." in (parts.hostname or "") and "@" not in parts.netloc
        good = named and parts.scheme in {"http", "https"} and not _NOT_IN_ADDRESS.search(whole)
    except ValueError:
        good = False
    if not good:
        raise BadCompany(
            N_("Cette adresse de site ne va pas : écrivez-la comme « https://example.fr »."), field="website"
        )
    return whole


def _text(text: str, field: str) -> str:
    clean = composed(text.replace("\0", ""))
    if len(clean) > LONGEST[field]:
        raise BadCompany(
            N_("Ce texte est trop long : %(longest)d signes au plus."), field=field, longest=LONGEST[field]
        )
    return clean
