"""plans.toml: kinds of plan, what outcomes are about, states of an action, who is in a team, kinds of meeting."""

from pydantic import Field, field_validator

from hearth.foundation.core.packs.base import Choice, Days, Part, Words


class PlanType(Choice):
    """A kind of plan, and how often it is reviewed."""

    description: Words = Field(description="when to use it")
    first_review: Days | None = Field(None, description="working days to the first review; left out: limits.toml")
    review_interval: Days | None = Field(
        None, description="working days from one review to the next; left out: limits.toml"
    )


class ActionState(Choice):
    """How an action stands."""

    starts: bool = Field(False, description="true for the one state a new action has")
    done: bool = Field(False, description="true: the action was carried out")
    stopped: bool = Field(False, description="true: it will not be carried out, and a reason is asked for")

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return not (self.done or self.stopped)


class TeamRole(Choice):
    """What somebody is in the team around the family."""

    family: bool = Field(False, description="true: a member of the family or their friend, not a practitioner")


class ReviewDecision(Choice):
    """What a review decides."""

    closes: bool = Field(False, description="true: the case goes on to be closed")
    steps_up: bool = Field(False, description="true: social care is asked to take it")


class Plans(Part):
    """Planning with a family."""

    types: tuple[PlanType, ...] = Field(alias="type", min_length=1, description="early help, edge of care, return home")
    outcome_areas: tuple[Choice, ...] = Field(
        alias="outcome_area", min_length=1, description="what an outcome is about"
    )
    action_states: tuple[ActionState, ...] = Field(
        alias="action_state", min_length=2, description="how an action stands"
    )
    team_roles: tuple[TeamRole, ...] = Field(alias="team_role", min_length=1, description="who is in the team")
    meeting_kinds: tuple[Choice, ...] = Field(alias="meeting_kind", min_length=1, description="kinds of meeting")
    attendances: tuple[Choice, ...] = Field(
        alias="attendance", min_length=2, description="came, sent a report, sent apologies ..."
    )
    review_decisions: tuple[ReviewDecision, ...] = Field(
        alias="review_decision", min_length=2, description="what a review decides"
    )
    service_answer_days: Days = Field(
        10, description="working days within which a service that was asked is to answer: then it is chased"
    )
    score_low: Words = Field(description="what 0 means when a family scores an outcome")
    score_high: Words = Field(description="what 10 means")

    @field_validator("action_states")
    @classmethod
    def _one_start_and_an_end(cls, states: tuple[ActionState, ...]) -> tuple[ActionState, ...]:
        starts = sum(state.starts for state in states)
        if starts != 1:
            raise ValueError(f"must have exactly one with starts = true (it has {starts})")
        if not any(state.done for state in states):
            raise ValueError("has none with done = true: say which state means that the action was carried out")
        return states

    def type(self, code: str) -> PlanType | None:
        """The kind of plan with that code."""
        return next((each for each in self.types if each.code == code), None)

    @property
    def first_action_state(self) -> ActionState:
        """The state of a new action."""
        return next(state for state in self.action_states if state.starts)
