"""The form that asks to be told of new offers: the choice of the list, as its address says it."""

from wtforms import HiddenField

from alpes_web.forms import AtMost, StrictForm


class AlertForm(StrictForm):
    """A choice, as the query of an address."""

    query = HiddenField(validators=[AtMost(600)])
