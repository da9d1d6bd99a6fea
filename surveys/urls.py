"""The staff side of surveys."""

from django.urls import path

from surveys import views

urlpatterns = [path("surveys/", views.Surveys.as_view(), name="surveys")]
