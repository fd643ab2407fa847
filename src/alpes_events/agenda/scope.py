"""Which events a feed holds: all of the agenda, or those of a territory, commune, kind, series or theme."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, cast, exists, func, literal, or_, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col, select

from alpes_events.agenda.entries import said
from alpes_events.agenda.models import UNSEEN, Event, EventKind, Series, Venue
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune, Territory, TerritoryMember

FILTERS = ("territory", "commune", "kind", "series", "theme")
_MOST_VALUES = 20


class UnknownFilter(Refusal):
    """A filter that feeds do not have, or too many of them."""

    status = 400

    def __init__(self, name: str) -> None:
        super().__init__(
            N_(
                "Ce calendrier ne se filtre pas par « %(name)s ». Les filtres possibles : territory, commune, kind, "
                "series et theme, avec %(most)d valeurs au plus."
            ),
            name=name,
            most=_MOST_VALUES,
        )


class UnknownKind(Refusal):
    """A kind of event that does not exist."""

    status = 400

    def __init__(self, kind: str) -> None:
        super().__init__(
            N_("Il n’y a pas de genre d’événement « %(kind)s ». Les genres possibles : %(kinds)s."),
            kind=kind,
            kinds=", ".join(EventKind),
        )


class UnknownValue(NotFound):
    """A territory, commune, series or theme that the agenda does not know."""

    def __init__(self, sentence: str, value: str) -> None:
        super().__init__(sentence, value=value)


@dataclass(frozen=True)
class FeedScope:
    """The filters of a feed: values of one filter widen it, different filters narrow it. `slug` is one event."""

    territory: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    slug: str = ""

    @property
    def query(self) -> str:
        """The filters as the query of an address, always in the same order; empty without any."""
        return urlencode([(name, value) for name in FILTERS for value in getattr(self, name)])


def scope_of(arguments: Iterable[tuple[str, str]]) -> FeedScope:
    """The scope that an address asks for. Raises `UnknownFilter` or `UnknownKind`; empty values are left out."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in sorted({(name, value.strip()) for name, value in arguments}):
        if name not in FILTERS:
            raise UnknownFilter(name)
        if name == "kind" and value and value not in list(EventKind):
            raise UnknownKind(value)
        if value:
            values[name] = (*values.get(name, ()), value)
        if len(values.get(name, ())) > _MOST_VALUES:
            raise UnknownFilter(name)
    return FeedScope(
        territory=values.get("territory", ()),
        commune=values.get("commune", ()),
        kind=values.get("kind", ()),
        series=values.get("series", ()),
        theme=values.get("theme", ()),
    )


def scope_labels(db: Session, scope: FeedScope, *, language: str) -> list[str]:
    """The scope in words, for the feed's name. Raises `UnknownValue` for a value that the agenda does not know."""
    labels = [said(KIND_WORDS[EventKind(kind)].one, language) for kind in scope.kind]
    for code in scope.territory:
        name = db.exec(select(Territory.name).where(Territory.code == code)).first()
        labels.append(_known(name, N_("Le territoire « %(value)s » n’est pas connu : vérifiez son code."), code))
    for code in scope.commune:
        name = db.exec(select(Commune.name).where(Commune.insee_code == code)).first()
        labels.append(
            _known(name, N_("Aucune commune n’a le code INSEE « %(value)s » (ce n’est pas le code postal)."), code)
        )
    for slug in scope.series:
        name = db.exec(select(Series.name).where(Series.slug == slug)).first()
        labels.append(_known(name, N_("La série « %(value)s » n’est pas connue : l’agenda montre les autres."), slug))
    for theme in scope.theme:
        held = has_theme(theme, dialect=db.get_bind().dialect.name)
        used = db.exec(select(Event.id).where(held, col(Event.state).not_in(UNSEEN))).first()
        labels.append(_known(used and theme, N_("Aucun événement n’a le thème « %(value)s »."), theme))
    return labels


def _known(label: str | int | None, sentence: str, value: str) -> str:
    if not label:
        raise UnknownValue(sentence, value)
    return str(label)


def in_scope(scope: FeedScope, *, dialect: str) -> ColumnElement[bool]:
    """Whether an event belongs to the scope, whatever its state; `dialect` is the database's name."""
    conditions: list[ColumnElement[bool]] = []
    if scope.slug:
        conditions.append(col(Event.slug) == scope.slug)
    if scope.kind:
        conditions.append(col(Event.kind).in_([EventKind(kind) for kind in scope.kind]))
    if scope.series:
        conditions.append(col(Event.series_id).in_(select(Series.id).where(col(Series.slug).in_(scope.series))))
    if scope.commune:
        conditions.append(col(Event.venue_id).in_(select(Venue.id).where(col(Venue.insee_code).in_(scope.commune))))
    if scope.territory:
        conditions.append(_in_territory(scope.territory))
    if scope.theme:
        conditions.append(or_(*(has_theme(theme, dialect=dialect) for theme in scope.theme)))
    return and_(true(), *conditions)


def has_theme(theme: str, *, dialect: str) -> ColumnElement[bool]:
    """Whether an event's themes hold exactly this one."""
    if dialect == "postgresql":
        return cast(col(Event.themes), JSONB).contains([theme])
    listed = func.json_each(col(Event.themes)).table_valued("value")
    return exists(select(literal(1)).select_from(listed).where(listed.c.value == theme))


def _in_territory(codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether the event's commune belonged to one of the territories on the event's day (counted in UTC)."""
    day = func.date(col(Event.starts_at))
    return exists(
        select(literal(1))
        .select_from(Venue)
        .join(TerritoryMember, col(TerritoryMember.insee_code) == col(Venue.insee_code))
        .join(Territory, col(Territory.id) == col(TerritoryMember.territory_id))
        .where(
            col(Venue.id) == col(Event.venue_id),
            col(Territory.code).in_(codes),
            col(TerritoryMember.from_on) <= day,
            or_(col(TerritoryMember.until_on).is_(None), col(TerritoryMember.until_on) > day),
        )
    )
