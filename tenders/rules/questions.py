"""Until when questions about a tender may be asked.

The regulation on tendering (State Council decree 613, article 22) has doubts about the documents raised ten days
before the deadline: who is answered then can still write a bid by the answer. A notice too short for that leaves half
of its days for questions.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.calendar import local_date, start_of
from tenders.rules.schedule import notice_length

QUESTION_DAYS = 10


def questions_until(published_at: datetime, deadline: datetime, zone: ZoneInfo, days: int = QUESTION_DAYS) -> datetime:
    """The instant before which a question is in time: the end of the legal day that lies ``days`` before that of the
    deadline, or half of the notice's days before it where these are fewer; never after the deadline itself.

    A notice of 1 March with the deadline on 31 March takes questions until the end of 21 March; with the deadline on
    11 March, ten days later, until the end of 6 March. A later deadline gives more time for questions too.
    """
    before = min(days, notice_length(published_at, deadline, zone) // 2)
    return min(start_of(local_date(deadline, zone) - timedelta(days=before - 1), zone), deadline)
