"""How people sign in: password and a second step (authenticator app or passkey), or the council's own directory."""

import os
from pathlib import Path

from hearth.config import environment as env

_ACCOUNTS = "hearth.foundation.accounts"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
HEARTH_SENDER = (
    "hearth.foundation.messages.actions.send"  # accounts and messages are neighbours and may not import each other
)
# The session outlives the sitting, so that what was typed before a long absence is still known to be somebody's.
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_ACCOUNTS}.sign_in.passwords.LongEnough"},
    {"NAME": f"{_ACCOUNTS}.sign_in.passwords.NotCommon"},
    {"NAME": f"{_ACCOUNTS}.sign_in.passwords.NotAboutThePerson"},
]

ACCOUNT_ADAPTER = f"{_ACCOUNTS}.sign_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by a manager; nobody signs up
ACCOUNT_SESSION_REMEMBER = False  # closing the browser ends the sitting
ACCOUNT_FORMS = {
    "login": f"{_ACCOUNTS}.sign_in.forms.SignInForm",
    "reauthenticate": f"{_ACCOUNTS}.sign_in.forms.ConfirmPasswordForm",
}
# Tries that fail are counted by address typed and by network address; a whole school signs in from one of those.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "40/10m/ip,5/10m/key",
    "reset_password": "20/10m/ip,3/10m/key",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = f"{_ACCOUNTS}.sign_in.second_steps.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": f"{_ACCOUNTS}.sign_in.forms.SecondStepForm",
    "authenticate_webauthn": f"{_ACCOUNTS}.sign_in.forms.SecondStepPasskeyForm",
    "login_webauthn": f"{_ACCOUNTS}.sign_in.forms.PasskeySignInForm",
    "reauthenticate": f"{_ACCOUNTS}.sign_in.forms.ConfirmCodeForm",
    "reauthenticate_webauthn": f"{_ACCOUNTS}.sign_in.forms.ConfirmPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are wrong by seconds; a code is good once all the same
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("HEARTH_DEMONSTRATION") == "1"  # a demonstration has no TLS

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("HEARTH_BEHIND_TLS", default=False) else 0

# The council's own directory. Only invited people come in; without an issuer the button is not there.
HEARTH_OIDC_ISSUER = os.environ.get("HEARTH_OIDC_ISSUER", "").rstrip("/")
HEARTH_OIDC_NAME = os.environ.get("HEARTH_OIDC_NAME", "your organisation's account")
HEARTH_OIDC_EMAIL_CLAIM = os.environ.get("HEARTH_OIDC_EMAIL_CLAIM", "email")
HEARTH_OIDC_SECOND_FACTOR = env.flag("HEARTH_OIDC_SECOND_FACTOR", default=False)
_OIDC_SECRET_FILE = os.environ.get("HEARTH_OIDC_CLIENT_SECRET_FILE", "")
SOCIALACCOUNT_ADAPTER = f"{_ACCOUNTS}.sign_in.openid.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = (
    True  # a link: a form may only be sent to ourselves (content security policy), redirects included
)
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "directory",
                    "name": HEARTH_OIDC_NAME,
                    "client_id": os.environ.get("HEARTH_OIDC_CLIENT_ID", ""),
                    "secret": Path(_OIDC_SECRET_FILE).read_text().strip()
                    if _OIDC_SECRET_FILE
                    else os.environ.get("HEARTH_OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": HEARTH_OIDC_ISSUER},
                }
            ],
        }
    }
    if HEARTH_OIDC_ISSUER
    else {}
)
