"""Defining figures of one's own: what they say is checked whole, what they said is kept, and they are retired."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.reporting.custom import OWN, IndicatorDraft, catalogue_of, own_definition, read_draft, with_own
from alpes_events.reporting.definition import MEMBER, BadDefinition, Definition, Op, operand
from alpes_events.reporting.models import CustomIndicator
from alpes_events.reporting.naming import with_member
from alpes_events.versions.commands import Subject, keep_former

_LONGEST_CODE = 56


class UnknownIndicator(NotFound):
    """No such figure of one's own."""

    def __init__(self) -> None:
        super().__init__(N_("Ce chiffre n’existe pas, ou n’existe plus."))


class IndicatorNeeded(Refusal):
    """Another figure is worked out from it."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            N_("« %(label)s » se calcule avec ce chiffre : changez-le ou retirez-le d’abord."),
            label=label,
        )


def define(db: Session, draft: IndicatorDraft, *, now: datetime, account_id: int | None) -> int:
    """Keep a figure more, that was tried before. Gives its id. Raises `BadDefinition`."""
    code = _free_code(db, draft.label)
    with_draft(db, OWN + code, draft)
    row = CustomIndicator(
        code=code, label=draft.label, label_en=draft.label_en, rule=draft.rule(), made_at=now, made_by=account_id
    )
    db.add(row)
    db.flush()
    _tell(db, row, "made", now=now, account_id=account_id)
    return row.id or 0


def redefine(db: Session, indicator_id: int, draft: IndicatorDraft, *, now: datetime, account_id: int | None) -> None:
    """Have a figure count something else, that was tried before: a version more; what it said is kept. Raises
    `UnknownIndicator`, `BadDefinition`.
    """
    row = the_indicator(db, indicator_id)
    with_draft(db, OWN + row.code, draft)
    if read_draft(row).rule() == draft.rule() and (row.label, row.label_en) == (draft.label, draft.label_en):
        return
    former = {"label": row.label, "label_en": row.label_en, "rule": row.rule, "version": row.version}
    keep_former(db, version_subject(indicator_id), former, now=now, account_id=account_id)
    if row.rule != draft.rule():
        row.version += 1
    row.label, row.label_en, row.rule = draft.label, draft.label_en, draft.rule()
    db.add(row)
    db.flush()
    _tell(db, row, "rule", now=now, account_id=account_id)


def retire(db: Session, indicator_id: int, *, now: datetime, account_id: int | None) -> None:
    """A figure is counted no more; reports that name it show it as gone. Raises `UnknownIndicator`,
    `IndicatorNeeded`.
    """
    row = the_indicator(db, indicator_id)
    for other in catalogue_of(db).values():
        if OWN + row.code in {name for name, _ in (other.formula.names() if other.formula else ())}:
            raise IndicatorNeeded(label=other.label)
    row.retired_at = row.retired_at or now
    db.add(row)
    db.flush()
    _tell(db, row, "retired", now=now, account_id=account_id)


def bring_back(db: Session, indicator_id: int, *, now: datetime, account_id: int | None) -> None:
    """A figure that was retired is counted again. Raises `UnknownIndicator`, `BadDefinition`."""
    row = the_indicator(db, indicator_id)
    with_own(catalogue_of(db), own_definition(OWN + row.code, read_draft(row), version=row.version))
    row.retired_at = None
    db.add(row)
    db.flush()
    _tell(db, row, "brought_back", now=now, account_id=account_id)


def with_draft(db: Session, name: str, draft: IndicatorDraft) -> Mapping[str, Definition]:
    """The catalogue with the draft in it. Raises `BadDefinition`: unknown figures, a circle, a list that is none."""
    definition = own_definition(name, draft)
    known = with_own(catalogue_of(db), definition)
    _refuse_lists(definition)
    _refuse_several_units(definition, known)
    return known


def _refuse_lists(definition: Definition) -> None:
    """A list is only summed whole, and only a list is."""
    formula = definition.formula
    for name, _earlier in formula.names() if formula else ():
        if formula is not None and (MEMBER in name) != (formula.op is Op.SUM_EACH):
            whole = N_("« %(name)s » n’est pas une liste : choisissez « Somme », ou une liste de chiffres (« … »).")
            single = N_("« %(name)s » est une liste de chiffres : seule sa somme entière se calcule ici.")
            raise BadDefinition(single if MEMBER in name else whole, field="first", name=name)


def _refuse_several_units(definition: Definition, known: Mapping[str, Definition]) -> None:
    """Hours and people are not added up."""
    formula = definition.formula
    if formula is None or formula.op not in (Op.SUM, Op.DIFFERENCE):
        return
    first, *rest = (meant for name, _earlier in formula.names() if (meant := operand(known, name)) is not None)
    other = next((one for one in rest if one[0].unit != first[0].unit), None)
    if other is not None:
        raise BadDefinition(
            N_("« %(first)s » et « %(second)s » ne sont pas dans la même unité : choisissez-en un autre."),
            field="second",
            first=with_member(first[0].label, first[1], SOURCE_LANGUAGE),
            second=with_member(other[0].label, other[1], SOURCE_LANGUAGE),
        )


def indicators(db: Session) -> list[CustomIndicator]:
    """All that were defined, those that are counted first."""
    rows = db.exec(select(CustomIndicator).order_by(col(CustomIndicator.id)))
    return sorted(rows, key=lambda one: one.retired_at is not None)


def the_indicator(db: Session, indicator_id: int) -> CustomIndicator:
    """The figure of this number. Raises `UnknownIndicator`."""
    row = db.get(CustomIndicator, indicator_id)
    if row is None:
        raise UnknownIndicator
    return row


def version_subject(indicator_id: int) -> Subject:
    """Under which name the former versions of a figure are kept."""
    return ("custom_indicator", str(indicator_id))


def _free_code(db: Session, label: str) -> str:
    """A code from the label that no figure has, retired ones among them."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:_LONGEST_CODE] or "figure"
    taken = set(db.exec(select(CustomIndicator.code).where(col(CustomIndicator.code).startswith(plain))))
    numbers = (f"{plain}_{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (plain, *numbers) if code not in taken)


def _tell(db: Session, row: CustomIndicator, what: str, *, now: datetime, account_id: int | None) -> None:
    record(
        db,
        EntryKind.INDICATOR_CHANGED,
        subject=("custom_indicator", row.id or 0),
        now=now,
        account_id=account_id,
        facts={"changed": [what], "version": row.version},
    )
