"""What every form of the portal is made of."""

from common.forms.base import PortalForm, PortalModelForm
from common.forms.conflicts import Conflict, GuardedForm, stamp_of
from common.forms.fields import DateField
from common.forms.files import AttachmentField
from common.forms.layout import FormLayout, Row

__all__ = [
    "AttachmentField",
    "Conflict",
    "DateField",
    "FormLayout",
    "GuardedForm",
    "PortalForm",
    "PortalModelForm",
    "Row",
    "stamp_of",
]
