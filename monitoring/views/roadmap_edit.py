"""Forms of the roadmap for the methodologist of the whole municipality."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.forms.roadmap import (
    ActivityForm,
    AdoptForm,
    MarkForm,
    RemoveForm,
    RoadmapForm,
    SectionForm,
)
from monitoring.models import Roadmap, RoadmapActivity, RoadmapSection
from monitoring.roadmap import services
from monitoring.roadmap.rights import municipality_of, require_editor
from orgs.addresses import address, redirect_to
from orgs.enums import Role
from orgs.form_pages import FormPage
from orgs.pages import NO_YEARS, RoleView, get_visible

EDITORS = frozenset({Role.METHODOLOGIST})


class RoadmapFormPage(FormPage):
    """A form about one municipality's roadmap."""

    read_roles = write_roles = EDITORS
    period_kind = NO_YEARS
    roadmap: Roadmap | None = None

    def take(self, rows, pk: int, path: str = ""):
        """A row out of the scope, whose roadmap the user may edit."""
        row = get_visible(rows, self.request.scope, pk=pk)
        self.roadmap = row
        for name in path.split("__") if path else ():
            self.roadmap = getattr(self.roadmap, name)
        require_editor(self.request.scope, self.roadmap.municipality)
        return row

    def crumbs(self):
        return [(self.cancel_url(), _("Roadmap"))]

    def next_url(self, saved) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return address(self.request, "roadmap", roadmap=self.roadmap.pk if self.roadmap else None)


class RoadmapAdopt(RoadmapFormPage):
    """/roadmap/adopt/: the municipality's own roadmap out of the template."""

    form_class = AdoptForm
    submit_label = gettext_lazy("Take it as the basis")

    def load(self) -> None:
        self.municipality = municipality_of(self.request)
        require_editor(self.request.scope, self.municipality)
        self.source = services.template_roadmap()

    def get(self, request: HttpRequest, **path) -> HttpResponse:
        return super().get(request, **path) if services.template_roadmap() else self._refused()

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        return super().post(request, **path) if services.template_roadmap() else self._refused()

    def _refused(self) -> HttpResponse:
        require_editor(self.request.scope, municipality_of(self.request))
        messages.error(self.request, _("No template is loaded. Write to the administrator of the portal."))
        return redirect_to(self.request, "roadmap")

    def title(self) -> str:
        return _("Take the roadmap of Novokuznetsk as the basis")

    def save(self, form):
        return services.adopt_template(
            actor=self.request.user,
            municipality=self.municipality,
            template=self.source,
            **form.cleaned_data,
        )

    def saved_text(self, saved) -> str:
        return _("The roadmap is yours now. Check executors, terms and names: they are those of the order.")


class RoadmapEdit(RoadmapFormPage):
    """/roadmap/<pk>/edit/: title, years, document."""

    form_class = RoadmapForm

    def load(self, pk: int) -> None:
        self.take(Roadmap.objects.select_related("municipality"), pk)

    def title(self) -> str:
        return _("Title and years of the roadmap")

    def form_arguments(self):
        return {**super().form_arguments(), "instance": self.roadmap}

    def save(self, form):
        (roadmap,) = form.records
        return services.save_roadmap(actor=self.request.user, roadmap=roadmap, **form.values(roadmap))


class SectionAdd(RoadmapFormPage):
    """/roadmap/<pk>/sections/add/"""

    form_class = SectionForm

    def load(self, pk: int) -> None:
        self.take(Roadmap.objects.select_related("municipality"), pk)

    def title(self) -> str:
        return _("New section")

    def save(self, form):
        return services.add_section(actor=self.request.user, roadmap=self.roadmap, **form.values(None))


class SectionEdit(RoadmapFormPage):
    """/roadmap/sections/<pk>/edit/"""

    form_class = SectionForm

    def load(self, pk: int) -> None:
        rows = RoadmapSection.objects.select_related("roadmap__municipality")
        self.section = self.take(rows, pk, "roadmap")

    def title(self) -> str:
        return _("Section %(number)d") % {"number": self.section.number}

    def form_arguments(self):
        return {**super().form_arguments(), "instance": self.section}

    def save(self, form):
        (section,) = form.records
        title = form.cleaned_data["title"]
        return services.rename_section(actor=self.request.user, section=section, title=title)


class ActivityAdd(RoadmapFormPage):
    """/roadmap/sections/<pk>/activities/add/"""

    form_class = ActivityForm
    adds_more = True

    def load(self, pk: int) -> None:
        rows = RoadmapSection.objects.select_related("roadmap__municipality")
        self.section = self.take(rows, pk, "roadmap")

    def title(self) -> str:
        return _("New activity of section %(number)d") % {"number": self.section.number}

    def save(self, form):
        return services.add_activity(actor=self.request.user, section=self.section, **form.values(None))

    def saved_text(self, saved) -> str:
        return _("Activity %(number)s is added.") % {"number": saved.number}


class OfActivity(RoadmapFormPage):
    """A form about one activity."""

    def load(self, pk: int) -> None:
        rows = RoadmapActivity.objects.select_related("section__roadmap__municipality")
        self.activity = self.take(rows, pk, "section__roadmap")

    def crumbs(self):
        return [
            (address(self.request, "roadmap", roadmap=self.roadmap.pk), _("Roadmap")),
            (self.cancel_url(), _("Activity %(number)s") % {"number": self.activity.number}),
        ]

    def cancel_url(self) -> str:
        return address(self.request, "activity", self.activity.pk)


class ActivityEdit(OfActivity):
    """/roadmap/activities/<pk>/edit/"""

    form_class = ActivityForm

    def title(self) -> str:
        return _("Activity %(number)s") % {"number": self.activity.number}

    def form_arguments(self):
        return {**super().form_arguments(), "instance": self.activity}

    def save(self, form):
        (activity,) = form.records
        return services.save_activity(actor=self.request.user, activity=activity, **form.values(activity))


class ActivityMark(OfActivity):
    """/roadmap/activities/<pk>/mark/: how far it is; with ``year`` of a yearly one that year."""

    form_class = MarkForm

    def load(self, pk: int) -> None:
        super().load(pk)
        self.year = self.request.GET.get("year", "")
        self.target = self.activity
        if self.year:
            try:
                number = int(self.year) if self.year[:5].isdecimal() else 0
                self.target = services.occurrence_of(self.activity, number)
            except ValidationError:
                raise Http404 from None

    def title(self) -> str:
        if self.year:
            return _("Activity %(number)s, %(year)s") % {
                "number": self.activity.number,
                "year": self.year,
            }
        return _("Mark of activity %(number)s") % {"number": self.activity.number}

    def form_arguments(self):
        return {**super().form_arguments(), "target": self.target}

    def context(self, form) -> dict:
        return {"form_note": self.activity.title}

    def save(self, form):
        target = form.records[0] if form.records else self.target
        file = form.cleaned_data["file"]
        return services.mark(
            actor=self.request.user,
            target=target,
            status=form.cleaned_data["status"],
            evidence=form.cleaned_data["evidence"],
            file=file,
            file_name=file.shown_name if file else "",
            without_evidence=form.cleaned_data["without_evidence"],
            note=form.cleaned_data["note"],
        )


class ActivityRemove(OfActivity):
    """/roadmap/activities/<pk>/remove/"""

    form_class = RemoveForm
    submit_label = gettext_lazy("Remove the activity from the plan")

    def title(self) -> str:
        return _("Remove activity %(number)s") % {"number": self.activity.number}

    def save(self, form):
        services.remove_activity(
            actor=self.request.user, activity=self.activity, reason=form.cleaned_data["reason"]
        )
        return self.activity

    def saved_text(self, saved) -> str:
        return _("The activity is removed; the history keeps it with the reason.")

    def next_url(self, saved) -> str:
        return address(self.request, "roadmap", roadmap=self.roadmap.pk)


class ActivityMove(RoleView):
    """One place up or down; the numbers of the section follow."""

    http_method_names = ("post",)
    write_roles = EDITORS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = RoadmapActivity.objects.select_related("section__roadmap__municipality")
        activity = get_visible(rows, request.scope, pk=pk)
        require_editor(request.scope, activity.section.roadmap.municipality)
        services.move_activity(actor=request.user, activity=activity, up="up" in request.POST)
        return redirect_to(request, "activity", pk)
