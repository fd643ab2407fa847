"""How far two places are, as the crow flies."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Position:
    """A place on the ground, in degrees (WGS 84)."""

    latitude: float
    longitude: float


def kilometres_between(first: Position, second: Position) -> float:
    """Kilometres along a great circle (haversine formula)."""
    south, north = radians(first.latitude), radians(second.latitude)
    rise = sin((north - south) / 2) ** 2
    turn = sin(radians(second.longitude - first.longitude) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, rise + cos(south) * cos(north) * turn)))
