"""The figures of a year and of the one before, counted at one moment, with what stands beside them in a report."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.reporting.blocks import Setting
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import EARLIER
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.given_events import events_named
from alpes_events.reporting.hiding import hidden_in
from alpes_events.reporting.naming import whole_labels
from alpes_events.reporting.targets import targets_of
from alpes_events.statistics.event_line import event_line, line_values
from alpes_events.statistics.published import protected
from alpes_events.statistics.year_report import YearReport
from alpes_events.territory.organisation import OrganisationView, current_organisation


@dataclass(frozen=True)
class Counted:
    """The figures of a year and of the one before, counted at one moment: every language is set with these."""

    year: int
    figures: Mapping[str, ReportFigure]
    before: Mapping[str, ReportFigure]
    evaluation: Evaluation
    events: YearReport | None
    organisation: OrganisationView

    def setting(self, language: str = SOURCE_LANGUAGE) -> Setting:
        """What the blocks of the year are set with."""
        return Setting(
            figures=self.figures,
            before=self.before,
            targets=targets_of(self.evaluation.attested(self.year)),
            attested=self.evaluation.attested(self.year),
            labels=whole_labels(self.evaluation.catalogue, language),
            event_lines=self._event_lines(self.events, language),
            language=language,
        )

    def hidden(self) -> list[str]:
        """The figures that those may not read who do not write reports; `id@-1` is that of the year before."""
        found = hidden_in(self.evaluation, self.year, threshold=self.threshold)
        return sorted([*found.now, *(f"{name}{EARLIER}" for name in found.before)])

    def veiled_lines(self, language: str) -> dict[str, str]:
        """The sentences of events that hold a small number of people, each with what stands in its place."""
        if self.events is None or self.threshold <= 1:
            return {}
        whole = self._event_lines(self.events, language)
        veiled = self._event_lines(protected(self.events, threshold=self.threshold), language)
        return {
            f"{name} : {line}": f"{name} : {shown}"
            for (name, _kind, line), (_name, _same, shown) in zip(whole, veiled, strict=True)
            if line != shown
        }

    @property
    def threshold(self) -> int:
        """The smallest number of people that those may read who do not write reports."""
        return max(self.organisation.small_cell_threshold, self.organisation.internal_small_cell_threshold)

    def _event_lines(self, report: YearReport | None, language: str) -> list[tuple[str, str, str]]:
        """Each event of the year with the sentence that its figures make."""
        short = self.organisation.territory_short_name
        return [
            (name, row.kind.value, event_line(line_values(row.figures), territory=short, language=language))
            for name, row in events_named(report)
        ]


def counted_for(db: Session, year: int) -> Counted:
    """What the reports on a year are set with, counted now."""
    evaluation, organisation = Evaluation(db, catalogue_of(db)), current_organisation(db)
    return Counted(
        year=year,
        figures=evaluation.of_year(year),
        before=evaluation.of_year(year - 1),
        evaluation=evaluation,
        events=evaluation.report(year),
        organisation=organisation,
    )
