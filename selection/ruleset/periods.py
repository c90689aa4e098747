"""The days that a procedure leaves to those who are to act."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from selection.ruleset.faults import Fault


@dataclass(frozen=True)
class PeriodRules:
    """
    - ``notice_days``: least days from publication to deadline.
    - ``answers_days``: least days from the last answer to a question to the deadline.
    - ``amendment_days``: least days from an amendment to the deadline, which is extended where they do not lie between.
    - ``objection_days``: days in which a technical result can be challenged before prices are opened.
    - ``standstill_days``: days between proposed award and award.
    - ``letter_days``: days in which an award letter is signed.
    - ``complaint_days``, ``complaint_working_days``: in how many days after an answer one complains to the supervising
      body, and in how many working days that decides.
    """

    notice_days: int = 20
    answers_days: int = 3
    amendment_days: int = 15
    objection_days: int = 3
    standstill_days: int = 3
    letter_days: int = 30
    complaint_days: int = 10
    complaint_working_days: int = 30

    def faults(self) -> Iterator[Fault]:
        for one in fields(self):
            if getattr(self, one.name) < 0:
                yield Fault("periods", one.name, "range")
