"""Where the people of a file of hours live: asked once for each place that is written."""

from dataclasses import dataclass, field

from sqlmodel import Session

from alpes_events.intake.hour_rows import HourRecord
from alpes_events.intake.hour_things import SomePerson
from alpes_events.intake.place_name import PlaceName
from alpes_events.language.refusal import BadInput
from alpes_events.people.identity import PersonIn
from alpes_events.people.residence import Residence, residence_of


@dataclass
class Places:
    """Remembers what was asked."""

    db: Session
    _known: dict[PlaceName, Residence | BadInput] = field(default_factory=dict)

    def settle(self, person: SomePerson, row: HourRecord) -> None:
        """Somebody new lives where a row says, and is of the sex that it says. Raises `BadInput`."""
        if person.id is not None:
            return
        person.row.sex = person.row.sex or row.sex
        if not row.place.said or person.row.insee_code or person.row.commune_name:
            return
        if row.place not in self._known:
            self._known[row.place] = self._ask(row.place)
        found = self._known[row.place]
        if isinstance(found, BadInput):
            raise found
        person.row.insee_code = found.insee_code
        person.row.commune_name = found.commune_name
        person.row.postal_code = found.postal_code

    def _ask(self, place: PlaceName) -> Residence | BadInput:
        said = PersonIn("", "", insee_code=place.insee_code, commune_name=place.name, postal_code=place.postal_code)
        try:
            return residence_of(self.db, said)
        except BadInput as refusal:
            return refusal
