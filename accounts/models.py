"""Who signs in, and who looked at personal data."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
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
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("platform administrator"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name", "id"]

    def __str__(self):
        return self.full_name or self.email


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
