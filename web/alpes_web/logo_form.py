"""The form by which a company's logo is given."""

from collections.abc import Callable

from flask_wtf.file import FileField

from alpes_events.language.sentence import N_
from alpes_events.pictures.picture import BadPicture
from alpes_web.picture_answer import sent_picture
from alpes_web.staff.fields import PlainForm

LOGO_HINT = N_("Une image PNG, JPEG ou WebP, 3 Mo au plus. Elle paraît dans le catalogue et sur le panneau du stand.")


class LogoForm(PlainForm):
    """A company's logo."""

    logo = FileField(N_("Logo"), description=LOGO_HINT)

    def give(self, give: Callable[[bytes, str], object]) -> bool:
        """Whether `give` took the file; what is wrong with it stands beside the field."""
        try:
            give(*sent_picture(self.logo.data))
        except BadPicture as refusal:
            self.blame(refusal)
        return not self.mistakes
