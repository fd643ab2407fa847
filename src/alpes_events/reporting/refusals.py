"""What reports refuse, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class BadReport(BadInput):
    """A value of a report that cannot be right."""


class UnknownReport(NotFound):
    """No such report."""

    def __init__(self) -> None:
        super().__init__(N_("Ce rapport n’existe pas, ou n’existe plus."))


class ReportAlready(Refusal):
    """The report of that year on that template is there: that one."""

    def __init__(self, *, year: int, report_id: int) -> None:
        self.report_id = report_id
        super().__init__(
            N_("Le rapport de %(year)s sur ce modèle est déjà là : ouvrez-le, ou écartez-le de la liste d’abord."),
            year=year,
        )


class ReportUnwritten(NotFound):
    """Nobody made the report of that year on that template."""

    def __init__(self, *, year: int, template: str) -> None:
        super().__init__(
            N_(
                "Aucun rapport de %(year)s n’est rédigé sur le modèle « %(template)s » : faites-le d’abord sur le site "
                "(« Rapport », « Nouveau rapport »). « alpes report build » écrit le modèle sans qu’il soit rédigé."
            ),
            year=year,
            template=template,
        )


class UnknownChapter(NotFound):
    """No such chapter."""

    def __init__(self) -> None:
        super().__init__(N_("Ce chapitre n’existe pas, ou n’existe plus."))


class UnknownBlock(NotFound):
    """No such block."""

    def __init__(self) -> None:
        super().__init__(N_("Ce bloc n’existe pas, ou n’existe plus."))


class UnknownEdition(NotFound):
    """No such edition."""

    def __init__(self) -> None:
        super().__init__(N_("Cette édition n’existe pas."))


class UnknownFigure(NotFound):
    """No such figure in that year."""

    def __init__(self) -> None:
        super().__init__(N_("Ce chiffre n’existe pas pour cette année."))


class ReportChanged(Refusal):
    """Somebody wrote in the report while it was counted."""

    def __init__(self) -> None:
        super().__init__(N_("Quelqu’un vient de changer ce rapport : relisez-le, puis publiez."))


class ReportDisagrees(Refusal):
    """Figures of the report contradict each other: it is not published so without somebody saying why."""

    def __init__(self, *, count: int) -> None:
        super().__init__(
            N_("%(count)s contrôles ne sont pas d’accord : corrigez les actes, ou dites pourquoi vous publiez."),
            count=count,
        )
