"""Setting up the second factor of one's own account, its recovery codes, and taking it away."""

from flask import Blueprint, render_template, session, url_for
from werkzeug.wrappers import Response
from wtforms import Field, PasswordField, StringField

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import tell_change
from alpes_events.messages.kinds import AccountChange
from alpes_events.people.new_password import check_own_password
from alpes_events.people.proof import signed_in_just_now
from alpes_events.people.second_factor import (
    WrongCode,
    new_salt,
    remove_second_factor,
    renew_recovery_codes,
    second_factor_of,
    set_second_factor,
)
from alpes_events.people.totp import address_of, secret_of
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.identity import identity
from alpes_web.my_data_forms import Unmarked
from alpes_web.present_password import present_password
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.views.second_step import count_try, used
from alpes_web.visitor import the_visitor

second_factor = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")

_SALT = "second_factor_salt"


class SetUpForm(StrictForm):
    """A code that the application shows now; and the present password, unless the sign-in is `recent`: who sits down at
    a browser that was left open sets no second factor of theirs.
    """

    present = PasswordField(N_("Mot de passe actuel"), [Unmarked(), AtMost(200)])
    code = StringField(N_("Code à six chiffres"), [Needed(N_("Il manque le code.")), AtMost(30)])
    recent = True

    def validate_present(self, field: Field) -> None:
        """Ask the password of whoever signed in a while ago."""
        if not self.recent:
            Needed(N_("Il manque votre mot de passe actuel."))(self, field)


class ProveForm(StrictForm):
    """A code of the application, or a recovery code, before something is given up."""

    code = StringField(N_("Code de l’application, ou code de secours"), [Needed(N_("Il manque le code.")), AtMost(30)])


@second_factor.get("")
def page() -> str:
    """What is set up; or how to set it up."""
    return _page(ProveForm(formdata=None))


@second_factor.post("/set-up")
def set_up() -> str | tuple[str, int]:
    """The application shows the right code: from now on it is asked for. Gives the recovery codes, once."""
    form, me = _asking(SetUpForm()), the_visitor()
    if not form.validate_on_submit():
        return _page(ProveForm(formdata=None), form), 422
    count_try(me.account_id)
    try:
        if not form.recent:
            with present_password() as db:
                check_own_password(db, me.account_id, form.present.data)
        with change() as (db, now):
            codes = set_second_factor(
                db,
                me.account_id,
                salt=_salt(),
                code=form.code.data,
                session_id=me.session_id,
                key=site().settings.secret_key,
                now=now,
            )
            tell_change(db, me.account_id, AccountChange.SECOND_FACTOR_SET, now=now)
    except BadInput as refusal:
        form.blame(refusal)
        return _page(ProveForm(formdata=None), form), 422
    session.pop(_SALT, None)
    return render_template("account/recovery_codes.html", codes=codes, first=True)


@second_factor.post("/recovery-codes")
def recovery_codes() -> str | tuple[str, int]:
    """Ten new recovery codes, shown once; those before no longer serve."""
    form, me = ProveForm(), the_visitor()
    if not _proved(form):
        return _page(form), 422
    with change() as (db, now):
        codes = renew_recovery_codes(db, me.account_id, key=site().settings.secret_key, now=now)
    return render_template("account/recovery_codes.html", codes=codes, first=False)


@second_factor.post("/remove")
def remove() -> Response | tuple[str, int]:
    """Take the second factor away, with a code: to give it up, or for another telephone."""
    form, me = ProveForm(), the_visitor()
    if not _proved(form):
        return _page(form), 422
    with change() as (db, now):
        if remove_second_factor(db, me.account_id, now=now, by=me.account_id):
            tell_change(db, me.account_id, AccountChange.SECOND_FACTOR_REMOVED, now=now)
    return done(N_("La connexion en deux temps est retirée."), url_for("second_factor.page"))


def _proved(form: ProveForm) -> bool:
    """Whether a good code was typed; it is used up."""
    if not form.validate_on_submit():
        return False
    me = the_visitor()
    count_try(me.account_id)
    if used(me.account_id, form.code.data):
        return True
    form.blame(WrongCode())
    return False


def _asking(form: SetUpForm) -> SetUpForm:
    """The form, that asks the present password unless this browser signed in just now."""
    with site().database.reading() as db:
        form.recent = signed_in_just_now(db, the_visitor().session_id, now=site().now())
    return form


def _page(prove: ProveForm, form: SetUpForm | None = None) -> str:
    me = the_visitor()
    with site().database.reading() as db:
        factor = second_factor_of(db, me.account_id)
    if factor is not None:
        return render_template("account/second_factor.html", factor=factor, form=prove)
    secret = secret_of(_salt(), account_id=me.account_id, key=site().settings.secret_key)
    address = address_of(secret, email=me.email, issuer=identity().short_name)
    form = form or _asking(SetUpForm(formdata=None))
    return render_template("account/set_up.html", form=form, secret=secret, address=address)


def _salt() -> str:
    """What the secret being set up is made from: kept in the browser's signed cookie until the code proves it. By
    itself it says nothing.
    """
    if _SALT not in session:
        session[_SALT] = new_salt()
    return str(session[_SALT])
