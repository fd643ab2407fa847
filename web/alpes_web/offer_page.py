"""The page of one offer: what the job is, and the form to apply of who looks at it."""

from uuid import uuid4

from flask import render_template
from wtforms import BooleanField, HiddenField, TextAreaField

from alpes_events.hiring.applications_table import ApplicationLine, applied_for
from alpes_events.hiring.applying import LONGEST_MESSAGE
from alpes_events.hiring.listing import ShownOffer, public_offer
from alpes_events.hiring.refusals import UnknownOffer
from alpes_events.hiring.structured import structured_offer
from alpes_events.language.sentence import N_, Sentence
from alpes_events.people.candidate_account import candidates_of
from alpes_events.people.models import Role
from alpes_events.people.records import records_of
from alpes_web.clocks import today
from alpes_web.forms import AtMost, StrictForm
from alpes_web.identity import identity
from alpes_web.links import site_links
from alpes_web.offer_request_form import ApplicationRequestForm
from alpes_web.site import site
from alpes_web.visitor import visitor


class ApplyForm(StrictForm):
    """An application of who is signed in: a few words, if one likes."""

    message = TextAreaField(
        N_("Quelques mots pour l’employeur"),
        description=N_("Ce que vous savez faire, et quand vous pouvez commencer."),
        validators=[AtMost(LONGEST_MESSAGE)],
    )
    shares_contact = BooleanField(
        N_("L’employeur peut me joindre directement : je lui donne mon e-mail et mon téléphone")
    )
    form_key = HiddenField(default=lambda: str(uuid4()))


def the_shown_offer(slug: str) -> ShownOffer:
    """The offer as everyone sees it. Raises `UnknownOffer`."""
    with site().database.reading() as db:
        shown = public_offer(db, slug, today=today())
    if shown is None:
        raise UnknownOffer
    return shown


def offer_page(slug: str, form: StrictForm | None = None, *, setback: Sentence | None = None) -> str:
    """The page, with the form as it was filled; without one, an empty form for who looks."""
    shown, person = the_shown_offer(slug), visitor()
    applied: ApplicationLine | None = None
    if person is not None and person.role is Role.CANDIDATE:
        with site().database.reading() as db:
            own = [record for one in candidates_of(db, person.account_id) for record in records_of(db, one)]
            applied = applied_for(db, shown.offer.id or 0, own)
    address = site_links().job_offer_url(slug)
    return render_template(
        "offers/page.html",
        section="offers",
        shown=shown,
        form=form or (ApplicationRequestForm(formdata=None) if person is None else ApplyForm(formdata=None)),
        setback=setback,
        applied=applied,
        address=address,
        structured=structured_offer(shown.offer, shown.company, address=address, site_name=identity().name),
    )
