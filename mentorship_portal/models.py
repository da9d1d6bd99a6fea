"""What the installation itself remembers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceRow(models.Model):
    """Values that ``load_reference`` has put into one row, to tell them from values written by hand."""

    table = models.CharField(_("table"), max_length=100)
    identity = models.CharField(_("row"), max_length=250)
    values = models.JSONField(_("loaded values"))

    class Meta:
        verbose_name = _("loaded reference row")
        verbose_name_plural = _("loaded reference rows")
        ordering = ["table", "identity"]
        constraints = [models.UniqueConstraint(fields=["table", "identity"], name="reference_row_once")]

    def __str__(self):
        return f"{self.table} {self.identity}"
