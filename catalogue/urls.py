"""Addresses of the catalogue, the price register and imports."""

from django.urls import path

from catalogue.views import editing, imports, items, makers, prices

app_name = "catalogue"

urlpatterns = [
    path("catalogue/", items.items, name="items"),
    path("catalogue/items/<str:reference>/", items.item, name="item"),
    path("catalogue/items/<str:reference>/edit/", editing.edit_item, name="edit-item"),
    path("catalogue/items/<str:reference>/record-price/", prices.record_price, name="record-price"),
    path("catalogue/products/<str:reference>/", items.product, name="product"),
    path("catalogue/products/<str:reference>/edit/", editing.edit_product, name="edit-product"),
    path("catalogue/products/<str:reference>/link-maker/", makers.link_maker, name="link-maker"),
    path("catalogue/products/<str:reference>/authorise/", makers.authorise, name="authorise"),
    path("catalogue/authorisations/", makers.authorisations, name="authorisations"),
    path("catalogue/authorisations/<str:reference>/end/", makers.end_authorisation, name="end-authorisation"),
    path("catalogue/prices/", prices.prices, name="prices"),
    path("catalogue/prices/<str:reference>/end/", prices.end_price, name="end-price"),
    path("prices/", prices.public_prices, name="public-prices"),
    path("catalogue/imports/", imports.imports, name="imports"),
    path("catalogue/imports/stage/", imports.stage_import, name="stage-import"),
    path("catalogue/imports/templates/<str:name>.<str:kind>", imports.template, name="template"),
    path("catalogue/imports/<str:reference>/", imports.import_page, name="import"),
    path("catalogue/imports/<str:reference>/errors.csv", imports.import_faults, name="import-faults"),
    path("catalogue/imports/<str:reference>/merge/", imports.merge_import, name="merge-import"),
    path("catalogue/imports/<str:reference>/discard/", imports.discard_import, name="discard-import"),
]
