"""Every change of demand: windows and reports, and the mandates by which the agency acts for institutions."""

from demand.actions.mandates import (
    MandatePlan,
    give_mandate,
    hold_mandates,
    revoke_mandate,
    sign_mandates,
    withdraw_mandate,
)
from demand.actions.windows import (
    LARGEST_QUANTITY,
    MOST_ITEMS,
    ReportedLine,
    WindowPlan,
    lock_demand,
    open_window,
    release_demand,
    report_demand,
    succeed,
    unlock_demand,
    use_demand,
)

__all__ = (
    "LARGEST_QUANTITY",
    "MOST_ITEMS",
    "MandatePlan",
    "ReportedLine",
    "WindowPlan",
    "give_mandate",
    "hold_mandates",
    "lock_demand",
    "open_window",
    "release_demand",
    "report_demand",
    "revoke_mandate",
    "sign_mandates",
    "succeed",
    "unlock_demand",
    "use_demand",
    "withdraw_mandate",
)
