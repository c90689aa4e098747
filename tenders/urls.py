"""Addresses of demand, tenders, bids, evaluation and award: one list an area."""

from django.urls import path

from tenders.views import bidding, demand, opening, preparation, tenders

app_name = "tenders"

demand_urls = [
    path("demand/", demand.windows, name="windows"),
    path("demand/open/", demand.open_window, name="open-window"),
    path("demand/<str:reference>/", demand.window, name="window"),
    path("demand/<str:reference>/report/", demand.report_demand, name="report-demand"),
    path("demand/<str:reference>/upload/", demand.upload_demand, name="upload-demand"),
    path("demand/<str:reference>/template.<str:kind>", demand.demand_template, name="demand-template"),
    path("demand/<str:reference>/export.<str:kind>", demand.export_demand, name="export-demand"),
    path("demand/<str:reference>/lock/", demand.lock_demand, name="lock-demand"),
    path("demand/<str:reference>/unlock/", demand.unlock_demand, name="unlock-demand"),
]

tender_urls = [
    path("tenders/", tenders.tenders, name="tenders"),
    path("tenders/<str:reference>/", tenders.tender, name="tender"),
    path("tenders/<str:reference>/people/", tenders.people, name="people"),
    path("tenders/<str:reference>/publish/", tenders.publish_tender, name="publish-tender"),
    path("tenders/<str:reference>/cancel/", tenders.cancel_tender, name="cancel-tender"),
    path("notices/", tenders.notices, name="notices"),
    path("notices/<str:reference>/", tenders.notice, name="notice"),
    path("notices/<str:reference>/document/", tenders.notice_document, name="notice-document"),
]

preparation_urls = [
    path("tenders/prepare/", preparation.prepare_tender, name="prepare-tender"),
    path("tenders/<str:reference>/change/", preparation.change_tender, name="change-tender"),
    path("tenders/<str:reference>/set-lots/", preparation.set_lots, name="set-lots"),
    path("tenders/<str:reference>/set-schedule/", preparation.set_schedule, name="set-schedule"),
    path("tenders/<str:reference>/set-criteria/", preparation.set_criteria, name="set-criteria"),
    path("tenders/<str:reference>/name-opener/", preparation.name_opener, name="name-opener"),
    path("tenders/<str:reference>/openers/<int:place>/replace/", preparation.replace_opener, name="replace-opener"),
    path("tenders/<str:reference>/make-key/", preparation.make_key, name="make-key"),
    path("tenders/<str:reference>/prove-key/", preparation.prove_key, name="prove-key"),
    path("tenders/<str:reference>/name-evaluator/", preparation.name_evaluator, name="name-evaluator"),
    path(
        "tenders/<str:reference>/evaluators/<int:number>/replace/",
        preparation.replace_evaluator,
        name="replace-evaluator",
    ),
    path("tenders/<str:reference>/declare-interest/", preparation.declare_interest, name="declare-interest"),
]

bidding_urls = [
    path("bids/", bidding.bids, name="bids"),
    path("bids/<str:reference>/", bidding.bid, name="bid"),
    path("bids/<str:reference>/submit/", bidding.submit_bid, name="submit-bid"),
    path("bids/<str:reference>/withdraw/", bidding.withdraw_bid, name="withdraw-bid"),
    path("bids/<str:reference>/receipts/<str:sha256>/", bidding.receipt, name="receipt"),
    path("bids/<str:reference>/receipts/<str:sha256>/document/", bidding.receipt_document, name="receipt-document"),
    path("tenders/<str:reference>/bids/", bidding.tender_bids, name="tender-bids"),
    path("tenders/<str:reference>/lots/<int:number>/prepare-bid/", bidding.prepare_bid, name="prepare-bid"),
    path("signing-keys/", bidding.signing_keys, name="signing-keys"),
]

opening_urls = [
    path("tenders/<str:reference>/opening/", opening.opening, name="opening"),
    path("tenders/<str:reference>/opening/minutes/", opening.opening_minutes, name="opening-minutes"),
    path("tenders/<str:reference>/opening/documents/<str:name>/", opening.opening_document, name="opening-document"),
    path("tenders/<str:reference>/request-openings/<str:envelope>/", opening.request_openings, name="request-openings"),
    path("tenders/<str:reference>/release-shares/", opening.release_shares, name="release-shares"),
    path(
        "tenders/<str:reference>/lots/<int:number>/conclude-opening/<str:envelope>/",
        opening.conclude_opening,
        name="conclude-opening",
    ),
]

urlpatterns = [*demand_urls, *preparation_urls, *tender_urls, *bidding_urls, *opening_urls]
