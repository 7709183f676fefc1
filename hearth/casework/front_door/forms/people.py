"""The people on a request: as many rows as somebody needs, added on the page with or without script."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from hearth.casework.front_door.typed import TypedPerson
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui import fields
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.models import FamilyRole, Sex
from hearth.records.people.rules import why_not_these_facts

MOST = 40
ROW = re.compile(r"^person-(\d{1,3})-")
ADD, REMOVE, PUT_BACK = "add_person", "remove_person", "put_back_person"  # buttons, each of which sends the form
TAKEN_OUT = "taken_out"  # goes with the form, once for each row that was taken out and may be put back
PRECISION = {"day": "full", "month": "month", "year": "year"}


class PeopleRowsMixin(forms.Form):
    """A form with rows of people. Which rows there are is read from what was sent, so a draft brings its rows back.

    "Add another person", "Remove" and "Put back" send the form: it comes back with a row more or less, everything typed
    still in it, and nothing judged. `is_valid` is then False without an error. What was typed of somebody who is taken
    out goes with the form, unseen and unjudged, and so with its draft, until it is sent.
    """

    brief = False  # a family is asked less of each person
    mark_optional = False  # little must be answered: what must be is said when it is missing

    def add_rows(self) -> None:
        """Make the fields of every row. Called once the form's own fields are there."""
        self.rows = self._wanted_rows()
        for row in self.rows:
            for name, field in _row_fields(brief=self.brief, subject=self._called(row)).items():
                self.fields[f"person-{row}-{name}"] = field

    def _called(self, row: int) -> str:
        """The person of a row, in a sentence about what is wrong with it: Leo Marsden; Child 2; Person 2."""
        said = {
            name: str(self.data.get(f"person-{row}-{name}", "")).strip()
            for name in ("given_name", "family_name", "role")
        }
        name = f"{said['given_name']} {said['family_name']}".strip()
        role = dict(FamilyRole.choices).get(said["role"], "")
        if name or row not in self.rows:
            return name or role or "Somebody without a name"
        return f"{role or 'Person'} {self.rows.index(row) + 1}"

    def _wanted_rows(self) -> list[int]:
        if not self.is_bound:
            return self._known_rows() or [0, 1]
        out = self._out()
        rows = [row for row in self._sent_rows() if str(row) not in out][:MOST]
        if (ADD in self.data and len(rows) < MOST) or not rows:
            rows.append(self.next_row)
        return rows

    def _sent_rows(self) -> list[int]:
        """Every row of which something was sent, those taken out too."""
        return sorted({int(match[1]) for name in self.data if (match := ROW.match(name))})

    def _out(self) -> set[str]:
        """The rows that were taken out before, or are now. One is put back while there is room for it."""
        if not self.is_bound:
            return set()
        out = {*self._sent(TAKEN_OUT), *self._sent(REMOVE)}
        room = sum(str(row) not in out for row in self._sent_rows()) < MOST
        return out - set(self._sent(PUT_BACK)) if room else out

    def _sent(self, name: str) -> list[str]:
        if isinstance(self.data, MultiValueDict):
            return list(self.data.getlist(name))
        return [str(self.data[name])] if name in self.data else []

    def taken_out(self) -> list[tuple[int, str, list[tuple[str, str]]]]:
        """For the template: whoever was taken out and of whom something was typed: the row, what to call them, and that."""
        out = self._out()
        typed = {row: self._typed(row) for row in self._sent_rows() if str(row) in out}
        return [(row, self._called(row), said) for row, said in typed.items() if said][:MOST]

    def _typed(self, row: int) -> list[tuple[str, str]]:
        """What was typed of one person, by field; nothing where every box is empty."""
        names = [name for name in self.data if name.startswith(f"person-{row}-")]
        return [(name, value) for name in names for value in self._sent(name) if value.strip()]

    def _known_rows(self) -> list[int]:
        """The rows that the first values name."""
        return sorted({int(match[1]) for name in self.initial if (match := ROW.match(name))})[:MOST]

    @property
    def next_row(self) -> int:
        """The key that another person's row would have."""
        there = self._sent_rows() if self.is_bound else []
        return max([*there, *getattr(self, "rows", [])], default=-1) + 1

    @property
    def changing_rows(self) -> bool:
        """Whether the form was sent to add somebody, take them out or put them back, not to be judged."""
        return self.is_bound and any(button in self.data for button in (ADD, REMOVE, PUT_BACK))

    def is_valid(self) -> bool:
        """False, without a complaint, while rows are being added."""
        if self.changing_rows:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return False
        return super().is_valid()

    def row_fields(self) -> list[str]:
        """The names of the rows' fields, in order."""
        return [name for name in self.fields if ROW.match(name)]

    def drawn_rows(self) -> Iterator[tuple[int, int, list[str]]]:
        """For the template: the row's key, its number as people count, and its fields' names."""
        for number, row in enumerate(self.rows, start=1):
            yield row, number, [name for name in self.fields if name.startswith(f"person-{row}-")]

    def clean_rows(self) -> list[TypedPerson]:
        """Everybody who was typed, a father of whom nothing else is known too; rows left empty do not count."""
        found = [self._person(row, number) for number, row in enumerate(self.rows, start=1)]
        return [person for person in found if person is not None]

    def _person(self, row: int, number: int) -> TypedPerson | None:
        said = {
            name.removeprefix(f"person-{row}-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"person-{row}-")
        }
        if not any(
            said.get(name)
            for name in ("role", "given_name", "family_name", "born", "lives_elsewhere", "place_of_day", "expected")
        ):
            return None
        if not said.get("role"):
            self.add_error(f"person-{row}-role", f"Choose who person {number} is in the family")
        born, precision = self._birth(row, said)
        return TypedPerson(
            role=said.get("role") or "other",
            given_name=said.get("given_name") or "",
            family_name=said.get("family_name") or "",
            born_on=born,
            birth_precision=precision,
            sex=said.get("sex") or "U",
            lives_elsewhere=said.get("lives_elsewhere") or "",
            place_of_day=said.get("place_of_day") or "",
        )

    def _birth(self, row: int, said: dict[str, Any]) -> tuple[Any, str]:
        """The day as it is kept, and how much of it is known; a day that cannot be is put on its field."""
        born: PartialDate | None = said.get("born")
        if born is None:
            return None, "expected" if said.get("expected") else "unknown"
        precision = "expected" if said.get("expected") else "estimated" if born.estimated else PRECISION[born.precision]
        refusal = why_not_these_facts(
            given_name="any",
            family_name="",
            name_supplied=True,
            born_on=born.earliest,
            birth_precision=precision,
            died_on=None,
        )
        if refusal is not None:
            hint = "" if said.get("expected") else " Tick the box if the baby is not born yet."
            said_of = lower_first(refusal.sentence)
            self.add_error(f"person-{row}-born", f"{self._called(row)}: {said_of}{hint}")
        return born.earliest, precision


def _row_fields(*, brief: bool, subject: str) -> dict[str, forms.Field]:
    same: dict[str, Any] = {"required": False}
    made: dict[str, forms.Field] = {
        "given_name": fields.TextField("First name", max_length=100, **same),
        "family_name": fields.TextField("Last name", max_length=100, **same),
        "role": fields.SelectField("Who is this?", choices=FamilyRole.choices, width="full", **same),
        "place_of_day": fields.TextField("Nursery, school, college or work", max_length=200, **same),
        "born": fields.PartialDateField("Date of birth", subject=f"{subject}: the date of birth", **same),
        "sex": fields.RadiosField("Sex", choices=Sex.choices, small=True, **same),
        "expected": fields.TickField("Not born yet: this is the date the baby is due", **same),
        "lives_elsewhere": fields.TextField("Address, if they live somewhere else", max_length=300, **same),
    }
    return {name: field for name, field in made.items() if not (brief and name in ("place_of_day", "sex"))}
