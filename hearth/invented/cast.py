"""The people who sign in: one for each role, and enough others for a hostile user to be tried from everywhere."""

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from hearth.foundation.accounts.models import Appointment, Area, Organisation, Team, User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core import clock

PASSWORD = "Hearth-invented-2026"  # noqa: S105 - of people who do not exist, on a demonstration only
HELD_FOR = dt.timedelta(days=3 * 365)  # so that an invented history can be theirs


@dataclass(frozen=True)
class Part:
    """Somebody in the cast. `area` counts the pack's districts from 0; None is the whole authority."""

    key: str
    full_name: str
    job_title: str
    role: str
    organisation: str
    area: int | None
    team: str = ""


# key, name, sector
AGENCIES = (
    ("council", "", "early_help"),
    ("school", "Beacon Hill Primary School", "education"),
    ("other_school", "Ferndale High School", "education"),
    ("health", "Moorside Community Health Trust", "health"),
    ("police", "Northshire Police", "police_and_justice"),
    ("housing", "Harbour Homes", "housing"),
    ("charity", "Lantern Family Support", "voluntary"),
)

PARTS = (
    Part("practitioner", "Amina Yusuf", "Pastoral lead", "practitioner", "school", 0),
    Part("colleague", "Tom Brierley", "Class teacher", "practitioner", "school", 0),
    Part("other_practitioner", "Rhian Powell", "Head of year", "practitioner", "other_school", 1),
    Part("health_visitor", "Grace Okafor", "Health visitor", "practitioner", "health", 0),
    Part("police_officer", "Daniel Marsh", "Early action officer", "practitioner", "police", 0),
    Part("charity_worker", "Leila Haddad", "Family support worker", "practitioner", "charity", 0),
    Part("family_worker", "Joanne Pickup", "Family support worker", "practitioner", "council", 0, "Family support"),
    Part("other_family_worker", "Kofi Mensah", "Family support worker", "practitioner", "council", 1, "Family support"),
    Part("front_door_officer", "Susan Hartley", "Front door officer", "front_door_officer", "council", 0),
    Part("other_front_door_officer", "Imran Sheikh", "Front door officer", "front_door_officer", "council", 1),
    Part(
        "safeguarding_hub_social_worker",
        "Claire Whitworth",
        "Hub social worker",
        "safeguarding_hub_social_worker",
        "council",
        None,
        "Safeguarding hub",
    ),
    Part("panel_chair", "Peter Lomax", "Panel chair", "panel_chair", "council", 0),
    Part("panel_coordinator", "Nadia Rahman", "Panel coordinator", "panel_coordinator", "council", 0),
    Part("development_officer", "Helen Duckworth", "Development officer", "development_officer", "council", 0),
    Part(
        "senior_development_officer",
        "Mark Riding",
        "Senior development officer",
        "senior_development_officer",
        "council",
        None,
    ),
    Part("strategic_lead", "Dorothy Kay", "Strategic lead", "strategic_lead", "council", None),
    Part("manager", "Yvonne Barlow", "Early help manager", "manager", "council", 0, "Family support"),
    Part("county_manager", "Stephen Fell", "Head of early help", "manager", "council", None),
    Part("other_manager", "Bilal Aziz", "Early help manager", "manager", "council", 1),
    Part("charity_manager", "Ruth Ainscough", "Service manager", "manager", "charity", None, "Lantern outreach"),
    Part("commissioner", "Alan Tomlinson", "Commissioner", "commissioner", "council", None),
    Part("provider", "Mei Chen", "Contract lead", "provider", "charity", None),
    Part("analyst", "Owen Price", "Analyst", "analyst", "council", None),
    Part("quality_auditor", "Farah Iqbal", "Quality auditor", "quality_auditor", "council", None),
    Part(
        "information_governance",
        "Judith Cole",
        "Information governance officer",
        "information_governance",
        "council",
        None,
    ),
    Part("board_member", "Graham Nuttall", "Board member", "board_member", "council", None),
    Part("elected_member", "Cllr Sheila Moss", "Elected member", "elected_member", "council", None),
    Part("second_auditor", "Joseph Adeleke", "Quality auditor", "quality_auditor", "council", None),
    Part("quality_lead", "Marian Threlfall", "Quality lead", "quality_lead", "council", None),
    Part("volunteer_coordinator", "Bridget Cowell", "Volunteer coordinator", "volunteer_coordinator", "council", 0),
    Part("other_volunteer_coordinator", "Len Haworth", "Volunteer coordinator", "volunteer_coordinator", "council", 1),
    Part("administrator", "Victor Adeyemi", "Administrator", "administrator", "council", None),
)


def authenticator_secret(email: str) -> str:
    """The same base32 secret for the same address, so that a demonstration can be signed in to from outside."""
    return base64.b32encode(hashlib.sha256(b"hearth invented " + email.encode()).digest()[:20]).decode()


def email_of(part: Part) -> str:
    """An address that cannot exist (example.org is reserved)."""
    words = part.full_name.removeprefix("Cllr ").lower().replace("'", "").split()
    return f"{'.'.join(words)}@{part.organisation.replace('_', '-')}.example.org"


def load_cast(pack: Any, using: str = "owner") -> dict[str, User]:
    """Write the cast where it is missing; give every user by key. Needs the pack's areas and the roles in place."""
    organisations = {
        key: Organisation.objects.using(using).get_or_create(
            name=name or pack.authority.name, defaults={"sector": sector, "is_authority": key == "council"}
        )[0]
        for key, name, sector in AGENCIES
    }
    codes = [district.code for district in pack.areas.districts]
    areas = {area.code: area for area in Area.objects.using(using).filter(code__in=codes)}
    password = make_password(PASSWORD)
    return {
        part.key: _person(
            part,
            organisations[part.organisation],
            areas[codes[min(part.area, len(codes) - 1)]] if part.area is not None else None,
            password,
            using,
        )
        for part in PARTS
    }


def invent_person(part: Part, using: str = "owner") -> User:
    """Somebody beside the cast, of one of its organisations, for what the cast alone cannot show."""
    named = {key: name for key, name, _ in AGENCIES}
    organisation = Organisation.objects.using(using).get(name=named[part.organisation])
    return _person(part, organisation, None, make_password(PASSWORD), using)


def _person(part: Part, organisation: Organisation, area: Area | None, password: str, using: str) -> User:
    email = email_of(part)
    user, made = User.objects.using(using).get_or_create(
        email=email,
        defaults={
            "full_name": part.full_name,
            "job_title": part.job_title,
            "organisation": organisation,
            "password": password,
        },
    )
    if made:
        team = None
        if part.team:
            team, _ = Team.objects.using(using).get_or_create(organisation=organisation, name=part.team)
        held = Appointment(user=user, role=part.role, area=area, team=team, from_on=clock.today() - HELD_FOR)
        held.save(using=using, force_insert=True)
        Authenticator(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": get_adapter().encrypt(authenticator_secret(email))},
        ).save(using=using, force_insert=True)
    return user


def sign_ins(pack: Any) -> list[dict[str, str]]:
    """How each of the cast signs in, with the role's code, for the demonstration's page and for journeys."""
    districts = pack.areas.districts
    return [
        {
            "key": part.key,
            "name": part.full_name,
            "email": email_of(part),
            "password": PASSWORD,
            "authenticator_secret": authenticator_secret(email_of(part)),
            "role": part.role,
            "role_name": ROLES[part.role].name,
            "organisation": next(name for key, name, _ in AGENCIES if key == part.organisation) or pack.authority.name,
            "area": districts[min(part.area, len(districts) - 1)].name if part.area is not None else "",
        }
        for part in PARTS
    ]
