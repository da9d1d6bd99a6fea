"""Pages of forms: shown, refused with reasons, or saved with a sentence and a way on."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from orgs import sent_forms
from orgs.pages import RoleView


class FormPage(RoleView):
    """A form of its own page. Subclasses name the form and say what to save and where to go.

    ``load`` finds what the form is about (raising ``Http404``), ``save`` calls a service with the valid form
    and returns what it made; a ``ValidationError`` of the service is shown at its fields. A refused form
    comes back with status 422 and everything that was typed. The same form sent twice is saved once
    (:mod:`orgs.sent_forms`).
    """

    template_name = "form_page.html"
    form_class: ClassVar[type]
    # Offers «Сохранить и добавить следующего»: the page opens again, empty.
    adds_more: ClassVar[bool] = False
    submit_label = _("Save")
    submit_more_label = _("Save and add the next one")

    def load(self, **path) -> None:
        """Takes the rows of the path out of the scope and keeps them on the view."""

    def title(self) -> str:
        """The heading of the page."""
        raise NotImplementedError

    def crumbs(self) -> list[tuple[str, str]]:
        """Addresses and texts of the path above the heading."""
        return []

    def form_arguments(self) -> dict:
        """What the form is constructed with besides the data."""
        return {"scope": self.request.scope}

    def save(self, form):
        """Writes the valid form and returns the row."""
        raise NotImplementedError

    def saved_text(self, saved) -> str:
        """What has been done, for the notice on the next page."""
        return str(_("Saved."))

    def next_url(self, saved) -> str:
        """Where a saved form leads."""
        raise NotImplementedError

    def more_url(self, saved) -> str:
        """Where «Сохранить и добавить следующего» leads: the same page, empty."""
        return self.request.get_full_path()

    def cancel_url(self) -> str:
        """Where «Не сохранять» leads."""
        raise NotImplementedError

    def context(self, form) -> dict:
        """More for the template."""
        return {}

    def get(self, request: HttpRequest, **path) -> HttpResponse:
        self.load(**path)
        return self.answer(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        with transaction.atomic():
            sent, is_repeated = sent_forms.claim(request)
            if is_repeated:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(sent.location)
            self.load(**path)
            form = self.form_class(request.POST, request.FILES, **self.form_arguments())
            saved = self._saved(form)
            if saved is None:
                sent_forms.release(sent)
            else:
                location = self._leads_to(saved)
                sent_forms.remember(sent, location)
        if saved is None:
            return self.answer(form, status=422)
        messages.success(request, self.saved_text(saved))
        return HttpResponseRedirect(location)

    def _leads_to(self, saved) -> str:
        if self.adds_more and "more" in self.request.POST:
            return self.more_url(saved)
        return self.next_url(saved)

    def _saved(self, form):
        if not form.is_valid():
            return None
        try:
            with transaction.atomic():
                return self.save(form)
        except ValidationError as refusal:
            _add_refusal(form, refusal)
            return None

    def answer(self, form, status: int = 200) -> HttpResponse:
        """The page with the form."""
        context = {
            "form": form,
            "form_title": self.title(),
            "crumbs": self.crumbs(),
            "submit_label": self.submit_label,
            "submit_more_label": self.submit_more_label if self.adds_more else "",
            "cancel_url": self.cancel_url(),
            "is_multipart": form.is_multipart(),
            "once": sent_forms.new_key(self.request),
            **self.context(form),
        }
        return render(self.request, self.template_name, context, status=status)


def _add_refusal(form, refusal: ValidationError) -> None:
    """Puts a service's refusal to its fields, or above the form where it has no such field."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
