"""Who signs in, and who looked at personal data."""

from __future__ import annotations

import datetime

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Makes users whose sign-in name is their e-mail address in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        """A saved user; without a password the account opens only by an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields) -> User:
        """A saved platform administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(email=str(username).lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person's own account. What it may see follows from dated roles, never from a flag here."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, default="ru")
    # See accounts.appearance; None until the person has chosen something.
    appearance = models.JSONField(_("appearance"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("platform administrator"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    enabled_at = models.DateTimeField(_("opened again"), null=True, blank=True, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name", "id"]

    def __str__(self):
        return self.full_name or self.email

    def end_sessions(self) -> None:
        """Ends every session of the user at its next request; the caller saves nothing."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])

    def is_unused(self) -> bool:
        """Whether nobody has signed in for ``ACCOUNT_UNUSED_DAYS`` (ФСТЭК order 21, УПД.1: 90 days)."""
        known = [moment for moment in (self.last_login, self.enabled_at, self.created_at) if moment]
        limit = datetime.timedelta(days=settings.ACCOUNT_UNUSED_DAYS)
        return not settings.DEMO and timezone.now() - max(known) > limit

    def _get_session_auth_hash(self, secret=None):
        # Django's own covers the password only; a reset second factor has to end sessions too.
        return salted_hmac(
            "accounts.User.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class AccessAction(models.TextChoices):
    """What a journal line is about (ФСТЭК order 21, РСБ.1–РСБ.3)."""

    SIGN_IN = "sign_in", _("sign-in")
    SIGN_OUT = "sign_out", _("sign-out")
    SIGN_IN_REFUSED = "sign_in_refused", _("sign-in refused")
    VIEW = "view", _("card viewed")
    REVEAL = "reveal", _("full names revealed")
    LIST = "list", _("list viewed")
    EXPORT = "export", _("export")
    IMPORT = "import", _("import")
    RIGHTS = "rights", _("rights changed")
    ERASE = "erase", _("erased")


class AccessRecord(models.Model):
    """One line of the access journal. Lines are only added, never changed."""

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        User, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_label = models.CharField(_("who, as then named"), max_length=250, blank=True)
    action = models.CharField(_("action"), max_length=20, choices=AccessAction.choices)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("object"), max_length=60, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)

    class Meta:
        verbose_name = _("access journal line")
        verbose_name_plural = _("access journal")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.user_label} {self.action}"

    @property
    def object_title(self) -> str:
        """What the line is about: «пара № 12», «пары: 50», the name of a file, or nothing."""
        if not self.object_type:
            return ""
        try:
            names = apps.get_model(self.object_type)._meta
        except (LookupError, ValueError):
            # Not a record: figures, say, of which a file was taken.
            return str(self.details.get("file", ""))
        if self.object_id:
            return f"{names.verbose_name} №\u00a0{self.object_id}"
        rows = self.details.get("rows") or len(self.details.get("ids", ()))
        return f"{names.verbose_name_plural}: {rows}" if rows else str(names.verbose_name_plural)


class LetterKind(models.TextChoices):
    """What a letter is for."""

    RESET = "reset", _("new password")
    INVITATION = "invitation", _("invitation")
    REMINDER = "reminder", _("reminder")


class Letter(models.Model):
    """A letter on its way, see :mod:`accounts.letters`. Its text is sealed, and dropped once it was sent."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    sealed_body = models.TextField(blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    due_at = models.DateTimeField(_("next attempt"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="letters_that_wait",
            ),
            models.Index(fields=["to", "kind", "created_at"]),
        ]

    def __str__(self):
        return self.subject
