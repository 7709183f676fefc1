"""messages.toml: the names messages come from."""

from typing import Annotated

from pydantic import Field, StringConstraints

from hearth.foundation.core.packs.base import Email, Part, Words


class Messages(Part):
    """Messages say that there is news, never a name or a fact."""

    email_sender_name: Words = Field(description="the name an e-mail comes from")
    email_sender: Email = Field(description="the address it comes from")
    email_reply_to: Email = Field(description="the address an answer goes to")
    text_sender: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ]{3,11}$")] = Field(
        description="the name a text comes from: 3 to 11 letters and figures"
    )
    closing: Words = Field(description="the last line of an e-mail")
