"""Sign-in, new passwords, the second factor, sessions."""

from django.urls import path

from accounts.views import own, reset, second_factor, sign_in

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("resume/", sign_in.Resume.as_view(), name="resume"),
    path("session/", own.KeepAlive.as_view(), name="session"),
    path("password-reset/", reset.PasswordReset.as_view(), name="password-reset"),
    path("password-reset/sent/", reset.PasswordResetSent.as_view(), name="password-reset-sent"),
    path(
        "password-reset/<str:uidb64>/<str:token>/",
        reset.PasswordResetConfirm.as_view(),
        name="password-reset-confirm",
    ),
    path("second-factor/", second_factor.AskCode.as_view(), name="second-factor"),
    path("second-factor/set-up/", second_factor.SetUp.as_view(), name="second-factor-set-up"),
    path("second-factor/codes/", second_factor.NewCodes.as_view(), name="second-factor-codes"),
    path("second-factor/off/", second_factor.TurnOff.as_view(), name="second-factor-off"),
    path("settings/password/", own.OwnPassword.as_view(), name="own-password"),
    path("settings/sessions/", own.EndOtherSessions.as_view(), name="end-sessions"),
]
