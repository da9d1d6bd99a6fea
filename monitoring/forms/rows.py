"""What forms over one row of the app have in common."""

from __future__ import annotations

from common.forms import GuardedForm, PortalModelForm


class RowForm(GuardedForm, PortalModelForm):
    """A form over one row, saved already or new."""

    def __init__(self, *args, instance=None, scope=None, **kwargs):
        self.records = (instance,) if instance is not None else ()
        super().__init__(*args, instance=instance, **kwargs)

    def values(self, row) -> dict:
        """What a service writes: the changes of a saved row, everything of a new one."""
        if self.records:
            return self.changes(row)
        return {name: self.cleaned_data[name] for name in self._meta.fields}
