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
    RELEASE_STAGED = "release.staged", _("%(actor)s uploaded the release %(file)s; classes, where not all: %(classes)s")
    RELEASE_READ = (
        "release.read",
        _(
            "%(file)s was read; rows: %(rows)s, kept %(kept)s, added %(added)s, changed %(changed)s, remapped"
            " %(remapped)s, disabled %(disabled)s, with errors %(faulty)s"
        ),
    )
    RELEASE_MERGED = (
        "release.merged",
        _(
            "%(file)s was merged: kept %(kept)s, added %(added)s, changed %(changed)s, remapped %(remapped)s, disabled"
            " %(disabled)s, left out with errors %(faulty)s"
        ),
    )
    RELEASE_OVERTAKEN = (
        "release.overtaken",
        _("%(file)s was not merged: the catalogue has changed; it is compared anew and waits for a new decision"),
    )
    ITEM_EDITED = "item.edited", _("%(actor)s edited the item, “%(before)s” until then, from %(day)s: %(reason)s")
    PRODUCT_EDITED = "product.edited", _("%(actor)s edited the product from %(day)s: %(reason)s")
    VARIETY_MADE = "variety.made", _("%(actor)s made the variety %(variety)s")
    VARIETY_CHANGED = "variety.changed", _("%(actor)s changed the variety, “%(before)s” until then: %(reason)s")
    VARIETY_FILLED = "variety.filled", _("%(actor)s put items into the variety: %(count)s (%(items)s)")
    VARIETY_EMPTIED = "variety.emptied", _("%(actor)s took items out of the variety: %(count)s (%(items)s). %(reason)s")
    VARIETY_MAIN_NAMED = "variety.main_named", _("%(actor)s named %(item)s the main specification: %(reason)s")
    VARIETY_ENDED = "variety.ended", _("%(actor)s ended the variety: %(reason)s")
    FACTORS_STATED = "variety.factors_stated", _("%(actor)s stated factors of items: %(count)s, by %(source)s")
    ITEM_GROUPED = "item.grouped", _("%(actor)s put the item into the variety %(variety)s")
    ITEM_UNGROUPED = "item.ungrouped", _("%(actor)s took the item out of the variety %(variety)s: %(reason)s")
    ADJUSTMENT_PROPOSED = "adjustment.proposed", _("%(actor)s proposed (%(kind)s): %(about)s. %(reason)s")
    ADJUSTMENT_ASKED = "adjustment.asked", _("%(actor)s asked back about the proposal: %(question)s")
    ADJUSTMENT_ANSWERED = "adjustment.answered", _("%(actor)s answered about the proposal: %(answer)s")
    ADJUSTMENT_ACCEPTED = (
        "adjustment.accepted",
        _("%(actor)s accepted the proposal; what changed is %(thing)s, from %(day)s"),
    )
    ADJUSTMENT_REFUSED = "adjustment.refused", _("%(actor)s refused the proposal: %(reason)s")
    ADJUSTMENT_WITHDRAWN = "adjustment.withdrawn", _("%(actor)s withdrew the proposal: %(reason)s")
    PRODUCT_WITHDRAWN = "product.withdrawn", _("%(actor)s withdrew the product from %(day)s: %(reason)s")
    PRODUCT_RESTORED = "product.restored", _("%(actor)s took the product up again: %(reason)s")
    CODE_DISABLED = "code.disabled", _("%(actor)s recorded that the code %(code)s is disabled from %(day)s: %(reason)s")
    CODE_REMAPPED = (
        "code.remapped",
        _("%(actor)s recorded that %(new)s stands in place of the code %(code)s from %(day)s: %(reason)s"),
    )
    CODE_TAKEN_BACK = (
        "code.taken_back",
        _("%(actor)s took back what was said of the code %(code)s, with %(day)s: %(reason)s"),
    )
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
    LISTING_APPLIED = "listing.applied", _("%(actor)s applied for the listing of %(product)s in %(region)s")
    LISTING_ASKED = "listing.asked", _("%(actor)s asked back: %(reason)s")
    LISTING_REVIEWED = "listing.reviewed", _("%(actor)s reviewed the application and proposed %(day)s as first day")
    LISTING_RETURNED = "listing.returned", _("%(actor)s returned the application to its review: %(reason)s")
    LISTING_REFUSED = "listing.refused", _("%(actor)s refused the listing: %(reason)s")
    LISTING_WITHDRAWN = "listing.withdrawn", _("%(actor)s withdrew the application: %(reason)s")
    LISTED = "listing.listed", _("%(actor)s listed %(product)s in %(region)s at %(price)s a pack from %(day)s")
    LISTING_SUSPENDED = "listing.suspended", _("%(actor)s suspended the listing: %(reason)s")
    LISTING_RESUMED = "listing.resumed", _("%(actor)s resumed the listing: %(reason)s")
    DELISTED = "listing.delisted", _("%(actor)s delisted the product from %(day)s: %(reason)s")
    LISTING_PASSED = "listing.passed", _("With %(filing)s the listing passed from %(before)s to %(after)s")
    SINGLE_SOURCE_RECORDED = (
        "single_source.recorded",
        _("%(actor)s recorded that %(item)s is bought of %(supplier)s until %(last_day)s"),
    )
    SINGLE_SOURCE_ENDED = "single_source.ended", _("%(actor)s ended the commitment with %(last_day)s: %(reason)s")
    OWN_CODES_SET = "own_codes.set", _("%(actor)s set own codes: %(set)s, removed %(removed)s")
    PRICE_RECORDED = "price.recorded", _("%(actor)s recorded the %(kind)s %(price)s for %(item)s from %(first_day)s")
    PRICES_SEARCHED = "price.searched", _("%(actor)s searched the price register for %(asked)s")
    PRICE_ENDED = "price.ended", _("%(actor)s ended the %(kind)s %(price)s for %(item)s on %(last_day)s")
    SHELVED = "shelf.added", _("%(actor)s put %(document)s on the shelf, valid until %(last_day)s")
    SHELF_FILED = "shelf.filed", _("%(actor)s attached %(file)s to %(document)s")
    SHELF_WITHDRAWN = "shelf.withdrawn", _("%(actor)s took %(document)s off the shelf: %(reason)s")
    SHELF_ENDS = "shelf.ends", _("It was told that %(document)s ends with %(last_day)s")
    PRICE_CHANGE_PROPOSED = "price_change.proposed", _("%(actor)s proposed: %(what)s, prices: %(count)s. %(reason)s")
    PRICE_CHANGE_RETURNED = "price_change.returned", _("%(actor)s asked back: %(question)s")
    PRICE_CHANGE_ANSWERED = "price_change.answered", _("%(actor)s answered: %(answer)s")
    PRICE_CHANGE_CONFIRMED = (
        "price_change.confirmed",
        _("%(actor)s confirmed the change, prices: %(count)s, listings that fell: %(bound)s"),
    )
    PRICE_CHANGE_REFUSED = "price_change.refused", _("%(actor)s refused the change: %(reason)s")
    PRICE_CHANGE_WITHDRAWN = "price_change.withdrawn", _("%(actor)s withdrew the change")
    LIST_BEGUN = "list.begun", _("%(actor)s began the list %(list)s (%(kind)s)")
    EDITION_DRAFTED = "edition.drafted", _("%(actor)s began to prepare the edition %(title)s, with %(entries)s entries")
    EDITION_EDITED = "edition.edited", _("%(actor)s changed the draft: title %(title)s, takes effect on %(first_day)s")
    ENTRIES_SET = "edition.entries_set", _("%(actor)s changed entries of the draft: set %(set)s, removed %(removed)s")
    EDITION_PROPOSED = (
        "edition.proposed",
        _("%(actor)s gave the edition %(title)s to review: added %(added)s, removed %(removed)s, changed %(changed)s"),
    )
    EDITION_ASKED_BACK = "edition.asked_back", _("%(actor)s gave the edition %(title)s back: %(question)s")
    EDITION_PUBLISHED = (
        "edition.published",
        _(
            "%(actor)s published the edition %(title)s, in force from %(first_day)s: added %(added)s,"
            " removed %(removed)s, changed %(changed)s"
        ),
    )
    EDITION_DISCARDED = "edition.discarded", _("%(actor)s discarded the edition %(title)s: %(reason)s")
    SHORTAGE_REPORTED = "shortage.reported", _("%(actor)s reported that %(item)s is short in %(region)s")
    SHORTAGE_VERIFIED = "shortage.verified", _("%(actor)s verified that %(item)s is short in %(region)s")
    SHORTAGE_REFUSED = "shortage.refused", _("%(actor)s answered that %(item)s is not short in %(region)s: %(reason)s")
    SHORTAGE_WITHDRAWN = "shortage.withdrawn", _("%(actor)s took the report back: %(reason)s")
    SHORTAGE_ENDED = "shortage.ended", _("%(actor)s ended the shortage with %(last_day)s: %(reason)s")
    SUBSTITUTE_NAMED = "substitute.named", _("%(actor)s named %(substitute)s as a substitute: %(reason)s")
    SUBSTITUTE_WITHDRAWN = "substitute.withdrawn", _("%(actor)s withdrew %(substitute)s as a substitute")
    PRODUCTION_DESIGNATED = (
        "production.designated",
        _("%(actor)s recorded that %(maker)s is commissioned to make %(item)s until %(last_day)s"),
    )
    DESIGNATION_ENDED = "production.ended", _("%(actor)s ended the commission with %(last_day)s: %(reason)s")
