"""Proving once more that it is me: before my address changes, or everything is erased."""

from flask import Blueprint, flash, redirect, session, url_for
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_, say
from alpes_events.people.identity import clean_email
from alpes_events.people.models import CodePurpose
from alpes_events.people.own_words import change_own_email
from alpes_events.people.proof import Proof, prove, signed_in_just_now
from alpes_events.privacy.own_erasure import consequences_of, erase_oneself
from alpes_web.entering import enter
from alpes_web.forms import StrictForm
from alpes_web.languages import language, translated
from alpes_web.limits import limit_tries
from alpes_web.my_data_forms import AddressForm, ButtonForm, CodeForm, EraseByCodeForm, EraseForm
from alpes_web.own_page import own_page
from alpes_web.proof_code import browser_secret, send_code
from alpes_web.site import site
from alpes_web.visitor import sign_browser_out, the_visitor

my_proof = Blueprint("my_proof", __name__, url_prefix="/my-space")

_MOST_TRIES = 10


@my_proof.route("/data/address", methods=["GET", "POST"])
def address() -> str | Response | tuple[str, int]:
    """Ask for a code at a new address. Whoever has it, the page says the same."""
    form = AddressForm()
    if form.validate_on_submit():
        send_code(CodePurpose.ADDRESS, address=clean_email(form.email.data))
        return redirect(url_for("my_proof.prove_address"), code=303)
    return own_page("my_space/address.html", form)


@my_proof.route("/data/address/code", methods=["GET", "POST"])
def prove_address() -> str | Response | tuple[str, int]:
    """Type the code that was sent to the new address: it is mine from now on, and only this browser stays signed in."""
    form, person = CodeForm(), the_visitor()
    if form.validate_on_submit():
        proof = _proof(form, CodePurpose.ADDRESS)
        if proof is not None and proof.address:
            return _move_to(proof.address)
    return own_page("my_space/address_code.html", form, email=person.email)


@my_proof.route("/data/erase", methods=["GET", "POST"])
def erase() -> str | Response | tuple[str, int]:
    """What erasing does; then, with a recent sign-in or a code, it is done."""
    now, person = site().now(), the_visitor()
    with site().database.reading() as db:
        recent = signed_in_just_now(db, person.session_id, now=now)
        consequences = consequences_of(db, person.account_id, now=now)
    asked = session.get("erasing") == person.session_id
    form = EraseForm() if recent else EraseByCodeForm()
    if form.validate_on_submit() and (recent or _proof(form, CodePurpose.ERASURE) is not None):
        return _erase_me()
    return own_page("my_space/erase.html", form, consequences=consequences, recent=recent, asked=asked)


@my_proof.post("/data/erase/code")
def ask_to_erase() -> Response:
    """Have a code sent to my address, to erase by."""
    ButtonForm().refuse_unknown_fields()
    send_code(CodePurpose.ERASURE, address=None)
    session["erasing"] = the_visitor().session_id
    return redirect(url_for("my_proof.erase"), code=303)


def _proof(form: StrictForm, purpose: CodePurpose) -> Proof | None:
    """What the code of the form proves; without it, the form says so."""
    person = the_visitor()
    limit_tries("proof", str(person.account_id), limit=_MOST_TRIES)
    with site().database.writing() as db:
        proof = prove(
            db,
            form.code.data,
            account_id=person.account_id,
            purpose=purpose,
            browser_secret=browser_secret(),
            key=site().settings.secret_key,
            now=site().now(),
        )
        db.commit()
    if proof is None:
        form.code.errors = [say(N_("Ce code n’est pas le bon, ou ne sert plus. Vérifiez-le, ou demandez-en un autre."))]
    return proof


def _move_to(address: str) -> Response:
    """The address is proved: it is the person's, and this browser gets a new session."""
    person, now = the_visitor(), site().now()
    with site().database.writing() as db:
        stays = change_own_email(db, person.account_id, address, now=now)
        db.commit()
    if not stays:
        sign_browser_out(person, now=now)
        flash(translated(N_("C’est fait. Reconnectez-vous avec votre nouvelle adresse.")), "ok")
        return redirect(url_for("sign_in.candidate"), code=303)
    answer = enter(person.account_id, shared=person.shared_computer, wanted=url_for("my_data.page"))
    flash(translated(N_("C’est fait : nous écrivons désormais à cette adresse.")), "ok")
    return answer


def _erase_me() -> Response:
    here, person = site(), the_visitor()
    erase_oneself(here.database, here.settings.backup_folder, person.account_id, language=language(), now=here.now())
    session.clear()
    flash(translated(N_("C’est fait : vos données sont effacées. Un dernier message vous le confirme.")), "ok")
    answer = redirect(url_for("agenda.upcoming"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
