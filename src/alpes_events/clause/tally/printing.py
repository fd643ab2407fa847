"""A tally on paper: the matrix, the indicators and the cuts, then what proves them."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from alpes_events.clause.documents.contents import Content
from alpes_events.clause.documents.documents import Sealed
from alpes_events.clause.documents.proof_pages import paper
from alpes_events.clause.durations import in_hours
from alpes_events.clause.tally.cuts import Line, Side, Tally
from alpes_events.clause.tally.export import MATRIX_WORDS, TOTAL
from alpes_events.clause.tally.keys import OVERLAPPING
from alpes_events.clause.tally.report import CutReport, TallyReport
from alpes_events.clause.tally.words import CUT_WORDS, NOT_COLLECTED, PLACE_WORDS, RESIDENCE_WORDS
from alpes_events.documents.accounts import AccountsChapter, Figures
from alpes_events.language import dates
from alpes_events.language.sentence import N_, NN_, catalogue, counted, say

OVERLAP = N_("Une personne peut figurer dans plusieurs lignes : les personnes ne s’additionnent pas, les heures si.")


def on_paper(db: Session, report: TallyReport, document: Sealed, *, language: str) -> Content:
    """What the paper says."""
    title = say(N_("Décompte des heures d’insertion %(year)s"), year=report.wishes.year).in_language(language)
    chapters = [
        AccountsChapter("", facts=list(report.filters)),
        _matrix(report.tally, language),
        _indicators(report.tally, language),
        *(_cut(one, report.tally.whole, language) for one in report.cuts if one.lines),
    ]
    chapters = [one for one in chapters if one.facts or one.tables]
    return paper(db, document, title=title, lead=_lead(report, language), chapters=chapters, language=language)


_WHOLE = NN_(
    "%(hours)s validées de mois travaillés en %(year)s, par %(num)s personne.",
    "%(hours)s validées de mois travaillés en %(year)s, par %(num)s personnes.",
)


def _lead(report: TallyReport, language: str) -> str:
    whole = report.tally.whole
    told = counted(_WHOLE, whole.person_count, language) % {
        "hours": in_hours(whole.minutes),
        "year": report.wishes.year,
        "num": whole.person_count,
    }
    if report.wishes.as_of is not None:
        day = dates.full_day(report.wishes.as_of, language=language, year=True)
        told += " " + say(N_("Tel qu’il était à la fin du %(day)s."), day=day).in_language(language)
    if report.filters:
        told += " " + catalogue(language).gettext(N_("Une partie seulement du registre, choisie ainsi :"))
    return told


def _matrix(tally: Tally, language: str) -> AccountsChapter:
    gettext = catalogue(language).gettext
    sides = [lives for lives in Side if lives is not Side.UNKNOWN or tally.residences[lives].minutes]
    places = [here for here in Side if here is not Side.UNKNOWN or tally.places[here].minutes]
    heading = ["", *(gettext(RESIDENCE_WORDS[lives]) for lives in sides), gettext(TOTAL)]
    rows = [
        [
            f"{gettext(PLACE_WORDS[here])} ({tally.operations[here]})",
            *(matrix_words(tally.cell(here, lives), language) for lives in sides),
            matrix_words(tally.places[here], language),
        ]
        for here in places
    ]
    residences = [matrix_words(tally.residences[lives], language) for lives in sides]
    rows.append([gettext(TOTAL), *residences, matrix_words(tally.whole, language)])
    table = Figures(heading, rows, right=range(1, len(heading)), has_total=True)
    return AccountsChapter(gettext(MATRIX_WORDS), tables=[table], after=gettext(OVERLAP))


def matrix_words(line: Line, language: str) -> str:
    """« 1 718 h, 132 pers. », or a dash where there is nothing."""
    if not line.contract_count:
        return "–"
    return say(N_("%(hours)s, %(persons)s pers."), hours=in_hours(line.minutes), persons=line.person_count).in_language(
        language
    )


def indicators(tally: Tally, language: str) -> Iterator[tuple[str, str]]:
    """The facilitators' national indicators, as terms and texts."""
    gettext = catalogue(language).gettext
    whole = tally.whole
    each = whole.minutes_each
    yield gettext(N_("Contrats de travail")), str(whole.contract_count)
    yield gettext(N_("Participants")), str(whole.person_count)
    yield gettext(N_("Heures")), in_hours(whole.minutes)
    yield gettext(N_("ETP (1 600 h)")), decimal_words(str(whole.full_time), language)
    yield gettext(N_("Heures par participant")), gettext(NOT_COLLECTED) if each is None else in_hours(each)
    yield gettext(N_("Opérations du territoire")), str(tally.operations[Side.IN])
    yield gettext(N_("Opérations hors territoire")), str(tally.operations[Side.OUT])
    if tally.operations[Side.UNKNOWN]:
        yield gettext(N_("Opérations non localisées")), str(tally.operations[Side.UNKNOWN])
    yield gettext(N_("Entreprises")), str(tally.company_count)


def decimal_words(number: str, language: str) -> str:
    """A decimal as the language writes it."""
    return number.replace(".", ",") if language == "fr" else number


def _indicators(tally: Tally, language: str) -> AccountsChapter:
    return AccountsChapter(catalogue(language).gettext(N_("Indicateurs")), facts=list(indicators(tally, language)))


def _cut(one: CutReport, whole: Line, language: str) -> AccountsChapter:
    gettext = catalogue(language).gettext
    words = gettext(CUT_WORDS[one.cut])
    heading = [
        words,
        *(gettext(each) for each in (N_("Heures"), N_("Personnes"), N_("Contrats de travail"), N_("ETP"))),
    ]
    rows: list[Sequence[str]] = [[one.names[line.key], *_figures(line, language)] for line in one.lines]
    rows.append([gettext(TOTAL), *_figures(whole, language)])
    added = sum(line.person_count for line in one.lines)
    overlap = one.cut in OVERLAPPING and added != whole.person_count
    table = Figures(heading, rows, right=range(1, len(heading)), has_total=True)
    return AccountsChapter(words, tables=[table], after=gettext(OVERLAP) if overlap else "")


def _figures(line: Line, language: str) -> list[str]:
    full_time = decimal_words(str(line.full_time), language)
    return [in_hours(line.minutes), str(line.person_count), str(line.contract_count), full_time]
