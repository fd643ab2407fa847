"""A commune as a file names it: by INSEE code, or by name and postal code."""

from dataclasses import dataclass

from alpes_events.intake.columns import column
from alpes_events.intake.row import Row

PLACE_COLUMNS = (
    column("insee_code", "code INSEE", "insee", "code commune", "insee code"),
    column("commune_name", "commune", "ville", "city", "town", example="Lambersart"),
    column("postal_code", "code postal", "CP", "postal code", "zip", example="59130"),
)


@dataclass(frozen=True)
class PlaceName:
    """What the row says of a commune; « » is « not said »."""

    insee_code: str
    name: str
    postal_code: str

    @property
    def said(self) -> bool:
        """Whether anything is said."""
        return bool(self.insee_code or self.name or self.postal_code)


def place_name(row: Row) -> PlaceName:
    """The commune of a row. A code that a spreadsheet took for a number gets its first zero back."""
    insee, postal = row.text("insee_code").upper(), row.text("postal_code")
    return PlaceName(_padded(insee), row.text("commune_name"), postal)


def _padded(code: str) -> str:
    return code.zfill(5) if code.isdigit() and len(code) == 4 else code  # noqa: PLR2004 (01001 seen as 1001)
