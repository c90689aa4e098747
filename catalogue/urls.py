"""Addresses of the catalogue, the price register and imports."""

from django.urls import path

from catalogue.views import comparing, editing, history, imports, items, listings, makers, price_changes, prices

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
]
