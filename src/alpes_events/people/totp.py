"""Codes of six digits from an application on the telephone (TOTP, RFC 6238): the secret, and which code is right when.

The secret is never stored: it is made anew from the account's salt and the deployment's own secret, so that a copy of
the database opens nothing.
"""

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime

import pyotp

STEP_SECONDS = 30
_SECRET_OCTETS = 20
"""160 bits, as RFC 4226 recommends for SHA-1, the only one that every application knows."""
_STEPS_AROUND = (0, -1, 1)
"""A telephone's clock may be half a minute off, and typing takes time."""


def secret_of(salt: str, *, account_id: int, key: str) -> str:
    """The secret that the application keeps, in base 32; `key` is the deployment's secret."""
    digest = hmac.new(key.encode(), f"second-factor:{account_id}:{salt}".encode(), hashlib.sha256).digest()
    return b32encode(digest[:_SECRET_OCTETS]).decode()


def address_of(secret: str, *, email: str, issuer: str) -> str:
    """What the QR code says to the application (`otpauth:`)."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer.replace(":", " ")))


def step_of(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // STEP_SECONDS


def right_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The half minute whose code this is, among the present and its two neighbours; None when it is none of theirs."""
    typed = "".join(code.split())
    generator, present = pyotp.TOTP(secret), step_of(now)
    found = None
    for shift in _STEPS_AROUND:  # all of them, whichever is right: the time taken tells nothing
        if hmac.compare_digest(generator.generate_otp(present + shift).encode(), typed.encode()):
            found = present + shift
    return found
