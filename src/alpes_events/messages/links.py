"""The addresses that messages carry. The web shell knows them; here stands only what is asked of it.

Secrets in them are made when a message is sent: they stand neither in the journal, nor in the outbox, nor in a preview.
"""

from dataclasses import dataclass
from typing import Protocol


class Links(Protocol):
    """What the shell gives: absolute addresses, from the configured base address only.

    `reference` is the sign-up's own, as stored; giving the sign-up another one revokes its links.
    """

    def home_url(self) -> str:
        """The public agenda."""
        ...

    def event_url(self, slug: str) -> str:
        """The public page of an event."""
        ...

    def job_offer_url(self, slug: str) -> str:
        """The public page of a job offer."""
        ...

    def alert_url(self, reference: str) -> str:
        """The page that ends an alert on offers."""
        ...

    def request_url(self, reference: str) -> str:
        """The page that confirms an application or an alert that was asked for without an account."""
        ...

    def offers_url(self) -> str:
        """The public list of job offers."""
        ...

    def own_application_url(self, application_id: int) -> str:
        """One's own application, in one's space; it asks who is not signed in for their address."""
        ...

    def staff_application_url(self, application_id: int) -> str:
        """An application as staff read it."""
        ...

    def manage_url(self, reference: str) -> str:
        """The page of one sign-up, with its ticket and the button to cancel; reusable until the event ends."""
        ...

    def offer_url(self, reference: str) -> str:
        """The page where an offered place is taken or left, until its deadline."""
        ...

    def survey_url(self, reference: str) -> str:
        """The page with the one question after the event."""
        ...

    def stand_url(self, reference: str) -> str:
        """The page of one exhibitor's stand: where it stands, completing and withdrawing it; good until the end."""
        ...

    def follow_up_url(self, reference: str) -> str:
        """The page where an exhibitor says what came of an event; good until its last day."""
        ...

    def declaration_url(self, reference: str) -> str:
        """The page where a company declares the hours of a month; good for three months after they are decided."""
        ...

    def sign_in_url(self, secret: str) -> str:
        """The page that signs in with `secret`, once."""
        ...

    def privacy_url(self) -> str:
        """The page that says what is kept and why."""
        ...

    def staff_url(self) -> str:
        """The coordinator's board."""
        ...

    def clause_lapses_url(self) -> str:
        """The list of what is about to lapse under the social clause."""
        ...

    def report_url(self, report_id: int) -> str:
        """A yearly report, as it is written."""
        ...

    def password_url(self, secret: str) -> str:
        """The page where somebody of staff chooses a password with `secret`, once."""
        ...

    def forgotten_url(self) -> str:
        """The page that sends somebody of staff such a link."""
        ...

    def employer_url(self) -> str:
        """The employer's own space; it asks who is not signed in for their address, and sends them a link."""
        ...


@dataclass(frozen=True)
class PreviewLinks:
    """The same addresses with every secret replaced, for previews."""

    base_url: str

    def home_url(self) -> str:
        """The public agenda."""
        return f"{self.base_url}/"

    def event_url(self, slug: str) -> str:
        """The public page of an event."""
        return f"{self.base_url}/{slug}"

    def job_offer_url(self, slug: str) -> str:
        """The public page of a job offer."""
        return f"{self.base_url}/{slug}"

    def alert_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def request_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def offers_url(self) -> str:
        """The public list of job offers."""
        return self._hidden

    def own_application_url(self, application_id: int) -> str:  # noqa: ARG002 (none in a preview)
        """Nobody's application."""
        return self._hidden

    def staff_application_url(self, application_id: int) -> str:  # noqa: ARG002 (none in a preview)
        """Nobody's application."""
        return self._hidden

    def manage_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def offer_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def survey_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def stand_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def follow_up_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def declaration_url(self, reference: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def sign_in_url(self, secret: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def privacy_url(self) -> str:
        """The page that says what is kept and why."""
        return self._hidden

    def staff_url(self) -> str:
        """The coordinator's board."""
        return self._hidden

    def clause_lapses_url(self) -> str:
        """The list of what is about to lapse under the social clause."""
        return self._hidden

    def report_url(self, report_id: int) -> str:  # noqa: ARG002 (none in a preview)
        """A yearly report, as it is written."""
        return self._hidden

    def password_url(self, secret: str) -> str:  # noqa: ARG002 (none in a preview)
        """No secret."""
        return self._hidden

    def forgotten_url(self) -> str:
        """The page that sends somebody of staff such a link."""
        return self._hidden

    def employer_url(self) -> str:
        """The employer's own space."""
        return self._hidden

    @property
    def _hidden(self) -> str:
        return f"{self.base_url}/…"
