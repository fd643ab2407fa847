"""What proves to another system that a call is ours and fresh: HMAC-SHA256 of id, time and body (Standard Webhooks)."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

_PREFIX = "whsec_"


def secret_of(salt: str, *, key: str) -> str:
    """The secret of a webhook, to be given to the other system: from its salt and the deployment's key."""
    digest = hmac.new(key.encode(), f"webhook:{salt}".encode(), hashlib.sha256).digest()
    return _PREFIX + b64encode(digest).decode()


def signed_headers(body: bytes, *, call_id: str, at: datetime, secret: str) -> Mapping[str, str]:
    """The headers that go with `body`. `call_id` stays the same when a call is made again."""
    instant = str(int(at.timestamp()))
    key = b64decode(secret.removeprefix(_PREFIX))
    signature = hmac.new(key, f"{call_id}.{instant}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": call_id,
        "webhook-timestamp": instant,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
