"""Why a desk could not do what was asked.

    WorkspaceTrouble
    ├── NotOpened        the record is not held here, and there is no line to ask
    ├── NotKept          a draft could not be written to disk; the text is still on screen
    ├── NoAuthor         nobody is named who could sign
    ├── NotTaken         the journal does not take notes, or has not yet said that it does
    ├── EmptyNote        there is nothing to sign
    ├── TargetNotHeld    what is to be corrected is not held in the version that was read
    ├── PlanNotTaken     the journal takes no such change of a plan
    ├── StepNotHeld      an activity is not held as it stands in the plan that was read
    ├── NotSentYet       what is to be changed is itself still on its way
    ├── TooLate          the act has gone to the journal already
    └── Gone             the draft or act is not there any more

None carries text from a record.
"""

from __future__ import annotations


class WorkspaceTrouble(Exception):
    """Something a clinician asked for that could not be done; nothing was lost."""


class NotOpened(WorkspaceTrouble):
    """The person's record is not held."""


class NotKept(WorkspaceTrouble):
    """A draft's text did not reach the disk. `full` where the disk is full."""

    def __init__(self, full: bool = False) -> None:
        super().__init__("draft not kept")
        self.full = full


class NoAuthor(WorkspaceTrouble):
    """No clinician is named for this session."""


class NotTaken(WorkspaceTrouble):
    """The journal takes no notes. `known` is False where it has not been asked yet."""

    def __init__(self, known: bool) -> None:
        super().__init__("journal takes no notes")
        self.known = known


class EmptyNote(WorkspaceTrouble):
    """No text."""


class TargetNotHeld(WorkspaceTrouble):
    """The older note is not held, or not in the version that was read."""


class PlanNotTaken(WorkspaceTrouble):
    """The journal takes no such change of a plan, or has not said that it does."""


class StepNotHeld(WorkspaceTrouble):
    """The activity is not held, or not as it was read."""


class NotSentYet(WorkspaceTrouble):
    """The activity waits in the outbox."""


class TooLate(WorkspaceTrouble):
    """The act was sent, or is being sent."""


class Gone(WorkspaceTrouble):
    """The draft or act is not there."""
