"""Addresses of the catalogue, the price register and imports."""

from django.urls import path

from catalogue.views import (
    comparing,
    editing,
    editions,
    history,
    imports,
    items,
    listings,
    lists,
    makers,
    price_changes,
    prices,
    shortages,
)

app_name = "catalogue"

urlpatterns = [
    path("catalogue/", items.items, name="items"),
    path("catalogue/items/<str:reference>/", items.item, name="item"),
    path("catalogue/items/<str:reference>/history/", history.item_history, name="item-history"),
    path("catalogue/products/<str:reference>/history/", history.product_history, name="product-history"),
    path("catalogue/items/<str:reference>/edit/", editing.edit_item, name="edit-item"),
    path("catalogue/items/<str:reference>/record-price/", prices.record_price, name="record-price"),
    path("catalogue/products/", items.products, name="products"),
    path("catalogue/compare/", comparing.compare, name="compare"),
    path("catalogue/products/<str:reference>/", items.product, name="product"),
    path("catalogue/products/<str:reference>/edit/", editing.edit_product, name="edit-product"),
    path("catalogue/products/<str:reference>/link-maker/", makers.link_maker, name="link-maker"),
    path("catalogue/products/<str:reference>/authorise/", makers.authorise, name="authorise"),
    path("catalogue/authorisations/", makers.authorisations, name="authorisations"),
    path("catalogue/authorisations/<str:reference>/end/", makers.end_authorisation, name="end-authorisation"),
    path("catalogue/listings/", listings.listings, name="listings"),
    path("catalogue/listings/apply/", listings.apply_for_listing, name="apply-for-listing"),
    path("catalogue/listings/decide/", listings.decide_listings, name="decide-listings"),
    path("catalogue/listings/<str:reference>/", listings.listing, name="listing"),
    path("catalogue/listings/<str:reference>/answer/", listings.answer_listing, name="answer-listing"),
    path("catalogue/single-sources/", listings.single_sources, name="single-sources"),
    path("catalogue/single-sources/record/", listings.record_single_source, name="record-single-source"),
    path("catalogue/single-sources/<str:reference>/end/", listings.end_single_source, name="end-single-source"),
    path("catalogue/prices/", prices.prices, name="prices"),
    path("catalogue/prices/<str:reference>/end/", prices.end_price, name="end-price"),
    path("catalogue/price-changes/", price_changes.price_changes, name="price-changes"),
    path("catalogue/price-changes/<str:reference>/", price_changes.price_change, name="price-change"),
    path(
        "catalogue/price-changes/<str:reference>/confirm/",
        price_changes.confirm_price_change,
        name="confirm-price-change",
    ),
    path(
        "catalogue/price-changes/<str:reference>/return/", price_changes.return_price_change, name="return-price-change"
    ),
    path(
        "catalogue/price-changes/<str:reference>/answer/", price_changes.answer_price_change, name="answer-price-change"
    ),
    path(
        "catalogue/price-changes/<str:reference>/refuse/", price_changes.refuse_price_change, name="refuse-price-change"
    ),
    path(
        "catalogue/price-changes/<str:reference>/withdraw/",
        price_changes.withdraw_price_change,
        name="withdraw-price-change",
    ),
    path("prices/", prices.public_prices, name="public-prices"),
    path("catalogue/imports/", imports.imports, name="imports"),
    path("catalogue/imports/stage/", imports.stage_import, name="stage-import"),
    path("catalogue/imports/templates/<str:name>.<str:kind>", imports.template, name="template"),
    path("catalogue/imports/<str:reference>/", imports.import_page, name="import"),
    path("catalogue/imports/<str:reference>/errors.csv", imports.import_faults, name="import-faults"),
    path("catalogue/imports/<str:reference>/merge/", imports.merge_import, name="merge-import"),
    path("catalogue/imports/<str:reference>/discard/", imports.discard_import, name="discard-import"),
    path("catalogue/lists/", lists.lists, name="lists"),
    path("catalogue/lists/begin/", lists.begin_list, name="begin-list"),
    path("catalogue/lists/<str:reference>/", lists.list_page, name="list"),
    path("catalogue/lists/<str:reference>/draft/", lists.draft_edition, name="draft-edition"),
    path("catalogue/editions/<str:reference>/", editions.edition, name="edition"),
    path("catalogue/editions/<str:reference>/edit/", editions.edit_edition, name="edit-edition"),
    path("catalogue/editions/<str:reference>/set-entries/", editions.set_entries, name="set-entries"),
    path("catalogue/editions/<str:reference>/remove-entries/", editions.remove_entries, name="remove-entries"),
    path("catalogue/editions/<str:reference>/propose/", editions.propose_edition, name="propose-edition"),
    path("catalogue/editions/<str:reference>/ask-back/", editions.ask_back_edition, name="ask-back-edition"),
    path("catalogue/editions/<str:reference>/publish/", editions.publish_edition, name="publish-edition"),
    path("catalogue/editions/<str:reference>/discard/", editions.discard_edition, name="discard-edition"),
    path("catalogue/shortages/", shortages.shortages, name="shortages"),
    path("catalogue/shortages/report/", shortages.report_shortages, name="report-shortages"),
    path("catalogue/shortages/<str:reference>/", shortages.shortage, name="shortage"),
    path("catalogue/shortages/<str:reference>/verify/", shortages.verify_shortage, name="verify-shortage"),
    path("catalogue/shortages/<str:reference>/refuse/", shortages.refuse_shortage, name="refuse-shortage"),
    path("catalogue/shortages/<str:reference>/withdraw/", shortages.withdraw_shortage, name="withdraw-shortage"),
    path("catalogue/shortages/<str:reference>/end/", shortages.end_shortage, name="end-shortage"),
    path("catalogue/shortages/<str:reference>/substitutes/name/", shortages.name_substitute, name="name-substitute"),
    path(
        "catalogue/shortages/<str:reference>/substitutes/<int:number>/withdraw/",
        shortages.withdraw_substitute,
        name="withdraw-substitute",
    ),
    path("catalogue/designated-production/", shortages.designated_production, name="designated-production"),
    path("catalogue/designated-production/<str:reference>/end/", shortages.end_designation, name="end-designation"),
    path("catalogue/items/<str:reference>/designate/", shortages.designate_production, name="designate-production"),
]
