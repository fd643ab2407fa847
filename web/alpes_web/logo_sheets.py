"""The logos of a catalogue, fourteen on a sheet: one request instead of fourteen, and each is a view of its sheet.

A sheet is an SVG drawing that holds small pictures. Its address holds a mark of which logos are on it, so that it may
be kept for ever: another logo is another address.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from alpes_events.fair.catalogue import CatalogueStand
from alpes_events.pictures.picture import Picture, smaller

ON_A_SHEET = 14
ACROSS, DOWN = 160, 80
"""Pixels of one logo: more than a page shows, for fine screens."""


@dataclass(frozen=True)
class LogoSheet:
    """Some logos in their order, by id."""

    number: int
    logo_ids: tuple[int, ...]

    @property
    def mark(self) -> str:
        """The same for the same logos, and for no others: what is kept of a picture never changes."""
        return hashlib.sha256(repr(self.logo_ids).encode()).hexdigest()[:12]


def sheets_of(stands: Sequence[CatalogueStand]) -> list[LogoSheet]:
    """The sheets of a catalogue, in its order; a logo that two stands share is drawn once."""
    ids = tuple(dict.fromkeys(stand.logo_id for stand in stands if stand.logo_id is not None))
    starts = range(0, len(ids), ON_A_SHEET)
    return [LogoSheet(number, ids[start : start + ON_A_SHEET]) for number, start in enumerate(starts)]


def logo_addresses(slug: str, sheets: Sequence[LogoSheet]) -> dict[int, str]:
    """Where each logo is found, by its id."""
    return {
        logo_id: f"{url_for('catalogue.logos', slug=slug, sheet=sheet.number, v=sheet.mark)}#l{place}"
        for sheet in sheets
        for place, logo_id in enumerate(sheet.logo_ids)
    }


def drawn_sheet(pictures: Sequence[Picture]) -> bytes:
    """The sheet of these logos, one under the other."""
    parts = [
        f'<view id="l{place}" viewBox="0 {place * DOWN} {ACROSS} {DOWN}"/>'
        f'<image y="{place * DOWN}" width="{ACROSS}" height="{DOWN}"'
        f' href="{smaller(picture, across=ACROSS, down=DOWN).inline}"/>'
        for place, picture in enumerate(pictures)
    ]
    box = f"0 0 {ACROSS} {DOWN * max(1, len(pictures))}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(parts)}</svg>'.encode()
