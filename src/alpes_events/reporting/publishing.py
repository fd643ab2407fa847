"""Publishing: a report is frozen with its figures, their rules and a hash; a correction is another edition."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.database.in_turn import wait_for_turn
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE
from alpes_events.reporting.as_json import as_json
from alpes_events.reporting.counted import counted_for
from alpes_events.reporting.making import tell_report, the_report
from alpes_events.reporting.models import ReportChapter, ReportEdition
from alpes_events.reporting.reading import edition_pages
from alpes_events.reporting.refusals import BadReport, ReportChanged, ReportDisagrees, UnknownEdition
from alpes_events.reporting.set_report import SetReport, frozen
from alpes_events.reporting.setting import written_report

LANGUAGES = (SOURCE_LANGUAGE, "en")


@dataclass(frozen=True)
class Change:
    """A figure that differs from the edition before; None: it was not recorded, or not there."""

    id: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Proof:
    """A report as it would be frozen: what it prints in each language, the figures of one moment that are in all of
    them, and the hash (hexadecimal) of the whole.
    """

    report_id: int
    pages: Mapping[str, SetReport]
    content: Mapping[str, Any]
    sha256: str
    state: Sequence[object]
    chapters: Sequence[ReportChapter]

    @property
    def mark(self) -> str:
        """What stood in the report, as one short text: another, as soon as somebody changed something."""
        return hash_of({"state": self.state})

    def check_shown(self, mark: str) -> None:
        """Raises `ReportChanged` when this is not what somebody was shown."""
        if mark != self.mark:
            raise ReportChanged


def proof_of(db: Session, report_id: int) -> Proof:
    """Count and set the report. Raises `UnknownReport`. It takes long: outside of a transaction that writes."""
    written = written_report(db, the_report(db, report_id))
    counted = counted_for(db, written.report.year)
    pages = {language: written.set(counted, language=language) for language in LANGUAGES}
    content = {
        "pages": {language: frozen(one) for language, one in pages.items()},
        "figures": as_json(pages[SOURCE_LANGUAGE].lines),
        "hidden": counted.hidden(),
        "lines": {language: counted.veiled_lines(language) for language in LANGUAGES},
    }
    return Proof(report_id, pages, content, hash_of(content), written.state(), written.chapters)


def publish(db: Session, proof: Proof, *, why: str, now: datetime, account_id: int | None) -> int:
    """Freeze the report as it was counted, in both languages. Gives the number of the edition.

    Raises `UnknownReport`; `ReportChanged` when somebody wrote in it since; `BadReport` when a block names a figure
    that is gone, or nobody says what a later edition corrects; `ReportDisagrees` when checks disagree and nobody says
    why it is published.
    """
    report_id, french = proof.report_id, proof.pages[SOURCE_LANGUAGE]
    wait_for_turn(db, f"report {report_id}")
    if written_report(db, the_report(db, report_id)).state() != proof.state:
        raise ReportChanged
    before = last_edition(db, report_id)
    if french.gone():
        raise BadReport(
            N_("Un bloc nomme « %(name)s », qui n’existe plus : corrigez-le d’abord."), name=french.gone()[0]
        )
    disagreeing = len(french.disagreeing())
    if disagreeing and not why.strip():
        raise ReportDisagrees(count=disagreeing)
    if before is not None and not why.strip():
        raise BadReport(N_("Dites ce que cette édition corrige : c’est imprimé avec elle."), field="why")
    edition = ReportEdition(
        report_id=report_id,
        number=1 if before is None else before.number + 1,
        content=dict(proof.content),
        sha256=proof.sha256,
        why=why.strip(),
        changes=[] if before is None else [asdict(one) for one in _corrected(before, proof)],
        published_at=now,
        published_by=account_id,
    )
    db.add(edition)
    db.flush()
    tell_report(db, report_id, ["published"], now=now, account_id=account_id)
    return edition.number


def _corrected(before: ReportEdition, proof: Proof) -> list[Change]:
    """The figures that differ, of those that the report prints, now or in the edition before."""
    printed = {*edition_pages(before, SOURCE_LANGUAGE).shown(), *proof.pages[SOURCE_LANGUAGE].shown()}
    return [one for one in changes(before.content["figures"], proof.content["figures"]) if one.id in printed]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The figures whose printed value differs."""
    found = []
    for name in sorted({*before, *after}):
        then, now = (figures.get(name, {}).get("value") for figures in (before, after))
        if then != now:
            found.append(Change(name, then, now))
    return found


def hash_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 (hexadecimal) of the content, keys in order."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def last_edition(db: Session, report_id: int) -> ReportEdition | None:
    """The edition published last."""
    asked = select(ReportEdition).where(ReportEdition.report_id == report_id)
    return db.exec(asked.order_by(col(ReportEdition.number).desc())).first()


def editions(db: Session, report_id: int) -> list[ReportEdition]:
    """Every edition, the last first."""
    asked = select(ReportEdition).where(ReportEdition.report_id == report_id)
    return list(db.exec(asked.order_by(col(ReportEdition.number).desc())))


def the_edition(db: Session, report_id: int, number: int) -> ReportEdition:
    """One edition. Raises `UnknownEdition`."""
    asked = select(ReportEdition).where(ReportEdition.report_id == report_id, ReportEdition.number == number)
    found = db.exec(asked).first()
    if found is None:
        raise UnknownEdition
    return found
