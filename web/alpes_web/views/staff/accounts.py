"""The accounts of staff: listed, invited, changed, closed and opened again by an administrator."""

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import invite, invite_again, revise_and_tell, tell_change
from alpes_events.messages.kinds import AccountChange
from alpes_events.people.account_address import EmailTaken
from alpes_events.people.account_changes import refuse_own, reopen_account
from alpes_events.people.account_list import staff_accounts, staff_line
from alpes_events.people.accounts import disable_account, staff_account
from alpes_events.people.new_password import ready_password, set_password
from alpes_events.people.password_links import revoke_invitation
from alpes_events.people.protection import LinkPurpose
from alpes_events.people.second_factor import remove_second_factor
from alpes_events.territory.models import Organisation, SecondFactorRule
from alpes_events.territory.revision import ask_second_factor
from alpes_web.site import site
from alpes_web.staff.account_forms import AccountForm, InvitationForm, PasswordForm, RuleForm, event_titles, kept
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.scope import me

staff_accounts_pages = Blueprint("staff_accounts", __name__, url_prefix="/staff/accounts")

_SENT = {
    LinkPurpose.INVITATION: N_("L’invitation part par e-mail."),
    LinkPurpose.FORGOTTEN: N_("Ce compte a déjà un mot de passe : un lien d’une heure part, pour en choisir un autre."),
}


@staff_accounts_pages.get("")
def table() -> str:
    """Every account of staff, and of whom a second factor is asked."""
    with site().database.reading() as db:
        form = _rule_form(db)
    return _table(form)


def _rule_form(db: Session) -> RuleForm:
    stored = _rule(db)
    return RuleForm(data=stored).amends(("organisation", 1), stored, _rule)


def _rule(db: Session) -> dict[str, SecondFactorRule]:
    row = db.get(Organisation, 1)
    return {"rule": SecondFactorRule.NOBODY if row is None else row.second_factor}


def _table(form: RuleForm) -> str:
    with site().database.reading() as db:
        accounts = staff_accounts(db, now=site().now())
        events = event_titles(db, [account.event_id for account in accounts])
    return render_template("staff/accounts/table.html", section="settings", accounts=accounts, events=events, form=form)


@staff_accounts_pages.post("/second-factor")
def rule() -> Response | tuple[str, int]:
    """Say of whom a second factor is asked."""
    with site().database.reading() as db:
        form = _rule_form(db)
    if not form.validate_on_submit() or form.rule.data is None:
        if form.overtaken is None:
            abort(400)
        return _table(form), 422
    with change(form) as (db, now):
        ask_second_factor(db, SecondFactorRule(form.rule.data), now=now, account_id=me().account_id)
    return done(N_("C’est enregistré."), url_for("staff_accounts.table"))


@staff_accounts_pages.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """Invite a colleague: they choose their password by the link that is sent."""
    form = InvitationForm()
    with site().database.reading() as db:
        form.offer_events(db)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                account_id = invite(db, form.account(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            _blame(form, refusal)
        else:
            return done(N_("L’invitation part par e-mail."), url_for("staff_accounts.page", account_id=account_id))
    page = render_template("staff/accounts/form.html", section="settings", form=form)
    return page, 422 if form.mistakes else 200


@staff_accounts_pages.route("/<int:account_id>", methods=["GET", "POST"])
def page(account_id: int) -> Response | tuple[str, int]:
    """One account: what it is and may do, and what can be done about it."""
    with site().database.reading() as db:
        account = staff_account(db, account_id)
        line = staff_line(db, account, now=site().now())
        form = AccountForm(data=kept(account))
        form.offer_events(db)
    form.amends(("account", account_id), kept(account), lambda db: kept(staff_account(db, account_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_and_tell(db, account_id, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            _blame(form, refusal)
        else:
            return done(N_("Le compte est enregistré."), _address(account_id))
    page = render_template("staff/accounts/page.html", section="settings", form=form, account=line)
    return page, 422 if form.mistakes else 200


@staff_accounts_pages.route("/<int:account_id>/password", methods=["GET", "POST"])
def password(account_id: int) -> Response | tuple[str, int]:
    """A new password: every browser signed in with the old one is signed out."""
    form = PasswordForm()
    form.refuse_unknown_fields()
    refuse_own(account_id, me().account_id)
    with site().database.reading() as db:
        account = staff_account(db, account_id)
    if form.validate_on_submit():
        try:
            with site().database.reading() as db:
                new = ready_password(db, account_id, form.password.data or "")
            with change() as (db, now):
                set_password(db, new, now=now, account_id=me().account_id)
                tell_change(db, account_id, AccountChange.PASSWORD, now=now)
        except Refusal as refusal:
            if not form.blame(refusal):
                form.password.errors = [refusal.sentence]
        else:
            return done(N_("Le mot de passe est changé."), _address(account_id))
    page = render_template("staff/accounts/password.html", section="settings", form=form, account=account)
    return page, 422 if form.mistakes else 200


@staff_accounts_pages.post("/<int:account_id>/invite")
def again(account_id: int) -> Response:
    """Send another link for choosing a password."""
    pressed()
    with change() as (db, now):
        staff_account(db, account_id)
        purpose = invite_again(db, account_id, now=now, account_id=me().account_id)
    return done(_SENT[purpose], _address(account_id))


@staff_accounts_pages.post("/<int:account_id>/revoke")
def revoke(account_id: int) -> Response:
    """The link that was sent no longer serves."""
    pressed()
    with change() as (db, now):
        staff_account(db, account_id)
        revoke_invitation(db, account_id, now=now, account_id=me().account_id)
    return done(N_("Le lien envoyé ne sert plus."), _address(account_id))


@staff_accounts_pages.post("/<int:account_id>/reset-second-factor")
def reset(account_id: int) -> Response:
    """A colleague lost their telephone: they sign in by password alone, and are told by mail."""
    pressed()
    refuse_own(account_id, me().account_id)
    with change() as (db, now):
        staff_account(db, account_id)
        if remove_second_factor(db, account_id, now=now, by=me().account_id):
            tell_change(db, account_id, AccountChange.SECOND_FACTOR_RESET, now=now)
    return done(N_("La connexion en deux temps est retirée de ce compte."), _address(account_id))


@staff_accounts_pages.post("/<int:account_id>/disable")
def disable(account_id: int) -> Response:
    """Nobody signs in with this account any more. Somebody else closes one’s own."""
    pressed()
    refuse_own(account_id, me().account_id)
    with change() as (db, now):
        staff_account(db, account_id)
        disable_account(db, account_id, now=now, account_id=me().account_id)
    return done(N_("Le compte est fermé : plus personne ne se connecte avec."), _address(account_id))


@staff_accounts_pages.post("/<int:account_id>/reopen")
def reopen(account_id: int) -> Response:
    """A closed account can sign in again."""
    pressed()
    with change() as (db, now):
        reopen_account(db, account_id, now=now, account_id=me().account_id)
    return done(N_("Le compte est de nouveau ouvert."), _address(account_id))


def _blame(form: AccountForm, refusal: Refusal) -> None:
    """Put a refusal beside the field it is about."""
    if isinstance(refusal, EmailTaken):
        form.email.errors = [refusal.sentence]
    elif not form.blame(refusal):
        form.role.errors = [refusal.sentence]


def _address(account_id: int) -> str:
    return url_for("staff_accounts.page", account_id=account_id)
