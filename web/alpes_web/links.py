"""The addresses that messages carry, and reading their secrets back.

A link about a sign-up holds its reference and a signature of 132 bits made with the deployment's secret for one purpose
only: the link to a ticket opens no survey. It opens no account. Giving the sign-up another reference revokes them all.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from alpes_web.site import site

_SIGNATURE_LENGTH = 22


class Purpose(StrEnum):
    """What a link about a sign-up opens. The value is its folder in the site."""

    MANAGE = "my-sign-up"
    OFFER = "offers"
    SURVEY = "survey"
    STAND = "stand"
    FOLLOW_UP = "after-the-event"
    ALERT = "job-offers/alerts"
    REQUEST = "job-offers/requests"
    HOURS = "hours"


@dataclass(frozen=True)
class SiteLinks:
    """The `Links` of the platform's messages: from the configured base address only, never from a request."""

    base_url: str
    key: str

    def home_url(self) -> str:
        """The public agenda."""
        return f"{self.base_url}/"

    def event_url(self, slug: str) -> str:
        """The public page of an event."""
        return f"{self.base_url}/events/{quote(slug)}"

    def job_offer_url(self, slug: str) -> str:
        """The public page of a job offer."""
        return f"{self.base_url}/job-offers/{quote(slug)}"

    def alert_url(self, reference: str) -> str:
        """The page that ends an alert on offers."""
        return self._signed(Purpose.ALERT, reference)

    def request_url(self, reference: str) -> str:
        """The page that confirms an application or an alert that was asked for without an account."""
        return self._signed(Purpose.REQUEST, reference)

    def offers_url(self) -> str:
        """The public list of job offers."""
        return f"{self.base_url}/job-offers"

    def own_application_url(self, application_id: int) -> str:
        """One's own application, in one's space."""
        return f"{self.base_url}/my-space/applications/{application_id}"

    def staff_application_url(self, application_id: int) -> str:
        """An application as staff read it."""
        return f"{self.base_url}/staff/applications/{application_id}"

    def manage_url(self, reference: str) -> str:
        """The page of one sign-up: ticket, place in the queue, cancelling."""
        return self._signed(Purpose.MANAGE, reference)

    def offer_url(self, reference: str) -> str:
        """The page where an offered place is taken or left."""
        return self._signed(Purpose.OFFER, reference)

    def survey_url(self, reference: str) -> str:
        """The page with the one question after the event."""
        return self._signed(Purpose.SURVEY, reference)

    def stand_url(self, reference: str) -> str:
        """The page of one exhibitor's stand."""
        return self._signed(Purpose.STAND, reference)

    def follow_up_url(self, reference: str) -> str:
        """The page where an exhibitor says what came of an event."""
        return self._signed(Purpose.FOLLOW_UP, reference)

    def declaration_url(self, reference: str) -> str:
        """The page where a company declares the hours of a month."""
        return self._signed(Purpose.HOURS, reference)

    def sign_in_url(self, secret: str) -> str:
        """The page that signs in with `secret`, once."""
        return f"{self.base_url}/sign-in/link/{quote(secret)}"

    def privacy_url(self) -> str:
        """The page that says what is kept and why."""
        return f"{self.base_url}/your-data"

    def staff_url(self) -> str:
        """The coordinator's board."""
        return f"{self.base_url}/staff/"

    def clause_lapses_url(self) -> str:
        """The list of what is about to lapse under the social clause."""
        return f"{self.base_url}/staff/clause/lapses"

    def report_url(self, report_id: int) -> str:
        """A yearly report, as it is written."""
        return f"{self.base_url}/staff/reports/{report_id}"

    def password_url(self, secret: str) -> str:
        """The page where somebody of staff chooses a password with `secret`, once."""
        return f"{self.base_url}/staff/password/{quote(secret)}"

    def forgotten_url(self) -> str:
        """The page that sends somebody of staff such a link."""
        return f"{self.base_url}/staff/password"

    def employer_url(self) -> str:
        """The employer's own space."""
        return f"{self.base_url}/employer/"

    def _signed(self, purpose: Purpose, reference: str) -> str:
        return f"{self.base_url}/{purpose}/{signed(reference, purpose=purpose, key=self.key)}"


def site_links() -> SiteLinks:
    """The links of the site that answers the present request."""
    settings = site().settings
    return SiteLinks(settings.base_url, settings.secret_key)


def signed(reference: str, *, purpose: Purpose, key: str) -> str:
    """The secret of a link: the reference and its signature."""
    return f"{reference}-{_signature(reference, purpose=purpose, key=key)}"


def reference_in(secret: str, *, purpose: Purpose, key: str) -> str | None:
    """The reference in the secret of a link, if it was made by us for this purpose; else None."""
    reference, _, signature = secret.partition("-")
    expected = _signature(reference, purpose=purpose, key=key)
    return reference if hmac.compare_digest(signature.encode(), expected.encode()) else None


def _signature(reference: str, *, purpose: Purpose, key: str) -> str:
    digest = hmac.new(key.encode(), f"link:{purpose}:{reference}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode()[:_SIGNATURE_LENGTH]
