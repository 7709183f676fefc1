"""workforce.toml: what people of each role need to be able to do, how long a certificate lasts, and when people are reminded."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from hearth.foundation.core.packs.base import Choice, Code, Days, Label, Part

Months = Annotated[int, Field(ge=1, le=120)]


class Competence(Choice):
    """Something that people can be trained in."""

    valid_months: Months | None = Field(
        None, description="months from the training for which it is held; left out: it does not run out"
    )


class NeededByRole(Part):
    """What people of one role need to be able to do."""

    role: Code = Field(description="a role of accounts/roles.py, such as practitioner")
    label: Label = Field(description="what these people are called, in the plural")
    competences: tuple[Code, ...] = Field(min_length=1, description="codes of competences")


class Workforce(Part):
    """Training of everybody who works with families, whatever organisation they are of."""

    running_out_days: Days = Field(
        description="calendar days before a certificate's last day from which it is shown as running out"
    )
    chase_days: tuple[Days, ...] = Field(
        min_length=1, description="calendar days before its last day on which whoever holds it is reminded"
    )
    offer_days: Days = Field(description="working days for which a freed seat is kept for whoever is first in line")
    competences: tuple[Competence, ...] = Field(alias="competence", min_length=1, description="what can be learnt")
    needs: tuple[NeededByRole, ...] = Field((), alias="needed_by", description="what each role needs")

    @field_validator("competences")
    @classmethod
    def _once(cls, competences: tuple[Competence, ...]) -> tuple[Competence, ...]:
        codes = [each.code for each in competences]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f'names "{code}" twice: give each competence a code of its own')
        return competences

    @model_validator(mode="after")
    def _needs_are_there(self) -> "Workforce":
        known = {each.code for each in self.competences}
        roles = [each.role for each in self.needs]
        for need in self.needs:
            if roles.count(need.role) > 1:
                raise ValueError(f'needed_by names the role "{need.role}" twice: put what it needs together')
            for code in need.competences:
                if code not in known:
                    raise ValueError(f'needed_by "{need.role}" names the competence "{code}", which is not there')
        return self

    def competence(self, code: str) -> Competence | None:
        """One of them by its code."""
        return next((each for each in self.competences if each.code == code), None)

    def needed_by(self, roles: set[str]) -> tuple[Competence, ...]:
        """What somebody who holds these roles needs, in the pack's order; nothing that is no longer offered."""
        wanted = {code for need in self.needs if need.role in roles for code in need.competences}
        return tuple(each for each in self.competences if each.code in wanted and not each.retired)
