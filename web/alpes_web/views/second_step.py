"""The second page of signing in: a code from the telephone, or a recovery code."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response
from wtforms import StringField

from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import tell_change
from alpes_events.messages.kinds import AccountChange
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.second_factor import Proof, WrongCode, use_code
from alpes_web.entering import enter, waiting
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.limits import limit_tries
from alpes_web.site import site

second_step = Blueprint("second_step", __name__)

_TRIES = 6
"""In a quarter of an hour: of a million codes three are right at any moment."""


class CodeForm(StrictForm):
    """Six digits, or a recovery code."""

    code = StringField(
        N_("Code"),
        [Needed(N_("Il manque le code.")), AtMost(30)],
        description=N_("Les six chiffres que montre l’application de votre téléphone, ou un code de secours."),
    )


@second_step.route("/staff/sign-in/code", methods=["GET", "POST"])
def code() -> Response | tuple[str, int]:
    """Ask for the code of whoever gave the right password in this browser."""
    form = CodeForm()
    sent = form.is_submitted()
    if sent:
        form.refuse_unknown_fields()
    who = waiting()
    if who is None:
        return render_template("sign_in/too_late.html"), 200
    if sent and form.validate():
        count_try(who.account_id)
        if used(who.account_id, form.code.data):
            return enter(who.account_id, shared=who.shared, wanted=who.wanted)
        form.blame(WrongCode())
    return render_template("sign_in/second_step.html", form=form), 422 if form.mistakes else 200


def count_try(account_id: int) -> None:
    """Count one try of a code for the account, wherever it comes from; past the limit, 429."""
    limit_tries("second-factor", str(account_id), limit=_TRIES)


def used(account_id: int, typed: str) -> bool:
    """Use a code up. A wrong one is written to the audit; a recovery code is told by mail."""
    now = site().now()
    with site().database.writing() as db:
        proof = use_code(db, account_id, typed, key=site().settings.secret_key, now=now)
        if proof is Proof.RECOVERY_CODE:
            tell_change(db, account_id, AccountChange.RECOVERY_CODE, now=now)
        db.commit()
    if proof is None:
        action = AuditAction.SECOND_FACTOR_REFUSED
        note_access(site().database, action, now=now, account_id=account_id, subject=("account", account_id))
    return proof is not None
