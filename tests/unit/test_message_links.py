"""The secrets in the addresses of messages open one thing each."""

import pytest

from alpes_web.links import Purpose, reference_in, signed

KEY = "a secret for tests that is long enough to be one"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_secret_opens_one_thing_for_one_sign_up_under_one_key(purpose: Purpose) -> None:
    secret = signed("K7M2QX9AB", purpose=purpose, key=KEY)
    assert reference_in(secret, purpose=purpose, key=KEY) == "K7M2QX9AB"
    assert reference_in(secret, purpose=purpose, key=KEY + "x") is None
    assert reference_in(secret.replace("K7M2QX9AB", "K7M2QX9AC"), purpose=purpose, key=KEY) is None
    assert reference_in(secret[:-1], purpose=purpose, key=KEY) is None
    assert reference_in("é", purpose=purpose, key=KEY) is None
    others = [other for other in Purpose if other is not purpose]
    assert [reference_in(secret, purpose=other, key=KEY) for other in others] == [None] * len(others)
