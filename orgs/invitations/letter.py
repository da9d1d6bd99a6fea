"""The letter of an invitation."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.letters import language_of, write_letter
from accounts.links import absolute
from accounts.models import Letter, LetterKind, User
from orgs.invitations.models import Invitation
from orgs.invitations.tokens import hash_of, token_of


def link_of(invitation: Invitation, request=None) -> str | None:
    """The whole link; None when it was made with another secret key and has to be sent anew."""
    token = token_of(invitation.nonce)
    if hash_of(token) != invitation.token_hash:
        return None
    return absolute(reverse("invitation-open", args=[token]), request)


def write_invitation(invitation: Invitation, request=None) -> Letter:
    """Puts the letter on its way, in the language of the account, Russian where there is none yet."""
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    with override(language_of(known)):
        body = _(
            "Hello,\n\nyou are invited to the mentorship portal: %(role)s, %(place)s.\n\n"
            "Open the link and choose a password. It works once and until %(until)s:\n%(link)s\n\n"
            "If you did not expect this letter, do nothing.\n"
        ) % {
            "role": invitation.get_role_display(),
            "place": invitation.place,
            "until": f"{timezone.localtime(invitation.expires_at):%d.%m.%Y %H:%M}",
            "link": link_of(invitation, request),
        }
        subject = _("Invitation to the mentorship portal")
        return write_letter(to=invitation.email, subject=subject, body=body, kind=LetterKind.INVITATION)
