"""What is recorded of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    IMPORT_STAGED = "import.staged", _("%(actor)s uploaded %(file)s")
    IMPORT_READ = "import.read", _("%(file)s was read; rows: %(rows)s, with errors: %(faulty)s")
    IMPORT_APPROVED = "import.approved", _("%(actor)s decided to merge %(file)s")
    IMPORT_MERGED = (
        "import.merged",
        _("%(file)s was merged: %(new)s new, %(changed)s changed, %(same)s unchanged"),
    )
    IMPORT_OVERTAKEN = (
        "import.overtaken",
        _("%(file)s was not merged: the catalogue has changed; rows that no longer fit: %(faulty)s"),
    )
    IMPORT_DISCARDED = "import.discarded", _("%(actor)s discarded %(file)s")
    ITEM_EDITED = "item.edited", _("%(actor)s edited the item, “%(before)s” until then, from %(day)s: %(reason)s")
    PRODUCT_EDITED = "product.edited", _("%(actor)s edited the product from %(day)s: %(reason)s")
    MAKER_LINKED = "maker.linked", _("%(actor)s registered that the maker %(maker)s is %(organisation)s")
    AUTHORISED = (
        "authorisation.recorded",
        _("%(actor)s recorded that %(organisation)s may offer %(maker)s until %(last_day)s"),
    )
    OFFERING_PASSED = (
        "offering.passed",
        _("With %(filing)s %(after)s may offer what %(before)s might: makers %(makers)s, authorisations %(letters)s"),
    )
    AUTHORISATION_ENDED = "authorisation.ended", _("%(actor)s ended the authorisation with %(last_day)s: %(reason)s")
    OWN_CODES_SET = "own_codes.set", _("%(actor)s set own codes: %(set)s, removed %(removed)s")
    PRICE_RECORDED = "price.recorded", _("%(actor)s recorded the %(kind)s %(price)s for %(item)s from %(first_day)s")
    PRICES_SEARCHED = "price.searched", _("%(actor)s searched the price register for %(asked)s")
    PRICE_ENDED = "price.ended", _("%(actor)s ended the %(kind)s %(price)s for %(item)s on %(last_day)s")
