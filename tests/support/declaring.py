"""A company's month declared, for tests: opened, and sent with hours."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declarations import open_declaration, write_draft
from alpes_events.clause.declaring.declaring import Flag, LineDraft, seen_key
from alpes_events.clause.declaring.sending import send_declaration
from alpes_events.clause.tables.declaration_rows import DeclarationWay, DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from tests.support.clause import FEBRUARY, JANUARY, Site, a_site, employs
from tests.support.stories import NOW

HOUR = 60
WAY = DeclarationWay.LINK


def opens(db: Session, site: Site, month: date = JANUARY) -> int:
    """The company's month, opened. Gives its id."""
    return open_declaration(db, site.company_id, month, today=NOW.date(), now=NOW, account_id=None)


def opens_for(db: Session, site: Site, number: int = 1) -> tuple[int, int]:
    """The same with somebody under contract. Gives the ids of the declaration and of the employment contract."""
    who = employs(db, site, number)
    return opens(db, site), who


def hours_of(employment_id: int, hours: int = 100, **changes: object) -> LineDraft:
    """Hours of the whole of January."""
    line = LineDraft(JANUARY, date(2026, 1, 31), hours * HOUR, employment_id)
    return replace(line, **changes)  # type: ignore[arg-type]


def sends(
    db: Session, declaration_id: int, *lines: LineDraft, seen: tuple[str, ...] = (), nobody: bool = False
) -> None:
    """The company sends these hours."""
    send_declaration(db, declaration_id, lines, way=WAY, now=NOW, account_id=None, nobody_worked=nobody, seen=seen)


def declare_in_town(db: Session) -> None:
    """The town's first company has sent January, with somebody unknown, and has begun February."""
    who = db.exec(select(EmploymentContract).order_by(col(EmploymentContract.id))).first()
    assert who is not None
    january, february = (
        open_declaration(db, who.company_id, month, today=NOW.date(), now=NOW, account_id=None)
        for month in (JANUARY, FEBRUARY)
    )
    known = hours_of(who.id or 0, 60)
    stranger = replace(known, employment_id=None, person_words="Camille Inconnue", minutes=7 * HOUR)
    seen = (seen_key(known, Flag.COUNTED), seen_key(stranger, Flag.UNKNOWN))
    sends(db, january, known, stranger, seen=seen)
    write_draft(db, february, [], way=WAY, now=NOW, account_id=None)


def crowd_the_declarations(db: Session, number: int) -> None:
    """One line more of the town's first declaration, and one company more that has somebody under contract."""
    first = db.exec(select(HourDeclaration).order_by(col(HourDeclaration.id))).first()
    who = db.exec(select(EmploymentContract.id).order_by(col(EmploymentContract.id).desc())).first()
    assert first is not None
    db.add(
        DeclaredLine(
            declaration_id=first.id or 0,
            employment_id=who,
            from_on=JANUARY,
            until_on=date(2026, 1, 31),
            minutes=HOUR,
            way=WAY,
            state=LineState.SENT,
            written_at=NOW,
        )
    )
    opens_for(db, a_site(db, 300 + number), 8000 + number)
