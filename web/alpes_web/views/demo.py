"""Pages of the demonstration only: the mail that it kept."""

from flask import Blueprint, abort, render_template

from alpes_web.demo_mailbox import newest_mail, one_mail
from alpes_web.site import site

demo = Blueprint("demo", __name__, url_prefix="/demo")


@demo.before_request
def only_in_demo() -> None:
    """Outside demo mode these pages do not exist."""
    if not site().settings.demo:
        abort(404)


@demo.get("/mailbox")
def mailbox() -> str:
    """What was sent, newest first."""
    return render_template("demo/mailbox.html", mails=newest_mail(site().settings.mailbox_folder))


@demo.get("/mailbox/<name>")
def mail(name: str) -> str:
    """One message."""
    found = one_mail(site().settings.mailbox_folder, name)
    if found is None:
        abort(404)
    return render_template("demo/mail.html", mail=found)
