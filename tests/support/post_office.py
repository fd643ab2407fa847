"""A scheduler's desk that sends to a real mail server, and people who follow the letters that arrive there."""

from dataclasses import dataclass
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from alpes_events.language.typography import plain
from alpes_scheduler import duties
from alpes_scheduler.desk import Desk
from tests.support.smtp import MailHost


@dataclass(frozen=True)
class PostOffice:
    """The scheduler's desk of the site, and the mail server it hands over to."""

    desk: Desk
    host: MailHost

    def deliver(self) -> None:
        """Tell of all that happened, and send all that is due."""
        duties.deliver_journal(self.desk)
        duties.send_mail(self.desk)

    def letters(self, email: str) -> list[EmailMessage]:
        """What somebody received, in order."""
        return [mail for mail in self.host.taken if mail["To"] == email]

    def subjects(self, email: str) -> list[str]:
        """What is written on it."""
        return [plain(str(mail["Subject"])) for mail in self.letters(email)]

    def follow(self, page: Page, email: str, label: str, *, saying: str) -> None:
        """Press the button of somebody's newest letter, in a reader of mail. Its plain text has the same address."""
        letter = self.letters(email)[-1]
        shown, bare = letter.get_body(("html",)), letter.get_body(("plain",))
        assert shown is not None
        assert bare is not None
        page.set_content(shown.get_content())
        expect(page.get_by_text(saying)).to_be_visible()
        button = page.get_by_role("link", name=label)
        assert f"{label}\n{button.get_attribute('href')}\n" in bare.get_content().replace("\r\n", "\n")
        button.click()
