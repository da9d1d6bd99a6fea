"""The own settings, users and their roles."""

from django.urls import path

from orgs.users import views_settings

urlpatterns = [
    path("settings/", views_settings.OwnSettings.as_view(), name="settings"),
]
