"""Addresses about people, organisations, roles and the inbox."""

from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy
from django.views.generic import TemplateView

from accounts import views
from accounts.access import public, signed_in
from accounts.forms import SignInForm

app_name = "accounts"

login = auth.LoginView.as_view(
    template_name="accounts/login.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
reset = auth.PasswordResetView.as_view(
    template_name="accounts/reset_password.html",
    email_template_name="accounts/reset_password.txt",
    subject_template_name="accounts/reset_password_subject.txt",
    success_url=reverse_lazy("accounts:reset-sent"),
)

urlpatterns = [
    path("sign-in/", public(login), name="login"),
    path("sign-out/", public(views.SignOut.as_view()), name="logout"),
    path("reset-password/", public(reset), name="reset-password"),
    path(
        "reset-password/sent/",
        public(TemplateView.as_view(template_name="accounts/reset_sent.html")),
        name="reset-sent",
    ),
    path("reset-password/<uidb64>/<token>/", public(views.ConfirmReset.as_view()), name="confirm-reset"),
    path("account/password/", signed_in(views.ChangePassword.as_view()), name="change-password"),
    path("account/", views.account, name="account"),
    path("account/seat/", views.take_seat, name="take-seat"),
    path("account/tokens/<str:fingerprint>/revoke/", views.revoke_token, name="revoke-token"),
    path("inbox/", views.inbox, name="inbox"),
    path("invitation/<str:secret>/", views.accept_invitation, name="accept-invitation"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/register/", views.register_organisation, name="register-organisation"),
    path("organisations/<str:credit_code>/invite/", views.invite, name="invite"),
    path("people/", views.people, name="people"),
    path("people/<str:email>/end/", views.end_seat, name="end-seat"),
    path("roles/", views.roles, name="roles"),
]
