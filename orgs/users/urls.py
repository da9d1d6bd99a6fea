"""The own settings, users and their roles."""

from django.urls import path

from orgs.users import views_card, views_register, views_settings

urlpatterns = [
    path("settings/", views_settings.OwnSettings.as_view(), name="settings"),
    path("users/", views_register.UserRegisterPage.as_view(), name="users"),
    path("users/bulk/", views_register.UserBulkPage.as_view(), name="users-bulk"),
    path("users/export/", views_register.UserExport.as_view(), name="users-export"),
    path("users/<int:pk>/", views_card.UserCard.as_view(), name="user"),
    path("users/<int:pk>/roles/add/", views_card.RoleAdd.as_view(), name="user-role-add"),
    path("users/<int:pk>/roles/<int:membership>/end/", views_card.RoleEnd.as_view(), name="user-role-end"),
    path("users/<int:pk>/close/", views_card.AccountClose.as_view(), name="user-close"),
    path("users/<int:pk>/open/", views_card.AccountOpen.as_view(), name="user-open"),
    path("users/<int:pk>/reset/", views_card.ResetSend.as_view(), name="user-reset"),
    path("users/<int:pk>/second-factor/", views_card.SecondFactorReset.as_view(), name="user-second-factor"),
]
