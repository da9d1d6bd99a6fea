"""Self-audits by checklists."""

from django.urls import path

from checklists.views import answers, card, register, review, summary

urlpatterns = [
    path("checklists/", register.AuditRegister.as_view(), name="checklists"),
    path("checklists/open/", summary.AuditsOpen.as_view(), name="checklists-open"),
    path("checklists/matrix/", summary.AuditMatrix.as_view(), name="checklists-matrix"),
    path("checklists/matrix.xlsx", summary.MatrixFile.as_view(), name="checklists-file"),
    path("checklists/shortcomings/", summary.AuditGaps.as_view(), name="checklists-gaps"),
    path("checklists/files/<int:pk>/", answers.EvidenceDownload.as_view(), name="evidence"),
    path("checklists/files/<int:pk>/remove/", answers.EvidenceRemoved.as_view(), name="evidence-remove"),
    path("checklists/<int:pk>/", card.AuditCard.as_view(), name="checklist"),
    path("checklists/<int:pk>/answers/", answers.AuditAnswers.as_view(), name="checklist-answers"),
    path("checklists/<int:pk>/items/<int:item>/", answers.ItemAnswered.as_view(), name="checklist-item"),
    path("checklists/<int:pk>/proposals/", answers.ProposalsConfirmed.as_view(), name="checklist-proposals"),
    path("checklists/<int:pk>/review/", review.AuditReview.as_view(), name="checklist-review"),
    path(
        "checklists/<int:pk>/items/<int:item>/verdict/",
        review.ItemReviewed.as_view(),
        name="checklist-verdict",
    ),
]
