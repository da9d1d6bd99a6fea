"""Addresses of the forms about people: each side has its own, records have theirs."""

from django.urls import path

from mentors.enums import Side
from mentors.models import ContestEntry, Diagnostic, Training
from mentors.views import adding, consents, editing, leaving, merging, participations, records


def _of_side(side: str) -> list:
    def page(tail: str, view, name: str, **settings):
        return path(f"{side}s/<int:pk>/{tail}/", view.as_view(side=side, **settings), name=f"{side}-{name}")

    return [
        path(f"{side}s/add/", adding.AddPage.as_view(side=side), name=f"{side}-add"),
        page("edit", editing.EditPage, "edit"),
        page("history", participations.ParticipationPast, "history"),
        page("end", leaving.EndPage, "end"),
        page("reopen", leaving.ReopenPage, "reopen"),
        page("transfer", leaving.TransferPage, "transfer"),
        page("remove", leaving.RemovePage, "remove"),
        page("merge", merging.MergePage, "merge"),
        page("different", merging.DifferentPage, "different"),
        page("consents/add", consents.AddConsentPage, "consent-add"),
        page("consents/blank", consents.ConsentBlank, "consent-blank"),
    ]


def _of_record(model: type, name: str) -> list:
    return [
        path(
            f"{name}s/<int:pk>/edit/",
            records.EditRecordPage.as_view(model=model),
            name=f"{name}-edit",
        ),
        path(
            f"{name}s/<int:pk>/remove/",
            records.RemoveRecordPage.as_view(model=model),
            name=f"{name}-remove",
        ),
    ]


urlpatterns = [
    *_of_side("mentor"),
    *_of_side("mentee"),
    path(
        "mentees/<int:pk>/diagnostics/add/",
        records.AddRecordPage.as_view(side=Side.MENTEE, model=Diagnostic),
        name="mentee-diagnostic-add",
    ),
    path(
        "mentors/<int:pk>/trainings/add/",
        records.AddRecordPage.as_view(side=Side.MENTOR, model=Training),
        name="mentor-training-add",
    ),
    path(
        "mentees/<int:pk>/contests/add/",
        records.AddRecordPage.as_view(side=Side.MENTEE, model=ContestEntry),
        name="mentee-contest-add",
    ),
    *_of_record(Diagnostic, "diagnostic"),
    *_of_record(Training, "training"),
    *_of_record(ContestEntry, "contest"),
    path("consents/withdrawn/", consents.WithdrawnConsents.as_view(), name="consents-withdrawn"),
    path("consents/<int:pk>/edit/", consents.EditConsentPage.as_view(), name="consent-edit"),
    path("consents/<int:pk>/withdraw/", consents.WithdrawConsentPage.as_view(), name="consent-withdraw"),
    path("consents/<int:pk>/remove/", consents.RemoveConsentPage.as_view(), name="consent-remove"),
    path("consents/<int:pk>/file/", consents.ConsentFile.as_view(), name="consent-file"),
]
