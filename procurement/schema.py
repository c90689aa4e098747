"""What the published description of the API says of the whole: its title, and a name for each set of choices."""

SETTINGS = {
    "TITLE": "Medicine procurement platform",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Fields of several things are called status or kind; clients get a type of its own for each.
    "ENUM_NAME_OVERRIDES": {
        "AffiliationKind": "accounts.models.filings.AffiliationKind",
        "FilingKind": "accounts.models.Filing.Kind",
        "OrganisationKind": "accounts.permissions.OrganisationKind",
        "ItemKind": "catalogue.models.Item.Kind",
        "PriceKind": "catalogue.models.PriceEntry.Kind",
        "ImportStatus": "catalogue.models.CatalogueImport.Status",
        "TenderStatus": "tenders.models.Tender.Status",
        "HoldCode": "tenders.models.Hold.Code",
        "LotStatus": "tenders.models.Lot.Status",
        "CriterionKind": "tenders.models.Criterion.Kind",
        "EnvelopeKind": "tenders.models.EnvelopeKind",
        "AskedKind": "tenders.models.AskedKind",
        "ContractStatus": "contracts.models.Contract.Status",
        "OrderStatus": "contracts.models.Order.Status",
        "OrderClosing": "contracts.models.Order.Closing",
        "OrderStage": "contracts.models.Order.Progress",
    },
}
