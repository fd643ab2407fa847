"""What the placeholders of a text stand for, and a text told with them by voice."""

from zoneinfo import ZoneInfo

from alpes_events.messages.greeting import greeted
from alpes_events.messages.occasion import Occasion
from alpes_events.messages.spoken_dates import SpokenDates
from alpes_events.messages.wording import Wording, filled, paragraphs
from alpes_events.territory.organisation import OrganisationView


def named(
    name: str, organisation: OrganisationView, occasion: Occasion | None, *, dates: SpokenDates
) -> dict[str, str]:
    """The facts by their placeholder, for the person called `name`."""
    facts = {"prénom": greeted(name), "organisation": organisation.name}
    if occasion is not None:
        facts["événement"] = occasion.session_title or occasion.title
        facts["date"] = dates.when(occasion)
        facts["lieu"] = ", ".join(filter(None, (occasion.venue_name, occasion.commune)))
    return facts


def spoken_words(
    own: Wording, *, name: str, organisation: OrganisationView, occasion: Occasion, language: str
) -> tuple[str, ...]:
    """The text as a caller reads it out, a paragraph each."""
    dates = SpokenDates(language, ZoneInfo(organisation.time_zone))
    return tuple(paragraphs(filled(own.opening, named(name, organisation, occasion, dates=dates))))
