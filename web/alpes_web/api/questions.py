"""What may be asked of the interface: the parameters of each address, checked and described in one place."""

import re
from datetime import date
from typing import Annotated, TypeVar

from flask import request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.scope import FeedScope
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import LANGUAGES, N_

_MOST_VALUES = 20
_LONGEST = 150

Word = Annotated[str, Field(max_length=_LONGEST)]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def _written_as_a_day(value: object) -> object:
    if isinstance(value, str) and not _ISO_DAY.match(value):
        raise ValueError(value)
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
Values = Annotated[tuple[Word, ...], Field(max_length=_MOST_VALUES)]


class BadQuestion(Refusal):
    """A parameter that the address does not know, or whose value it cannot read."""

    status = 400

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("Le paramètre « %(name)s » n’est pas prévu ici, ou sa valeur ne se lit pas : voyez %(address)s."),
            name=name[:_LONGEST],
            address="/api/v1/openapi.json",
        )


class Question(BaseModel):
    """Parameters of an address. `lang` is the language of labels and sentences."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$", description="fr or en")] = "fr"


class EventsQuestion(Question):
    """Which events: values of one filter widen it, different filters narrow it."""

    territory: Annotated[Values, Field(description="Code of a territory.")] = ()
    commune: Annotated[Values, Field(description="INSEE code of the venue's commune.")] = ()
    kind: Annotated[tuple[EventKind, ...], Field(max_length=_MOST_VALUES, description="Kind of event.")] = ()
    series: Annotated[Values, Field(description="Slug of a series.")] = ()
    theme: Annotated[Values, Field(description="A theme, as written.")] = ()
    from_: Annotated[Day | None, Field(alias="from", description="First day; today.")] = None
    until: Annotated[Day | None, Field(description="Last day; without end.")] = None
    page: Annotated[int, Field(ge=1, le=10_000, description="From 1.")] = 1
    size: Annotated[int, Field(ge=1, le=100, description="Events on a page.")] = 30

    @property
    def scope(self) -> FeedScope:
        """The filters, as feeds know them."""
        kinds = tuple(kind.value for kind in self.kind)
        return FeedScope(self.territory, self.commune, kinds, self.series, self.theme)


Asked = TypeVar("Asked", bound=Question)


def asked(kind: type[Asked]) -> Asked:
    """The question that the present address asks. Raises `BadQuestion` with the first parameter that is wrong."""
    lists = {field.alias or name for name, field in kind.model_fields.items() if field.default == ()}
    given = {
        name: [value for value in values if value] if name in lists else values[-1]
        for name, values in request.args.to_dict(flat=False).items()
    }
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise BadQuestion(str(error.errors()[0]["loc"][0])) from error
