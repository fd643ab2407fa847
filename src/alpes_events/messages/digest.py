"""What needs somebody today: the daily letter to coordinators, counted when it is sent."""

from dataclasses import dataclass, fields

from alpes_events.language.sentence import catalogue


@dataclass(frozen=True)
class Digest:
    """How many of each thing wait for a person. Nothing to say, no letter."""

    call_count: int = 0
    failed_count: int = 0
    unreachable_count: int = 0
    presence_count: int = 0
    merge_count: int = 0
    stand_count: int = 0
    chased_count: int = 0
    speaker_count: int = 0
    application_count: int = 0
    parked_count: int = 0

    @property
    def need_count(self) -> int:
        """How many kinds of things need somebody."""
        return sum(1 for field in fields(self) if getattr(self, field.name))

    def lines(self, language: str) -> list[str]:
        """One sentence for each kind of thing that waits."""
        said = [
            (count, sentence)
            for count, sentence in (
                (self.call_count, self._calls(language)),
                (self.failed_count, self._failed(language)),
                (self.unreachable_count, self._unreachable(language)),
                (self.presence_count, self._presence(language)),
                (self.merge_count, self._merges(language)),
                (self.stand_count, self._stands(language)),
                (self.chased_count, self._chased(language)),
                (self.speaker_count, self._speakers(language)),
                (self.application_count, self._applications(language)),
                (self.parked_count, self._parked(language)),
            )
            if count
        ]
        return [sentence % {"num": count} for count, sentence in said]

    def _calls(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s personne à appeler.", "%(num)s personnes à appeler.", self.call_count
        )

    def _failed(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s message n’est pas parti.", "%(num)s messages ne sont pas partis.", self.failed_count
        )

    def _unreachable(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s place est proposée à une personne sans téléphone ni courriel.",
            "%(num)s places sont proposées à des personnes sans téléphone ni courriel.",
            self.unreachable_count,
        )

    def _presence(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s événement est passé sans que les présences soient notées.",
            "%(num)s événements sont passés sans que les présences soient notées.",
            self.presence_count,
        )

    def _merges(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s dossier est peut-être en double.",
            "%(num)s dossiers sont peut-être en double.",
            self.merge_count,
        )

    def _stands(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s demande de stand attend une réponse.",
            "%(num)s demandes de stand attendent une réponse.",
            self.stand_count,
        )

    def _chased(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s exposant relancé n’a pas complété son dossier.",
            "%(num)s exposants relancés n’ont pas complété leur dossier.",
            self.chased_count,
        )

    def _speakers(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s personne demande à représenter une entreprise.",
            "%(num)s personnes demandent à représenter une entreprise.",
            self.speaker_count,
        )

    def _applications(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s candidature n’a pas encore été lue.",
            "%(num)s candidatures n’ont pas encore été lues.",
            self.application_count,
        )

    def _parked(self, language: str) -> str:
        return catalogue(language).ngettext(
            "%(num)s traitement est arrêté après plusieurs échecs.",
            "%(num)s traitements sont arrêtés après plusieurs échecs.",
            self.parked_count,
        )
