"""Actions on chosen accounts. Each is the other's way back, so nothing is kept to be undone."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from orgs.registers.bulk import BulkAction, Left, Line
from orgs.users import rules, services


class ChangeAccounts(BulkAction):
    """Closes or opens accounts; those that reach beyond the administrator's places stay."""

    def stays(self, user) -> str:
        """Why the account stays as it is, in words; empty for one that changes."""
        raise NotImplementedError

    def becomes(self) -> str:
        """The state after the change."""
        raise NotImplementedError

    def ready(self) -> tuple[list, list[Left]]:
        """The accounts that change, and those that stay with the reason."""
        scope = self.register.scope
        own = rules.changeable_accounts(scope, self.rows)
        ready, left = [], []
        for user in self.rows:
            if user.pk == scope.user_id:
                why = _("this is your own account")
            elif user.pk not in own:
                why = _("it has roles outside your places: ask another administrator")
            else:
                why = self.stays(user)
            if why:
                left.append(Left(self.register.row_name(user), why))
            else:
                ready.append(user)
        return ready, left

    def plan(self, data):
        ready, left = self.ready()
        became = self.becomes()
        return [Line(self.register.row_name(user), str(user.badge.label), became) for user in ready], left


class CloseAccounts(ChangeAccounts):
    code = "close"
    label = gettext_lazy("Close the accounts…")

    def stays(self, user):
        return "" if user.is_active else _("the account is closed already")

    def becomes(self):
        return pgettext("account", "Closed")

    def sentence(self, data, lines):
        return ngettext(
            "%(n)d account will be closed: nobody signs in with it until it is opened again.",
            "%(n)d accounts will be closed: nobody signs in with them until they are opened again.",
            len(lines),
        ) % {"n": len(lines)}

    def button(self, lines):
        return ngettext("Close %(n)d account", "Close %(n)d accounts", len(lines)) % {"n": len(lines)}

    def apply(self, actor, data):
        ready, _left = self.ready()
        services.close_accounts(actor=actor, users=ready, ip_address=self.register.ip_address)
        return ngettext("%(n)d account is closed", "%(n)d accounts are closed", len(ready)) % {
            "n": len(ready)
        }


class OpenAccounts(ChangeAccounts):
    code = "open"
    label = gettext_lazy("Open the accounts…")

    def stays(self, user):
        return _("the account is open already") if user.is_active and not user.is_unused() else ""

    def becomes(self):
        return pgettext("account", "Works")

    def sentence(self, data, lines):
        return ngettext(
            "%(n)d account will be opened: its owner signs in with the same password.",
            "%(n)d accounts will be opened: their owners sign in with the same passwords.",
            len(lines),
        ) % {"n": len(lines)}

    def button(self, lines):
        return ngettext("Open %(n)d account", "Open %(n)d accounts", len(lines)) % {"n": len(lines)}

    def apply(self, actor, data):
        ready, _left = self.ready()
        services.open_accounts(actor=actor, users=ready, ip_address=self.register.ip_address)
        return ngettext("%(n)d account is open", "%(n)d accounts are open", len(ready)) % {"n": len(ready)}
