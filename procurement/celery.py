"""The Celery application. Its tasks live in each room's `tasks.py`.

The schedule below is copied into the database at the start of the scheduler, where an operator may change it.
Nothing becomes true because a task ran: each of these only tells, tidies or tries again.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init, worker_ready

from procurement import children

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")

app = Celery("procurement")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Every twenty seconds, so that a minute without a sign means that three were lost.
    "a worker is alive": {"task": "procurement.tasks.heartbeat", "schedule": 20.0, "options": {"expires": 20}},
    "deliver what waits in the outbox": {"task": "core.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "sign the close of tenders": {"task": "tenders.tasks.close_tenders", "schedule": 30.0, "options": {"expires": 30}},
    "remind of deadlines": {"task": "tenders.tasks.remind_bidders", "schedule": 60.0, "options": {"expires": 60}},
    # The trail: linked every few seconds, signed every ten minutes.
    "link the trail": {"task": "oversight.tasks.link_trail", "schedule": 5.0, "options": {"expires": 5}},
    "sign the trail": {"task": "oversight.tasks.sign_head", "schedule": 600.0, "options": {"expires": 600}},
    # Every hour asked whether it is time: by night, and later where the night was missed.
    "check the trail": {"task": "procurement.tasks.check_trail", "schedule": crontab(minute=50)},
    "make the months that come": {"task": "core.tasks.make_partitions", "schedule": crontab(minute=10, hour="19")},
    "clear old sessions": {"task": "accounts.tasks.clear_sessions", "schedule": crontab(minute=40, hour="19")},
    # Twice a day, at 8:20 and 14:20 in Beijing: each thing is said once, and a day without them is caught up.
    "remind of payables": {"task": "payments.tasks.remind_payables", "schedule": crontab(minute=20, hour="0,6")},
    "close rests of orders": {"task": "contracts.tasks.close_rests", "schedule": crontab(minute=10)},
    "remind of deliveries": {"task": "contracts.tasks.remind_deliveries", "schedule": crontab(minute=25, hour="0,6")},
}


@worker_ready.connect
def first_heartbeat(**kwargs: object) -> None:
    """A fresh worker shows itself at once, without waiting for the schedule, and signs what a standstill left."""
    app.send_task("procurement.tasks.heartbeat")
    app.send_task("oversight.tasks.sign_head")


@worker_process_init.connect
def end_with_the_worker(**kwargs: object) -> None:
    """A worker that is killed takes along the processes that do its work; what they did not finish is done again."""
    children.die_with(os.getppid())
