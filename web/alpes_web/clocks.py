"""What day it is on the organisation's clocks."""

from datetime import date

from alpes_web.identity import identity
from alpes_web.site import site


def today() -> date:
    """The day on which we are."""
    return site().now().astimezone(identity().zone).date()
