"""The sentences of sign-in, where the library has its own: ours say what to do."""

LOCKED = "Too many tries did not work. Wait 10 minutes, then try again, or ask for a new password if you forgot yours."
WRONG = "The e-mail address or the password is not right. Check both and try again."
WRONG_CODE = (
    "That code is not right, or has been used. Enter the 6 figures that your app shows now, or a recovery code."
)

SENTENCES = {
    "account_inactive": "This account is closed. Ask your manager if that is a mistake.",
    "email_password_mismatch": WRONG,
    "incorrect_code": WRONG_CODE,
    "incorrect_password": "That is not your password. Try again.",
    "invalid_login": WRONG,
    "rate_limited": LOCKED,
    "too_many_login_attempts": LOCKED,
}
