"""Register and card of organizations."""

from django.urls import path

from orgs import views

urlpatterns = [
    path("organizations/", views.OrganizationRegister.as_view(), name="organizations"),
    path("organizations/<int:pk>/", views.OrganizationCard.as_view(), name="organization"),
]
