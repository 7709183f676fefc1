"""Where what is due is done: the page of each kind of thing, for whoever may do it there."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse


def page_of(reader: Any, due: Mapping[str, Any]) -> str:
    """The page on which something due is done; of an assessment the page to read it, for who writes in no case."""
    if due["assessment"]:
        if due["kind"] == "assessment" and reader.may("work_case"):
            return reverse("assessment", args=[due["case_reference"]])
        return reverse("read_assessment", args=[due["assessment"]])
    return ""
