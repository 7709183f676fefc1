"""Addresses of sign-in, of one's own account, and of the people who sign in."""

from django.urls import path

from hearth.foundation.accounts import views
from hearth.foundation.accounts.own_account import views as own
from hearth.foundation.accounts.sign_in import views as sign_in

urlpatterns = [
    path("sign-in/", sign_in.account_login, name="account_login"),
    path("sign-in/second-step/", sign_in.mfa_authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in.mfa_login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/", sign_in.sign_in_again, name="sign_in_again"),
    path("sign-in/closed/", sign_in.account_inactive, name="account_inactive"),
    path("sign-in/forgotten/", sign_in.forgotten_password, name="forgotten_password"),
    path("sign-in/confirm/", sign_in.account_reauthenticate, name="account_reauthenticate"),
    path("sign-in/confirm/code/", sign_in.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/confirm/passkey/", sign_in.mfa_reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sign-in/with/cancelled/", sign_in.socialaccount_login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/with/<str:provider_id>/", sign_in.openid_connect_login, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back/", sign_in.openid_connect_callback, name="openid_connect_callback"),
    path("sign-out/", sign_in.account_logout, name="account_logout"),
    path("choose-password/<str:token>/", sign_in.choose_password, name="choose_password"),
    path("my-account/", own.my_account, name="my_account"),
    path("my-account/details/", own.change_details, name="change_details"),
    path("my-account/password/", own.change_password, name="change_password"),
    path("my-account/second-step/", own.set_up_second_step, name="set_up_second_step"),
    path("my-account/second-step/app/", own.set_up_app, name="set_up_app"),
    path("my-account/second-step/app/remove/", own.remove_app, name="remove_app"),
    path("my-account/second-step/passkey/", own.add_passkey, name="add_passkey"),
    path("my-account/second-step/passkey/<str:key>/", own.rename_passkey, name="rename_passkey"),
    path("my-account/second-step/passkey/<str:key>/remove/", own.remove_passkey, name="remove_passkey"),
    path("my-account/recovery-codes/", own.recovery_codes, name="recovery_codes"),
    path("my-account/recovery-codes/renew/", own.renew_recovery_codes, name="renew_recovery_codes"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("colleagues/find/", views.people_picker, name="people_picker"),
    path("colleagues/invite/", views.invite_person, name="invite_person"),
    path("colleagues/add-team/", views.add_team, name="add_team"),
    path("colleagues/<str:reference>/", views.colleague, name="colleague"),
    path("colleagues/<str:reference>/give-role/", views.appoint_person, name="appoint_person"),
    path("colleagues/<str:reference>/end-role/", views.end_appointment, name="end_appointment"),
    path("colleagues/<str:reference>/close/", views.close_account, name="close_account"),
    path("colleagues/<str:reference>/open/", views.open_account, name="open_account"),
    path("colleagues/<str:reference>/send-link/", views.send_link, name="send_link"),
    path(
        "colleagues/<str:reference>/second-step-again/", views.begin_second_step_again, name="begin_second_step_again"
    ),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/add/", views.add_organisation, name="add_organisation"),
    path("roles/", views.roles_page, name="roles_page"),
]
