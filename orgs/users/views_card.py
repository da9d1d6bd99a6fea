"""The card of a user and what an administrator does with it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import second_factor
from accounts.models import User
from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage
from orgs.models import Membership
from orgs.pages import NO_YEARS, RoleView, get_visible
from orgs.users import queries, rules, services
from orgs.users.forms import EndRoleForm, RoleForm
from orgs.users.places import as_argument


class OfUser(RoleView):
    """Something about one user of the administrator's places."""

    period_kind = NO_YEARS
    read_roles = write_roles = rules.ADMINISTRATORS

    def find(self, pk: int) -> User:
        """The user; 404 for everybody outside the places."""
        user = queries.users(self.request.scope).filter(pk=pk).first()
        if user is None:
            raise Http404
        return user


class UserCard(OfUser):
    """/users/<pk>/: roles, state of the account, what was changed."""

    write_roles = frozenset()

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.find(pk)
        queries.complete([user], request.scope)
        context = {
            "person": user,
            "all_roles": queries.roles_of(user, request.scope),
            "backup_codes": second_factor.backup_codes_left(user),
            "may_change": rules.may_change_account(request.scope, user),
            "is_self": user.pk == request.user.pk,
            "is_unused": user.is_active and user.is_unused(),
            "can_reset": user.is_active and user.has_usable_password(),
            "journal": queries.journal_of(user),
        }
        return render(request, "orgs/users/user_detail.html", context)


class RoleAdd(FormPage, OfUser):
    """/users/<pk>/roles/add/"""

    form_class = RoleForm

    def load(self, pk: int) -> None:
        self.person = self.find(pk)

    def title(self) -> str:
        return _("New role")

    def crumbs(self):
        return [
            (address(self.request, "users"), _("Users")),
            (self.next_url(None), self.person.full_name or self.person.email),
        ]

    def save(self, form) -> Membership:
        values = form.cleaned_data
        return services.give_role(
            actor=self.request.user,
            user=self.person,
            ip_address=self.request.META.get("REMOTE_ADDR"),
            role=values["role"],
            started_on=values["started_on"],
            order=values["appointment_order"],
            **as_argument(values["place"]),
        )

    def saved_text(self, saved) -> str:
        return _("The role is given: %(role)s, %(place)s.") % {
            "role": saved.get_role_display(),
            "place": saved.place,
        }

    def next_url(self, saved) -> str:
        return address(self.request, "user", self.person.pk)

    def cancel_url(self) -> str:
        return self.next_url(None)


class RoleEnd(RoleAdd):
    """/users/<pk>/roles/<membership>/end/: the role stays in the past, the right ends with its last day."""

    form_class = EndRoleForm

    @property
    def submit_label(self):
        return _("End the role")

    def load(self, pk: int, membership: int) -> None:
        self.person = self.find(pk)
        rows = Membership.objects.select_related("organization", "district", "municipality", "user")
        self.membership = get_visible(rows, self.request.scope, pk=membership, user=self.person)
        if self.membership.ended_on is not None:
            raise PermissionDenied(_("This role has ended already."))
        if rules.is_own_last_administration(self.request.user, self.membership):
            raise PermissionDenied(
                _("This is your own last role of an administrator. Another administrator has to end it.")
            )

    def title(self) -> str:
        return _("End the role: %(role)s, %(place)s") % {
            "role": self.membership.get_role_display(),
            "place": self.membership.place,
        }

    def form_arguments(self) -> dict:
        return {"membership": self.membership}

    def save(self, form) -> Membership:
        return services.end_role(
            actor=self.request.user,
            membership=self.membership,
            on=form.cleaned_data["ended_on"],
            ip_address=self.request.META.get("REMOTE_ADDR"),
        )

    def saved_text(self, saved) -> str:
        return _("The last day of the role is %(date)s.") % {"date": f"{saved.ended_on:%d.%m.%Y}"}


class UserAction(OfUser):
    """A button of the card. Subclasses do it and say what has been done."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.find(pk)
        if self.needs_whole_account and not rules.may_change_account(request.scope, user):
            raise PermissionDenied(
                _(
                    "This account has roles outside your places, or it is your own, so you cannot do this. "
                    "Ask another administrator."
                )
            )
        level, text = self.act(user)
        messages.add_message(request, level, text)
        return redirect_to(request, "user", user.pk)

    needs_whole_account = True

    def act(self, user: User) -> tuple[int, str]:
        """Does it; the level and the words of the notice."""
        raise NotImplementedError

    @property
    def who(self) -> dict:
        """The actor and where the request comes from."""
        return {"actor": self.request.user, "ip_address": self.request.META.get("REMOTE_ADDR")}


class AccountClose(UserAction):
    """/users/<pk>/close/"""

    def act(self, user):
        services.close_account(user=user, **self.who)
        return messages.SUCCESS, _("The account is closed: nobody can sign in with it.")


class AccountOpen(UserAction):
    """/users/<pk>/open/"""

    def act(self, user):
        services.open_account(user=user, **self.who)
        return messages.SUCCESS, _("The account is open again.")


class ResetSend(UserAction):
    """/users/<pk>/reset/: only the owner of the address sees the link."""

    needs_whole_account = False

    def act(self, user):
        if not (user.is_active and user.has_usable_password()):
            return messages.ERROR, _("The account is closed or was never activated: invite the person again.")
        if services.send_new_password_link(user=user, request=self.request, **self.who):
            return messages.SUCCESS, _("The link for a new password is on its way to %(email)s.") % {
                "email": user.email
            }
        return messages.WARNING, _("A letter went out less than five minutes ago. Wait for it.")


class SecondFactorReset(UserAction):
    """/users/<pk>/second-factor/"""

    def act(self, user):
        services.reset_second_factor(user=user, **self.who)
        return messages.SUCCESS, _("The second step is reset: the user sets it up anew at the next sign-in.")
