"""Who counts as one caller of the site."""

import pytest

from alpes_web.limits import one_subscriber


@pytest.mark.parametrize(
    ("caller", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:eeee:dddd:cccc", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_addresses_of_one_subscriber_count_together(caller: str, counted: str) -> None:
    assert one_subscriber(caller) == counted
