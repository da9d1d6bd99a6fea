"""Self-audits by checklists."""

from django.urls import path

from checklists import views

urlpatterns = [
    path("checklists/", views.AuditRegister.as_view(), name="checklists"),
    path("checklists/<int:pk>/", views.AuditCard.as_view(), name="checklist"),
    path("checklists/<int:pk>/answers/", views.AuditAnswers.as_view(), name="checklist-answers"),
    path("checklists/<int:pk>/review/", views.AuditReview.as_view(), name="checklist-review"),
]
