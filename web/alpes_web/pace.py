"""How often one person or one address may try something; beyond that, 429 and when to come back."""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import ip_address, ip_network

from flask import request
from werkzeug.exceptions import TooManyRequests

from alpes_events.people.rate import count_use
from alpes_web.site import site

_QUARTER = timedelta(minutes=15)


def limit_tries(action: str, subject: str, *, limit: int, window: timedelta = _QUARTER) -> None:
    """Count one try of `action` by `subject`; raise `TooManyRequests` beyond `limit` in the window.

    The count is written in a transaction of its own, and holds a keyed hash instead of the subject.
    """
    here = site()
    key = hmac.new(here.settings.secret_key.encode(), f"{action}:{subject.lower()}".encode(), hashlib.sha256)
    with here.database.writing() as db:
        wait = count_use(db, key.hexdigest(), limit=limit, window=window, now=here.now())
        db.commit()
    if wait is not None:
        raise TooManyRequests(retry_after=wait)


def limit_address(action: str, *, limit: int, window: timedelta = _QUARTER) -> None:
    """Count one try of `action` by the address that asks. Declared networks (many people share one) are not."""
    address = request.remote_addr or ""
    if not _is_trusted(address):
        limit_tries(action, address, limit=limit, window=window)


def _is_trusted(address: str) -> bool:
    settings = site().settings
    try:
        here = ip_address(address)
    except ValueError:
        return False
    if settings.demo and here.is_loopback:
        return True
    return any(here in ip_network(network, strict=False) for network in settings.trusted_networks)
