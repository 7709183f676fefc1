"""An e-mail as it travels."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.messages.parcels import Parcel


def letter(parcel: Parcel) -> EmailMessage:
    """The e-mail, with the authority as its sender. Its id is the message's own, so that a second copy can be told."""
    sender = pack().messages
    made = EmailMessage(policy=SMTP)
    made["From"] = formataddr((sender.email_sender_name, sender.email_sender))
    made["To"] = parcel.address
    made["Reply-To"] = sender.email_reply_to
    made["Subject"] = parcel.subject
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = f"<{parcel.id}@{sender.email_sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(parcel.body)
    return made
