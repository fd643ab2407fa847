"""How far two places are, as the crow flies."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

_EARTH_RADIUS_KM = 6371.0


class Position(NamedTuple):
    """A place on the ground, in degrees (WGS 84). A tuple, as places are compared by the thousand."""

    latitude: float
    longitude: float


def kilometres_between(first: Position, second: Position) -> float:
    """Kilometres along a great circle (haversine formula)."""
    south, north = radians(first.latitude), radians(second.latitude)
    rise = sin((north - south) / 2) ** 2
    turn = sin(radians(second.longitude - first.longitude) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, rise + cos(south) * cos(north) * turn)))
