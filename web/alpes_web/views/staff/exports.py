"""Files to take away that need time to write: asked for here, fetched on the page of their progress."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response
from wtforms import RadioField

from alpes_events.errands.commands import Wish
from alpes_events.errands.models import ErrandKind
from alpes_events.language.sentence import N_, say
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.staff.asked_work import ask
from alpes_web.staff.fields import NumberField, PlainForm
from alpes_web.staff.scope import coordinates, only_registered_by

staff_exports = Blueprint("staff_exports", __name__, url_prefix="/staff/exports")

_YEARS = range(1990, 2101)
_OWN = {ErrandKind.SIGN_UPS: N_("Les inscriptions d’une année")}
_ALL = _OWN | {
    ErrandKind.EVENTS: N_("Tous les événements, année par année"),
    ErrandKind.FIGURES: N_("Les chiffres d’une année, recomptés"),
    ErrandKind.HOURS: N_("Les heures de la clause validées d’une année, par personne et mois"),
}


class ExportForm(PlainForm):
    """What is wanted, and for which year."""

    what = RadioField(N_("Que voulez-vous emporter ?"), default=ErrandKind.SIGN_UPS.value)
    year = NumberField(N_("Année"), description=N_("Elle ne compte pas pour « tous les événements »."))

    @property
    def wants_a_year(self) -> bool:
        """Whether what is wanted is of one year."""
        return bool(self.what.data != ErrandKind.EVENTS)


@staff_exports.route("", methods=["GET", "POST"])
def page() -> Response | tuple[str, int]:
    """What can be asked for: advisors take the people whom they signed up."""
    form = ExportForm(data={"year": today().year})
    offered = _ALL if coordinates() else _OWN
    form.what.choices = [(kind.value, translated(words)) for kind, words in offered.items()]
    if form.validate_on_submit():
        if not form.wants_a_year or form.year.data in _YEARS:
            return ask(ErrandKind(form.what.data), wishes=_wishes(form))
        form.year.errors = [say(N_("Écrivez une année, comme 2026."))]
    shown = render_template("staff/exports/page.html", section="events", form=form, coordinates=coordinates())
    return shown, 422 if form.mistakes else 200


def _wishes(form: ExportForm) -> dict[str, Wish]:
    wishes: dict[str, Wish] = {"year": form.year.data or 0} if form.wants_a_year else {}
    mine = only_registered_by()
    return wishes if mine is None else {**wishes, "registered_by": mine}
