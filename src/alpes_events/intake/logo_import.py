"""Logos of companies from a folder: each file is named after a SIRET or the name of its company."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from alpes_events.companies.logo import give_logo
from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.queries import standing_company
from alpes_events.companies.siret import SIRET_LENGTH, clean_siret
from alpes_events.database.engine import Database
from alpes_events.language.folding import composed
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence
from alpes_events.pictures.picture import LARGEST
from alpes_matching.companies import core_name


class NoSuchOwner(BadInput):
    """A file whose name says no company, or more than one."""


@dataclass(frozen=True)
class LogoAnswer:
    """What became of one file: `company` has it now, or had it before (`new` False); else `reason` says why not."""

    file: str
    company: str = ""
    new: bool = False
    reason: Sentence | None = None


def import_logos(database: Database, files: Iterable[Path], *, now: datetime, dry_run: bool) -> Iterator[LogoAnswer]:
    """Give each company the logo in its file, each in a transaction of its own; what a rehearsal writes is undone."""
    for file in files:
        name = composed(file.name)
        try:
            content = _read(file)
            with database.writing() as db:
                company = owner_of(db, composed(file.stem))
                changed = give_logo(db, company.id or 0, content, name=name, now=now, account_id=None)
                answer = LogoAnswer(name, company.name, bool(changed))
                db.rollback() if dry_run else db.commit()
            yield answer
        except BadInput as refusal:
            yield LogoAnswer(name, reason=refusal.sentence)


def owner_of(db: Session, stem: str) -> Company:
    """The company that a file's name says, as the record that stands for it. Raises `NoSuchOwner`, `BadSiret`."""
    digits = "".join(stem.split())
    if digits.isascii() and digits.isdigit() and len(digits) == SIRET_LENGTH:
        rows = db.exec(
            select(Company)
            .join(Establishment, col(Establishment.company_id) == col(Company.id))
            .where(Establishment.siret == clean_siret(digits))
        ).all()
    else:
        rows = db.exec(select(Company).where(Company.core_name == core_name(stem.replace("_", " ")))).all()
    owners = {one.id: one for one in (standing_company(db, row) for row in rows)}
    if not owners:
        raise NoSuchOwner(
            N_("Aucune entreprise ne porte ce nom ni ce SIRET : renommez le fichier, ou ajoutez d’abord l’entreprise."),
            field="logo",
        )
    if len(owners) > 1:
        raise NoSuchOwner(
            N_("Plusieurs entreprises portent ce nom : donnez au fichier le SIRET de la bonne."), field="logo"
        )
    return next(iter(owners.values()))


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise NoSuchOwner(N_("Ce n’est pas un fichier : mettez les logos dans le dossier même."), field="logo")
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as failure:
        raise NoSuchOwner(
            N_("Ce fichier ne se lit pas (%(why)s) : vérifiez vos droits."), field="logo", why=str(failure.strerror)
        ) from failure
