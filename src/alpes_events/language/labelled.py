"""What has a label in both languages: members of lists that come as data."""

from alpes_events.language.sentence import SOURCE_LANGUAGE


class Labelled:
    """Has `label`, in the source language, and `label_en`."""

    label: str
    label_en: str

    def named(self, language: str) -> str:
        """What it is called."""
        return self.label if language == SOURCE_LANGUAGE else self.label_en
