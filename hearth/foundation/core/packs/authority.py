"""authority.toml: who the authority is, what it looks like and whom to ring when a child is not safe."""

from typing import Annotated

from pydantic import Field, StringConstraints

from hearth.foundation.core.packs.base import Code, Colour, Email, Name, Part, Phone, WebAddress, Words


class Safeguarding(Part):
    """Whom to ring now, when a child may be at risk of significant harm."""

    team: Words = Field(description="the social care front door's own name")
    in_danger: Words = Field(description="the first sentence: a child in danger at this moment")
    phone: Phone = Field(description="the number in office hours")
    office_hours: Words = Field(description="those hours, as people say them")
    out_of_hours_team: Words = Field(description="the emergency duty team's own name")
    out_of_hours_phone: Phone = Field(description="the number at night, at weekends and on holidays")
    email: Email = Field(description="for what is not urgent; never for a child in danger")


class Authority(Part):
    """The council that answers for the system here."""

    code: Code = Field(description="the pack's folder name, and the code of the area that is the whole authority")
    name: Name = Field(description="the council's full name")
    short_name: Name = Field(description="as people say it: Lancashire")
    service_name: Name = Field(description="shown in the header, beside the council's name")
    la_code: Annotated[str, StringConstraints(pattern=r"^\d{3}$")] = Field(description="the three figures the DfE uses")
    gss_code: Annotated[str, StringConstraints(pattern=r"^E\d{8}$")] = Field(
        description="the ONS code of the whole authority"
    )
    reference_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}$")] = Field(
        description="capitals that begin every reference: EH gives EH-4F7K2QX"
    )
    header_colour: Colour = Field(description="the header's background; white is written on it")
    accent_colour: Colour = Field(description="buttons and links, on white or with white on them")
    phone: Phone = Field(description="early help's own number")
    opening_hours: Words = Field(description="when that number is answered, as people say it")
    email: Email = Field(description="early help's own address")
    postal_address: Words = Field(description="for letters")
    website: WebAddress = Field(description="the council's own site")
    data_protection_email: Email = Field(description="whom to ask about one's own records")
    complaints_email: Email = Field(description="whom to tell when something went wrong")
    safeguarding: Safeguarding = Field(description="whom to ring now")
