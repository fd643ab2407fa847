"""How often something may be tried, by one address or on one account: counted in the database, by all processes."""

import hashlib
import hmac
from datetime import timedelta
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network

from flask import request
from werkzeug.exceptions import TooManyRequests

from alpes_events.people.rate import count_use
from alpes_web.site import site

QUARTER_HOUR = timedelta(minutes=15)
_SUBSCRIBER_BITS = 64


def limit_address(action: str, *, limit: int, window: timedelta = QUARTER_HOUR) -> None:
    """Count one use of `action` from the present address, in a transaction of its own.

    Past `limit` uses in the window it answers 429 with `Retry-After`. A trusted network (a room of computers behind
    one address) is not counted, nor is this computer itself in demo mode.
    """
    caller = request.remote_addr or ""
    if not _trusted(caller, site().settings.trusted_networks):
        limit_tries(action, one_subscriber(caller), limit=limit, window=window)


def limit_tries(action: str, subject: str, *, limit: int, window: timedelta = QUARTER_HOUR) -> None:
    """Count one try of `action` by or on `subject` (an address, an e-mail), whoever asks; past `limit`, 429."""
    here = site()
    with here.database.noting() as db:
        wait = count_use(db, _key(action, subject.lower()), limit=limit, window=window, now=here.now())
        db.commit()
    if wait is not None:
        raise TooManyRequests(retry_after=wait)


def _key(action: str, subject: str) -> str:
    """The counter's name: nobody can read the subject back from it without the site's secret."""
    secret = site().settings.secret_key.encode()
    return f"{action}:{hmac.new(secret, subject.encode(), hashlib.sha256).hexdigest()[:40]}"


def one_subscriber(caller: str) -> str:
    """What one subscriber calls from: an IPv4 address, or in IPv6 all the addresses (2⁶⁴) that providers hand out."""
    try:
        address = ip_address(caller)
    except ValueError:
        return caller
    if isinstance(address, IPv4Address):
        return caller
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _SUBSCRIBER_BITS), strict=False))


def _trusted(caller: str, networks: tuple[str, ...]) -> bool:
    try:
        address = ip_address(caller)
    except ValueError:
        return False
    if site().settings.demo and address.is_loopback:
        return True
    return any(address in network for network in _networks(networks))


@lru_cache
def _networks(written: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(network, strict=False) for network in written)
