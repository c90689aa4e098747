"""The demo's mandates: each hospital's own, one of a city for its hospitals, and one that waits for the agency."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.documents import Paper
from accounts.models import Organisation, Seat
from core.clock import legal_date
from demand.actions import MandatePlan, give_mandate, sign_mandates
from demand.models import Mandate
from procurement.demo.registry import DOCUMENT
from procurement.demo.stage import CITY, Province


def entrust(province: Province) -> None:
    """Before anything is asked for: every hospital entrusts the agency with signing, those of the city together."""
    now, city = province.cast.clock.at(254, 10), []
    given = []
    for hospital in province.hospitals:
        if hospital.organisation.region_id == CITY:
            city.append(hospital)
        else:
            given.append(_given([hospital.organisation], hospital.approver, now))
    given.append(_given([hospital.organisation for hospital in city], city[0].approver, now))
    sign_mandates(mandates=given, by=province.officer, now=province.cast.clock.at(253, 10))


def leave_one_waiting(province: Province) -> None:
    """A hospital also entrusts the agency with paying, which the agency has not signed yet."""
    hospital = province.hospitals[0]
    _given([hospital.organisation], hospital.approver, province.cast.clock.at(2, 10), pays=True)


def _given(institutions: Sequence[Organisation], by: Seat, now: datetime, *, pays: bool = False) -> Mandate:
    year = legal_date(now).year
    return give_mandate(
        plan=MandatePlan(reports=False, signs=True, pays=pays, goods=None, first_year=year, last_year=year + 4),
        institutions=institutions,
        paper=Paper(_("Demo mandate") + ".pdf", DOCUMENT),
        by=by,
        now=now,
    )
