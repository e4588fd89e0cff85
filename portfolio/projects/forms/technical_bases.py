"""An entry of the list of technical bases."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portfolio.access.forms.text import printable, stripped
from portfolio.web.fields import VersionedForm


class TechnicalBasisForm(VersionedForm):
    name = StringField(
        _l("Name"),
        [
            DataRequired(_l("Bitte geben Sie einen Namen ein.")),
            Length(max=200, message=_l("Bitte höchstens 200 Zeichen eingeben.")),
            printable,
        ],
        filters=[stripped],
        description=_l("Zum Beispiel ThAVEL oder FIT-Connect"),
        render_kw={"autocomplete": "off"},
    )
