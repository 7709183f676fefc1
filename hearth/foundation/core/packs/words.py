"""words.toml: what this authority calls the things every authority has.

As in the middle of a sentence: small letters, and with "the" where people say it.
"""

from pydantic import Field

from hearth.foundation.core.packs.base import Part, Words


class LocalWords(Part):
    """The authority's own names for the parts of early help."""

    early_help: Words = Field(description="the whole service: early help, early support")
    front_door: Words = Field(description="where every request arrives")
    request: Words = Field(description="what a referrer makes: a request for support")
    assessment: Words = Field(description="the whole-family assessment, in full")
    assessment_short: Words = Field(description="the same, as people say it: CAF, EHA")
    plan: Words = Field(description="what is agreed with the family")
    lead_practitioner: Words = Field(description="the one person the family deals with")
    team_around_the_family: Words = Field(description="everybody who works the plan, the family included")
    panel: Words = Field(description="the people who can allocate resources")
    social_care: Words = Field(description="statutory children's services, to which a case steps up")
    social_care_front_door: Words = Field(description="the hub that takes a step up")
    levels_of_need: Words = Field(description="the authority's framework of need: its title")
    partnership: Words = Field(description="the partners together")
