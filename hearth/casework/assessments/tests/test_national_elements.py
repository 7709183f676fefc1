"""The Common Assessment Framework's domains and elements, by their national names: a practitioner looks for these."""

from pathlib import Path

import pytest
from django.conf import settings

from hearth.foundation.core.pack import load_pack

DEVELOPMENT = [
    "General health",
    "Physical development",
    "Speech, language and communication",
    "Emotional and social development",
    "Behavioural development",
    "Identity, self-esteem, self-image and social presentation",
    "Family and social relationships",
    "Self-care skills and independence",
    "Understanding, reasoning and problem solving",
    "Participation in learning, education and employment",
    "Progress and achievement in learning",
    "Aspirations",
]
PARENTS_AND_CARERS = [
    "Basic care, ensuring safety and protection",
    "Emotional warmth and stability",
    "Guidance, boundaries and stimulation",
]
FAMILY_AND_ENVIRONMENT = [
    "Family history, functioning and well-being",
    "Wider family",
    "Housing, employment and finance",
    "Social and community elements and resources, including education",
]
DOMAINS = {
    "development": ("each_child", DEVELOPMENT),
    "parents": ("family", PARENTS_AND_CARERS),
    "family_and_surroundings": ("family", FAMILY_AND_ENVIRONMENT),
}


@pytest.mark.parametrize("practice", ["lancashire", "essex"])
def test_the_caf_asks_for_strengths_and_needs_of_every_national_element_and_no_other(practice):
    form = load_pack(Path(settings.PRACTICE_DIR) / practice).assessment_form
    both = {
        section.code: (section.scope, [q.label for q in section.questions if q.kind == "strengths_and_needs"])
        for section in form.sections
    }
    assert {code: found for code, found in both.items() if found[1]} == DOMAINS
