"""E-mail domains: a public provider's is nobody's own, whatever the country."""

import pytest

from alpes_events.companies.email_domain import BadDomain, clean_domain, domain_of, is_public, own_domain_of


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "orange.fr", "Free.fr", "hotmail.co.uk", "yahoo.fr", "laposte.net", "outlook.com", "sfr.fr"],
)
def test_public_provider_is_never_approved(domain: str) -> None:
    assert is_public(domain)
    assert own_domain_of(f"rh@{domain}") == ""
    with pytest.raises(BadDomain, match="ouvert à tout le monde"):
        clean_domain(domain)


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("@Exemple.fr", "exemple.fr"),
        ("rh@exemple.fr", "exemple.fr"),
        ("mail.exemple.fr", "mail.exemple.fr"),
        ("orange-bleue.fr", "orange-bleue.fr"),
        ("ville.gouv.fr", "ville.gouv.fr"),
    ],
)
def test_domain_of_a_company_is_read_however_it_is_typed(typed: str, domain: str) -> None:
    assert clean_domain(typed) == domain
    assert not is_public(domain)


@pytest.mark.parametrize(
    "typed", ["", "fr", "asso.fr", "co.uk", "exemple", "ex emple.fr", "exemple..fr", "-a.fr", "a" * 200 + ".fr"]
)
def test_what_is_no_domain_of_ones_own_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(BadDomain) as refused:
        clean_domain(typed)
    assert refused.value.field == "domain"


def test_no_address_has_no_domain() -> None:
    assert domain_of(None) == domain_of("") == ""
