"""The lists of services as the address asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from sqlmodel import Session

from alpes_events.people.queries import CandidateView
from alpes_events.people.records import records_of, records_of_all
from alpes_events.services.kinds import ActKind
from alpes_events.services.listing import ActChoice, ActsListed, ActSums, listed_acts, said_before, years_of_acts
from alpes_web.clocks import today
from alpes_web.staff.own import own_ids
from alpes_web.staff.person_choice import person_named
from alpes_web.staff.service_words import detail_name, result_name
from alpes_web.staff.table import asked_part, asked_text
from alpes_web.typed import whole_number

_MONTHS = 12
ALL_YEARS = "all"


@dataclass(frozen=True)
class ServiceTable:
    """One page of acts of a kind, what was chosen, and what there is to choose from."""

    listed: ActsListed
    choice: ActChoice
    years: Sequence[int]
    person: CandidateView | None
    lists: Mapping[str, Sequence[tuple[str, str]]]
    """Of the fields of the kind that can be chosen by: codes with their words."""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the year was chosen."""
        one = self.choice
        return bool(one.month or one.place or one.detail or one.result or one.text or self.person)


def service_table(db: Session, kind: ActKind) -> ServiceTable:
    """The page that the address asks for."""
    own, person = own_records(db), person_named(db)
    years = years_of_acts(db, kind.code, own)
    choice = service_choice(kind, years, own if person is None else records_of(db, person.id), person)
    listed = listed_acts(db, choice, part=asked_part())
    return ServiceTable(listed, choice, years, person, _lists(db, kind, own))


def own_records(db: Session) -> Sequence[int] | None:
    """The records of the people whom alone the visitor sees; None for those who see all."""
    own = own_ids(db)
    return None if own is None else sorted(records_of_all(db, own))


def service_choice(
    kind: ActKind, years: Sequence[int], records: Sequence[int] | None, person: CandidateView | None
) -> ActChoice:
    """What the address asks for, of these records; without a year, this one or the latest that has any."""
    year = None if person is not None and "year" not in request.args else asked_year(years)
    month = whole_number(request.args.get("month", ""), most=_MONTHS)
    return ActChoice(
        kind.code,
        year,
        month or None,
        place=asked_text("place"),
        detail=asked_text("detail"),
        result=asked_text("result"),
        text=asked_text(),
        records=records,
    )


def asked_year(years: Sequence[int]) -> int | None:
    """The year of the address; None for all of them."""
    given = request.args.get("year", "")
    if given == ALL_YEARS:
        return None
    number = whole_number(given, most=9998)
    return number if number and number >= 1 else default_year(years)


def default_year(years: Sequence[int]) -> int:
    """This year when it has any, else the latest that has."""
    this = today().year
    return this if this in years or not years else years[0]


def sums_told(sums: Mapping[str, ActSums]) -> int:
    """How many acts of all kinds together."""
    return sum(one.acts for one in sums.values())


def _lists(db: Session, kind: ActKind, own: Sequence[int] | None) -> Mapping[str, Sequence[tuple[str, str]]]:
    typed = [name for name in ("place", "detail") if kind.asks(name) and not (name == "detail" and kind.details)]
    found = {name: [(one, one) for one in words] for name, words in said_before(db, kind.code, typed, own).items()}
    if kind.details:
        found["detail"] = [(code, detail_name(kind, code)) for code in kind.details]
    if kind.results:
        found["result"] = [(code, result_name(kind, code)) for code in kind.results]
    return {name: choices for name, choices in found.items() if choices}
