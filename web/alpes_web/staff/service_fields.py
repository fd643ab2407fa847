"""Fields of the forms of services: quantities as people type them, people ticked."""

from typing import Any

from markupsafe import Markup
from wtforms import Field, Form
from wtforms.widgets import html_params

from alpes_events.services.kinds import BadAct, Unit
from alpes_events.services.quantities import read_quantity, written_quantity
from alpes_web.forms import Needed
from alpes_web.staff.choice_fields import IdsField
from alpes_web.staff.fields import Mistyped, TypedField


class QuantityField(TypedField):
    """A quantity in the unit of a kind: 12,50 € is cents, 1 h 30 is minutes; empty is None."""

    def __init__(self, label: str, unit: Unit, **options: Any) -> None:
        super().__init__(label, **options)
        self._unit = unit

    def widget(self, _field: Field, **attributes: Any) -> Markup:
        """A line of text."""
        attributes.setdefault("id", self.id)
        attributes.pop("required", None)
        said = {"name": self.name, "value": self._value(), "class": "w-s", "autocomplete": "off"}
        return Markup('<input type="text" {}>').format(
            Markup(html_params(**{**attributes, **said}))  # noqa: S704 (WTForms escapes attributes)  # nosec B704
        )

    def _read(self, text: str) -> int:
        try:
            return read_quantity(text, self._unit)
        except BadAct as refusal:
            raise Mistyped(refusal.sentence) from refusal

    def _shown(self, value: int) -> str:
        return written_quantity(value, self._unit)


class Counted(Needed):
    """The quantity may not be left out; that it is 0 is told by the kind, with what it may be."""

    def __call__(self, form: Form, field: Field) -> None:
        """Stop at an empty answer only."""
        if field.data is None:
            super().__call__(form, field)


class PeopleField(IdsField):
    """The people ticked, by the numbers of their records."""

    def process_data(self, value: object) -> None:
        """Those who stand there already."""
        self.data = tuple(value) if isinstance(value, (list, tuple)) else ()
