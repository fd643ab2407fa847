"""The table of a year's recruitment: offers, sessions and contracts, of whom from the territory, and of which CDI."""

from alpes_events.hiring.codes import ContractKind
from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import YES, Cut, part_label
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.indicator import Indicator
from alpes_events.statistics.queries import Figures
from alpes_web.languages import translated
from alpes_web.staff.figure_tables import Line, Table
from alpes_web.staff.figures import Shown, shown

_NO_CUT = "—"


def hiring_table(figures: Figures, *, opens: bool) -> Table | None:
    """Every figure of hiring, whole and in the two parts that a report asks for; None when there was no hiring.
    `opens`: each leads to its rows.
    """
    if not any(figures.value(indicator.id) for indicator in HIRING_INDICATORS):
        return None
    title = translated(N_("Offres et embauches"))
    columns = (translated(N_("Nombre")), translated(N_("dont du territoire")), translated(N_("dont CDI")))
    return Table(
        title, translated(N_("Chiffre")), columns, tuple(_line(figures, one, opens=opens) for one in HIRING_INDICATORS)
    )


def contracts_table(figures: Figures, *, opens: bool) -> Table | None:
    """Offers and contracts by kind of contract; None when there are none."""
    shown_of = ("offers_published", "hires", "hired_persons")
    kinds = [kind for kind in ContractKind if any(figures.value(one, Cut.CONTRACT, kind.value) for one in shown_of)]
    if not kinds:
        return None
    labels = (N_("Offres publiées"), N_("Contrats signés"), N_("Personnes embauchées"))
    rows = tuple(
        Line(
            translated(part_label(Cut.CONTRACT, kind.value)),
            tuple(_shown(figures, one, Cut.CONTRACT, kind.value, opens=opens) for one in shown_of),
        )
        for kind in kinds
    )
    title = translated(N_("Selon le contrat"))
    return Table(title, translated(N_("Contrat")), tuple(map(translated, labels)), rows)


def _line(figures: Figures, indicator: Indicator, *, opens: bool) -> Line:
    parts = ((Cut.TERRITORY, YES), (Cut.CONTRACT, ContractKind.CDI.value))
    values = [_shown(figures, indicator.id, Cut.ALL, "", opens=opens)]
    values += [
        _shown(figures, indicator.id, cut, part, opens=opens)
        if cut in indicator.cuts
        else Shown(_NO_CUT, is_known=False)
        for cut, part in parts
    ]
    return Line(translated(indicator.label), tuple(values))


def _shown(figures: Figures, indicator: str, cut: Cut, part: str, *, opens: bool) -> Shown:
    return shown(figures.figure(indicator, cut, part), figures.period, opens=opens)
