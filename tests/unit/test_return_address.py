"""After signing in, one stays on the site."""

import pytest

from alpes_web.return_address import safe_return


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "/\r\nLocation: x", "", "evil"],
)
def test_address_of_another_site_is_not_followed(wanted: str) -> None:
    assert safe_return(wanted, default="/here") == "/here"


def test_address_of_this_site_is_followed_with_its_query() -> None:
    assert safe_return("/staff/?day=2026-03-12", default="/") == "/staff/?day=2026-03-12"
