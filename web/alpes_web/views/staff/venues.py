"""Correcting a venue: its coming events move with it, and their people are told."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from alpes_events.agenda.models import Venue
from alpes_events.agenda.venues import BadVenue, VenueDraft, revise_venue, the_venue
from alpes_events.language.sentence import N_
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.scope import me
from alpes_web.staff.venue_text import located
from alpes_web.typed import whole_number

staff_venues = Blueprint("staff_venues", __name__, url_prefix="/staff/venues")


class VenueForm(StrictForm):
    """A venue: how to find it, how to come, who can get in."""

    name = StringField(N_("Nom du lieu"), validators=[Needed(N_("Écrivez le nom du lieu.")), AtMost(150)])
    address = StringField(N_("Adresse"), validators=[AtMost(300)])
    commune_name = StringField(
        N_("Commune du lieu"),
        description=N_("Son nom, son code postal, ou les deux."),
        validators=[Needed(N_("Indiquez la commune du lieu."))],
    )
    transport = StringField(N_("Pour venir"), validators=[AtMost(500)])
    accessibility = StringField(N_("Accessibilité du lieu"), validators=[AtMost(500)])


@staff_venues.route("/<int:venue_id>", methods=["GET", "POST"])
def edit(venue_id: int) -> Response | tuple[str, int]:
    """A venue corrected, for all its events. `event` in the address is the one to come back to."""
    with site().database.reading() as db:
        venue = the_venue(db, venue_id)
    form = VenueForm(data=_stored(venue))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                revise_venue(db, venue_id, located(db, _draft(form, venue)), now=now, account_id=me().account_id)
        except BadVenue as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le lieu est corrigé."), _back())
    page = render_template("staff/venues/form.html", section="events", form=form, venue=venue, back=_back())
    return page, 422 if form.mistakes else 200


def _draft(form: VenueForm, venue: Venue) -> VenueDraft:
    return VenueDraft(
        name=form.name.data or "",
        address=form.address.data or "",
        commune_name=form.commune_name.data or "",
        transport=form.transport.data or "",
        accessibility=form.accessibility.data or "",
        latitude=venue.latitude,
        longitude=venue.longitude,
    )


def _stored(venue: Venue) -> dict[str, str]:
    stored = {name: getattr(venue, name) for name in ("name", "address", "transport", "accessibility")}
    return {**stored, "commune_name": " ".join(part for part in (venue.postal_code, venue.commune_name) if part)}


def _back() -> str:
    event_id = whole_number(request.args.get("event", ""))
    if event_id is None:
        return url_for("staff_events.table")
    return url_for("staff_event.overview", event_id=event_id)
