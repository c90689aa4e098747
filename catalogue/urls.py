"""Addresses of the catalogue, the price register and imports."""

from django.urls import path

from catalogue.views import editing, editions, imports, items, lists, makers, prices, shortages

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
