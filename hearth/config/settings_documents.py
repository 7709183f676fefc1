"""Files that people and partners' systems send: how large they may be, who checks them for viruses, and where they are kept."""

import os
import re

from hearth.config import environment as env

HEARTH_FILE_MEGABYTES = env.whole_number("HEARTH_FILE_MEGABYTES", 25)
HEARTH_DOCUMENTS_MEGABYTES = env.whole_number("HEARTH_DOCUMENTS_MEGABYTES", 250)
FILE_UPLOAD_HANDLERS = ["hearth.foundation.ui.uploads.LimitedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

HEARTH_CLAMD = os.environ.get("HEARTH_CLAMD", "")  # host:port, or the path of a socket
if HEARTH_CLAMD and not re.fullmatch(r"/.+|.+:\d{1,5}", HEARTH_CLAMD):
    raise env.SettingError(f"HEARTH_CLAMD is {HEARTH_CLAMD!r}: give host:port or the path of clamd's socket.")

HEARTH_STORE_URL = os.environ.get("HEARTH_STORE_URL", "")  # the store's address, and the bucket after the stroke
if HEARTH_STORE_URL and not re.fullmatch(r"https?://[^/]+/[^/]+/?", HEARTH_STORE_URL):
    raise env.SettingError(
        "HEARTH_STORE_URL must be the store's address with one bucket: https://store.example/bucket."
    )
HEARTH_STORE_REGION = os.environ.get("HEARTH_STORE_REGION", "eu-west-2")
HEARTH_STORE_KEY = env.given("HEARTH_STORE_KEY")
HEARTH_STORE_SECRET = env.given("HEARTH_STORE_SECRET")

HEARTH_CASEWORK_FEED_BY = os.environ.get("HEARTH_CASEWORK_FEED_BY", "")  # who answers for casework as a feed
if HEARTH_CASEWORK_FEED_BY and "@" not in HEARTH_CASEWORK_FEED_BY:
    raise env.SettingError(
        f"HEARTH_CASEWORK_FEED_BY is {HEARTH_CASEWORK_FEED_BY!r}: give the e-mail address of the analyst who answers for it."
    )

HEARTH_FEEDS_DROPPED = os.environ.get("HEARTH_FEEDS_DROPPED", "")  # a folder that the worker looks into
HEARTH_FEEDS_DROPPED_BY = os.environ.get("HEARTH_FEEDS_DROPPED_BY", "")
if HEARTH_FEEDS_DROPPED and not (os.path.isdir(HEARTH_FEEDS_DROPPED) and "@" in HEARTH_FEEDS_DROPPED_BY):
    raise env.SettingError(
        f"HEARTH_FEEDS_DROPPED is {HEARTH_FEEDS_DROPPED!r}: give a folder that is there, and in HEARTH_FEEDS_DROPPED_BY the"
        " e-mail address of the analyst who answers for what is dropped in it."
    )

# Other authorities' directories of services: "Blackburn = https://directory.blackburn.example/api; Bolton = https://..."
HEARTH_DIRECTORY_FEEDS = env.named_addresses("HEARTH_DIRECTORY_FEEDS")
HEARTH_DIRECTORY_FEEDS_BY = os.environ.get("HEARTH_DIRECTORY_FEEDS_BY", "")
if HEARTH_DIRECTORY_FEEDS_BY and "@" not in HEARTH_DIRECTORY_FEEDS_BY:
    raise env.SettingError(
        f"HEARTH_DIRECTORY_FEEDS_BY is {HEARTH_DIRECTORY_FEEDS_BY!r}: give the e-mail address of the steward who answers for them."
    )
