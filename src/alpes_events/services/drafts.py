"""An act as written, and what its kind makes of it: what it must say, what it cannot, and how much. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from alpes_events.language.sentence import N_, Sentence
from alpes_events.services.kinds import FIELDS, ActKind, BadAct, Need, Unit, the_act_kind
from alpes_events.services.quantities import UNIT_WORDS, written_quantity

_MOST = {Unit.MINUTE: 24 * 60 * 31, Unit.CENT: 100_000_000, Unit.PERSON: 10_000}


@dataclass(frozen=True)
class ActDraft:
    """An act as written; what its kind does not know stays empty. `unit` is given by files, which say theirs."""

    kind: str
    happened_on: date
    ended_on: date | None = None
    candidate_id: int | None = None
    group_name: str = ""
    organisation: str = ""
    place: str = ""
    detail: str = ""
    result: str = ""
    quantity: int = 1
    unit: str = ""
    import_key: str | None = None


def checked(draft: ActDraft, *, today: date) -> ActDraft:
    """The act without blanks around its words. Raises `UnknownActKind`, `BadAct`."""
    kind = the_act_kind(draft.kind)
    clean = replace(
        draft,
        group_name=draft.group_name.strip(),
        organisation=draft.organisation.strip(),
        place=draft.place.strip(),
        detail=draft.detail.strip(),
    )
    _check_needs(kind, clean)
    _check_lists(kind, clean)
    _check_days(kind, clean, today=today)
    _check_quantity(kind, clean)
    return clean


def _check_needs(kind: ActKind, draft: ActDraft) -> None:
    said = {
        "person": draft.candidate_id is not None,
        "group": bool(draft.group_name),
        "organisation": bool(draft.organisation),
        "place": bool(draft.place),
        "detail": bool(draft.detail),
    }
    for name, need in kind.needs.items():
        if need is Need.REQUIRED and not said[name]:
            raise BadAct(N_("Il manque %(what)s."), field=name, what=Sentence(FIELDS[name], ()))
        if need is Need.NONE and said[name]:
            raise BadAct(N_("Ce type de service ne note pas %(what)s."), field=name, what=Sentence(FIELDS[name], ()))


def _check_lists(kind: ActKind, draft: ActDraft) -> None:
    if kind.details and draft.detail and draft.detail not in kind.details:
        raise BadAct(N_("« %(said)s » n’est pas dans la liste de ce type."), field="detail", said=draft.detail)
    if draft.result and draft.result not in kind.results:
        raise BadAct(N_("« %(said)s » n’est pas dans la liste de ce type."), field="result", said=draft.result)


def _check_days(kind: ActKind, draft: ActDraft, *, today: date) -> None:
    if draft.happened_on > today:
        raise BadAct(N_("Ce jour n’est pas encore venu : un service se note quand il est rendu."), field="happened_on")
    if draft.ended_on is not None and not kind.has_end:
        raise BadAct(N_("Ce type de service n’a pas de date de fin."), field="ended_on")
    if draft.ended_on is not None and draft.ended_on < draft.happened_on:
        raise BadAct(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ended_on")


def _check_quantity(kind: ActKind, draft: ActDraft) -> None:
    if draft.unit and draft.unit != kind.unit:
        raise BadAct(
            N_("Ce type de service se compte en « %(unit)s », pas en « %(said)s »."),
            field="unit",
            unit=Sentence(UNIT_WORDS[kind.unit]),
            said=_unit_said(draft.unit),
        )
    most = _MOST.get(kind.unit, 1000)
    if not 0 < draft.quantity <= most:
        ends = {"least": written_quantity(1, kind.unit), "most": written_quantity(most, kind.unit)}
        raise BadAct(N_("La quantité doit être comprise entre %(least)s et %(most)s."), field="quantity", **ends)


def _unit_said(unit: str) -> Sentence | str:
    """What a unit is called, by its code; a word that is none, as it was written."""
    return next((Sentence(words) for code, words in UNIT_WORDS.items() if code == unit), unit)
