"""Addresses about people, organisations, roles and the inbox."""

from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy
from django.views.generic import TemplateView

from accounts.access import public, signed_in
from accounts.resets import AskForLinkForm, Links
from accounts.views import account, bank, drafts, factors, organisations, seats, session, sign_in, systems

app_name = "accounts"

reset = auth.PasswordResetView.as_view(
    form_class=AskForLinkForm,
    token_generator=Links(),
    template_name="accounts/reset_password.html",
    email_template_name="accounts/reset_password.txt",
    subject_template_name="accounts/reset_password_subject.txt",
    success_url=reverse_lazy("accounts:reset-sent"),
)

urlpatterns = [
    path("sign-in/", public(sign_in.SignIn.as_view()), name="login"),
    path("sign-in/second-step/", sign_in.second_step, name="second-step"),
    path("sign-in/passkey/", sign_in.passkey_sign_in, name="passkey-sign-in"),
    path("session/", session.session, name="session"),
    path("signed-in/", signed_in(TemplateView.as_view(template_name="accounts/signed_in.html")), name="signed-in"),
    path("sign-out/", public(sign_in.SignOut.as_view()), name="logout"),
    path("reset-password/", public(reset), name="reset-password"),
    path(
        "reset-password/sent/",
        public(TemplateView.as_view(template_name="accounts/reset_sent.html")),
        name="reset-sent",
    ),
    path("reset-password/<uidb64>/<token>/", public(sign_in.ConfirmReset.as_view()), name="confirm-reset"),
    path("invitation/<str:secret>/", sign_in.accept_invitation, name="accept-invitation"),
    path("account/", account.account, name="account"),
    path("account/confirm/", sign_in.confirm, name="confirm"),
    path("account/password/", signed_in(account.ChangePassword.as_view()), name="change-password"),
    path("account/seat/", account.take_seat, name="take-seat"),
    path("account/sessions/end/", account.end_sessions, name="end-sessions"),
    path("account/tokens/make/", account.make_token, name="make-token"),
    path("account/tokens/<str:fingerprint>/revoke/", account.revoke_token, name="revoke-token"),
    path("account/passkeys/add/", factors.add_passkey, name="add-passkey"),
    path("account/passkeys/<str:fingerprint>/remove/", factors.remove_passkey, name="remove-passkey"),
    path("account/codes/set-up/", factors.set_up_codes, name="set-up-codes"),
    path("account/codes/remove/", factors.remove_codes, name="remove-codes"),
    path("account/recovery-codes/", factors.make_recovery_codes, name="make-recovery-codes"),
    path("inbox/", account.inbox, name="inbox"),
    path("drafts/<path:form>/", drafts.draft, name="draft"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/register/", organisations.register_organisation, name="register-organisation"),
    path("organisations/<str:credit_code>/", organisations.organisation, name="organisation"),
    path("organisations/<str:credit_code>/rename/", organisations.propose_renaming, name="propose-renaming"),
    path("organisations/<str:credit_code>/invite/", seats.invite, name="invite"),
    path("organisations/<str:credit_code>/affiliation/", organisations.propose_affiliation, name="propose-affiliation"),
    path("organisations/<str:credit_code>/separation/", organisations.propose_separation, name="propose-separation"),
    path("organisations/<str:credit_code>/succession/", organisations.propose_succession, name="propose-succession"),
    path("organisations/<str:credit_code>/liquidation/", organisations.propose_liquidation, name="propose-liquidation"),
    path("organisations/<str:credit_code>/closure/", organisations.propose_closure, name="propose-closure"),
    path("filings/", organisations.filings, name="filings"),
    path("filings/<str:reference>/", organisations.filing, name="filing"),
    path("filings/<str:reference>/document/", organisations.filing_document, name="filing-document"),
    path("filings/<str:reference>/decline/", organisations.decline_filing, name="decline-filing"),
    path("bank-accounts/", bank.bank_accounts, name="bank-accounts"),
    path("bank-accounts/propose/", bank.propose_bank_account, name="propose-bank-account"),
    path("bank-accounts/<str:reference>/", bank.bank_account, name="bank-account"),
    path("bank-accounts/<str:reference>/confirm/", bank.confirm_bank_account, name="confirm-bank-account"),
    path("bank-accounts/<str:reference>/withdraw/", bank.withdraw_bank_account, name="withdraw-bank-account"),
    path("people/", seats.people, name="people"),
    path("people/<str:email>/end/", seats.end_seat, name="end-seat"),
    path("people/<str:email>/reset-factors/", factors.reset_factors, name="reset-factors"),
    path("systems/", systems.systems, name="systems"),
    path("systems/propose/", systems.propose_system, name="propose-system"),
    path("systems/<str:reference>/", systems.system, name="system"),
    path("systems/<str:reference>/confirm/", systems.confirm_system, name="confirm-system"),
    path("systems/<str:reference>/decline/", systems.decline_system, name="decline-system"),
    path("systems/<str:reference>/end/", systems.end_system, name="end-system"),
    path("systems/<str:reference>/tokens/make/", systems.make_system_token, name="make-system-token"),
    path(
        "systems/<str:reference>/tokens/<str:fingerprint>/revoke/",
        systems.revoke_system_token,
        name="revoke-system-token",
    ),
    path("roles/", seats.roles, name="roles"),
]
