"""The SQL of what else items and products say of themselves (``catalogue.models.details``), as rows of a file keep it:
an object of the stated values as texts. A yes or no is one of these words."""

from catalogue.models.details import ItemDetails, ProductDetails

# How a column is compared with what a file says, and how what a file says is written; texts go as they are.
_AS_TEXT = {
    "shelf_life_months": "cur.shelf_life_months::text",
    "registration_expires_on": "cur.registration_expires_on::text",
    "high_value": "CASE WHEN cur.high_value THEN 'yes' ELSE 'no' END",
}
_AS_VALUE = {
    "shelf_life_months": "coalesce((planned.version_details->>'shelf_life_months')::smallint, old.shelf_life_months)",
    "registration_expires_on": (
        "coalesce((planned.version_details->>'registration_expires_on')::date, old.registration_expires_on)"
    ),
    "high_value": "coalesce(planned.version_details->>'high_value' = 'yes', old.high_value, false)",
}


def _held(values: dict[str, str]) -> str:
    pairs = ", ".join(f"'{name}', {value}" for name, value in values.items())
    return f"jsonb_strip_nulls(jsonb_build_object({pairs}))"


def differing(said: str, held: str) -> str:
    """The SQL of an object of changes: each value of ``said`` that is not that of ``held``, as a pair of both."""
    return (
        f"CASE WHEN {said} = '{{}}' THEN '{{}}' ELSE coalesce((SELECT jsonb_object_agg(d.key, "
        f"jsonb_build_array(({held})->d.key, d.value)) FROM jsonb_each({said}) d "
        f"WHERE ({held})->d.key IS DISTINCT FROM d.value), '{{}}') END"
    )


ITEM_COLUMNS = ", ".join(ItemDetails.NAMES)
ITEM_DETAILS = _held({name: f"nullif(item.{name}, '')" for name in ItemDetails.NAMES})
ITEM_SAID = ", ".join(f"coalesce(max(details->>'{name}'), '')" for name in ItemDetails.NAMES)
ITEM_MERGED = ", ".join(f"{name} = coalesce(nullif(excluded.{name}, ''), old.{name})" for name in ItemDetails.NAMES)
# Whether a row replaces something that an item said, which then stays as a version.
ITEM_KEPT = "EXISTS (SELECT FROM jsonb_each(details) d WHERE item_details->d.key <> d.value)"

VERSION_COLUMNS = ", ".join(ProductDetails.NAMES)
VERSION_DETAILS = _held({name: _AS_TEXT.get(name, f"nullif(cur.{name}, '')") for name in ProductDetails.NAMES})
VERSION_ADDED = ", ".join(
    _AS_VALUE.get(name, f"coalesce(planned.version_details->>'{name}', old.{name}, '')")
    for name in ProductDetails.NAMES
)
