"""The addresses in messages lead somewhere: each is a page of the site."""

import inspect
from urllib.parse import urlsplit

import pytest

from alpes_events.database.engine import connect
from alpes_web.links import SiteLinks
from tests.support.web import SETTINGS, a_site

ADDRESSES = [name for name, _ in inspect.getmembers(SiteLinks, inspect.isfunction) if name.endswith("_url")]

_GIVEN = {str: "abc", int: 7}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_of_a_message_is_a_page_of_the_site(address: str) -> None:
    make = getattr(SiteLinks(SETTINGS.base_url, SETTINGS.secret_key), address)
    told = urlsplit(make(*(_GIVEN[one.annotation] for one in inspect.signature(make).parameters.values())))
    assert f"{told.scheme}://{told.netloc}" == SETTINGS.base_url
    pages = a_site(connect("sqlite://")).url_map.bind(told.netloc)
    pages.match(told.path, method="GET")
