"""What the invented authority's directory lists: a few dozen entries in the first two districts, some of them stale or chased.

It has dice of its own, so that nothing that is told of families hangs on it.
"""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.text import fold
from hearth.invented.cast import AGENCIES
from hearth.invented.households import STREETS, invent_inward
from hearth.records.directory.actions import list_organisation, say_places, write_service
from hearth.records.directory.changes.actions import send_service_change
from hearth.records.directory.entries import entry_of, with_parts
from hearth.records.directory.models import Service

POINTS = {
    "BB11": (53.789, -2.240), "PR7": (53.651, -2.630), "TS18": (54.563, -1.316), "TS19": (54.581, -1.345),
    "SS14": (51.573, 0.470), "CM7": (51.880, 0.551), "ZZ1": (53.0, -1.5), "ZZ2": (53.1, -1.5),
}  # fmt: skip
WORDS = {
    "council": "The council’s own services for children, young people and families.",
    "school": "A primary school that opens its doors to families.",
    "health": "Health visiting, school nursing and therapies for children.",
    "housing": "A housing association that helps its tenants keep their homes.",
    "charity": "A charity that stands by families, at home and in the community.",
}


@dataclass(frozen=True)
class Offer:
    """Something that is on offer in each district."""

    name: str
    who: str  # a key of the cast's agencies
    what: str
    needs: tuple[str, ...]
    circumstances: tuple[str, ...] = ()
    ages: tuple[float | None, float | None] = (None, None)
    way_in: str = "drop-in"
    held: str = "venue"
    fees: str = ""
    days: tuple[str, ...] = ("TU",)
    hours: tuple[str, str] = ("09:30", "11:30")
    languages: tuple[str, ...] = ()


OFFERS = (
    Offer("Stay and play", "council", "Songs, messy play and a warm drink for you. Come when you can.",
          ("speech_and_play", "things_to_do"), ("new_to_area",), (0, 5), days=("MO", "TH")),
    Offer("Baby massage", "health", "Five weeks of massage, and time to talk with a health visitor.",
          ("pregnancy_and_babies",), ("young_parent",), (0, 1), "appointment", days=("WE",)),
    Offer("Dads and little ones", "charity", "A Saturday morning for fathers, grandfathers and their children.",
          ("parenting", "things_to_do"), ("fathers",), (0, 8), days=("SA",), hours=("10:00", "12:00")),
    Offer("Parenting course: the early years", "council", "Eight sessions on sleep, feeding, play and saying no.",
          ("parenting", "behaviour"), (), (0, 5), "appointment", days=("TH",), hours=("13:00", "15:00"), languages=("ur", "pl")),
    Offer("Parenting teenagers", "council", "Six evenings on arguments, phones and staying close.",
          ("parenting", "behaviour"), (), (11, 18), "appointment", days=("WE",), hours=("18:30", "20:30")),
    Offer("Speech and language drop-in", "health", "Worried about your child’s talking? Ask a therapist.",
          ("speech_and_play", "special_needs"), ("disabled_child",), (0, 5), days=("1MO",)),
    Offer("Breakfast club", "school", "A hot breakfast and help with homework before school.",
          ("school", "food_and_essentials"), ("low_income",), (4, 11), fees="50p a day", days=("MO", "TU", "WE", "TH", "FR"),
          hours=("07:45", "08:45")),
    Offer("School attendance help", "school", "When mornings are hard: we meet at home or at school, and make a plan.",
          ("school", "feelings"), (), (4, 11), "referral", "home visit"),
    Offer("Young people’s counselling", "charity", "Up to ten talks with a counsellor, alone and in private.",
          ("feelings",), ("lgbt", "bereaved"), (11, 18), "referral", days=("MO", "WE"), hours=("15:30", "18:30")),
    Offer("Talk it over", "charity", "Help for couples and parents apart, so that children are not in the middle.",
          ("relationships",), ("lone_parent",), (18, None), "appointment", fees="By what you earn", days=("TU",), hours=("17:00", "20:00")),
    Offer("Safe at home", "charity", "Support and a safe plan for anybody who is hurt or frightened at home.",
          ("domestic_abuse", "staying_safe"), (), (16, None), "drop-in", "phone", days=("MO", "TU", "WE", "TH", "FR"), hours=("09:00", "17:00"),
          languages=("pa", "ur", "bsl")),
    Offer("Families and drink", "health", "For parents who want to drink less, and for their children.",
          ("drugs_and_alcohol",), (), (5, None), "referral", days=("FR",)),
    Offer("Money advice", "housing", "Benefits checked, bills sorted, debts dealt with. Bring your letters.",
          ("money_and_debt", "housing"), ("low_income",), (18, None), days=("TU", "FR"), hours=("10:00", "13:00"), languages=("ro", "so")),
    Offer("Keeping your home", "housing", "If you are behind with the rent or told to leave, ring before you do anything else.",
          ("housing",), (), (16, None), "appointment", "phone"),
    Offer("Community pantry", "charity", "A week’s food for a few pounds, and clothes and school uniform.",
          ("food_and_essentials",), ("low_income", "new_to_area"), fees="£4 a visit", days=("FR",), hours=("12:00", "15:00")),
    Offer("Young carers’ evening", "council", "Pizza, trips and somebody to talk to, for children who look after somebody.",
          ("things_to_do", "feelings"), ("young_carer",), (8, 18), "referral", days=("TH",), hours=("17:00", "19:00")),
    Offer("Short breaks club", "council", "A Saturday club for disabled children, with a worker for each who needs one.",
          ("special_needs", "things_to_do"), ("disabled_child",), (5, 18), "referral", fees="£6 a session", days=("SA",), hours=("10:00", "15:00")),
    Offer("Perinatal mental health", "health", "If you feel low or frightened before or after a birth, we see you soon.",
          ("adult_mental_health", "pregnancy_and_babies"), ("expecting", "young_parent"), (16, None), "referral", "home visit"),
    Offer("Work club", "housing", "A computer, a cup of tea and help with your application.",
          ("work_and_training",), (), (16, None), days=("WE",), hours=("10:00", "12:00")),
    Offer("Grandparents’ circle", "charity", "For grandparents and others who bring up somebody else’s child.",
          ("parenting",), ("grandparent_carer",), (18, None), days=("2TU",), hours=("13:00", "15:00")),
)  # fmt: skip
ACCESSIBLE = (
    "step_free",
    "wheelchair",
    "accessible_toilet",
    "hearing_loop",
    "pushchairs",
    "quiet_space",
    "blue_badge_parking",
)
AGES_OF_ENTRIES = (3, 20, 45, 90, 140, 160, 260, 500)  # days since somebody confirmed it
PLACES = ("open", "open", "", "waiting", "full")


def list_services(cast: dict[str, Any], areas: list[Any], outward: tuple[str, ...]) -> None:
    """The directory of each district, as a steward wrote it; and one change that waits for one."""
    steward = cast["commissioner"]
    names = {part: name for part, name, _ in AGENCIES if part in WORDS and name}
    agencies = {part: Organisation.objects.get(name=name) for part, name in names.items()}
    agencies["council"] = steward.organisation
    with acting_as(steward):
        listed = {
            part: list_organisation(
                by=steward, name=agency.name, description=WORDS[part], agency=agency,
                email=f"hello@{part}.example.org", website=f"https://{part}.example.org",
            )
            for part, agency in agencies.items()
        }  # fmt: skip
    for place, area in enumerate(dict.fromkeys(areas)):
        dice = random.Random(f"listed {place}")
        for offer in OFFERS:
            entry = _entry(dice, offer, area.name, outward[min(place, len(outward) - 1)])
            told = clock.now() - dt.timedelta(days=dice.choice(AGES_OF_ENTRIES))
            with clock.frozen(told), acting_as(steward):
                service = write_service(by=steward, organisation=listed[offer.who], entry=entry)
                if said := dice.choice(PLACES):
                    say_places(by=steward, service=service, places=said, waiting_weeks=dice.randint(2, 14))
    _send_a_change(cast["provider"])


def _send_a_change(provider: Any) -> None:
    with acting_as(provider):
        service = with_parts(Service.objects.kept_by(provider)).order_by("name", "id").first()
        if service is not None:
            entry = entry_of(service) | {"fees": "£5 a visit", "alert": "No session in the week after Christmas."}
            send_service_change(
                by=provider, organisation=service.organisation, service=service, entry=entry, version=service.version
            )


def _entry(dice: random.Random, offer: Offer, town: str, outward: str) -> dict[str, Any]:
    latitude, longitude = POINTS[outward]
    place = {
        "id": "", "name": f"{town} {dice.choice(('Family Hub', 'Library', 'Community Centre', 'Church Hall', 'Sports Centre'))}",
        "address_1": f"{dice.randint(1, 180)} {dice.choice(STREETS)}", "city": town, "county": "",
        "postcode": f"{outward} {invent_inward(dice)}",
        "latitude": round(latitude + dice.uniform(-0.02, 0.02), 5), "longitude": round(longitude + dice.uniform(-0.03, 0.03), 5),
        "accessibility": sorted(dice.sample(ACCESSIBLE, 4)), "accessibility_words": "",
    }  # fmt: skip
    opens, closes = offer.hours
    return {
        "name": f"{offer.name}, {town}", "description": offer.what, "needs": list(offer.needs),
        "circumstances": list(offer.circumstances), "minimum_age": offer.ages[0], "maximum_age": offer.ages[1],
        "way_in": offer.way_in, "held": offer.held, "is_free": not offer.fees, "fees": offer.fees,
        "languages": list(offer.languages), "url": f"https://{offer.who}.example.org/{fold(offer.name).replace(' ', '-')}",
        "email": f"hello@{offer.who}.example.org", "phone": f"01632 960{dice.randint(0, 999):03d}",
        "contact_name": "", "contact_title": "", "places": [place] if offer.held == "venue" else [],
        "sessions": [{"days": list(offer.days), "opens_at": opens, "closes_at": closes, "description": ""}],
    }  # fmt: skip
