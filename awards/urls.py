"""Addresses of awards and results."""

from django.urls import path

from awards.views import awards, letters, results

app_name = "awards"

LOT = "tenders/<str:reference>/lots/<int:number>"
AWARD = f"{LOT}/awards/<int:place>"

award_urls = [
    path("tenders/<str:reference>/awards/", awards.awards, name="awards"),
    path("tenders/<str:reference>/propose-awards/", awards.propose_awards, name="propose-awards"),
    path("tenders/<str:reference>/award-lots/", awards.award_lots, name="award-lots"),
    path(f"{LOT}/propose-award/", awards.propose_award, name="propose-award"),
    path(f"{LOT}/award/", awards.award_lot, name="award-lot"),
    path(f"{LOT}/allocations/", awards.allocations, name="allocations"),
    path(f"{LOT}/fail/", awards.fail_lot, name="fail-lot"),
    path(f"{AWARD}/letter/", awards.award_letter, name="award-letter"),
    path(f"{AWARD}/refuse/", letters.refuse_award, name="refuse-award"),
    path(f"{AWARD}/lapse/", letters.lapse_award, name="lapse-award"),
    path(f"{AWARD}/offer-next/", letters.offer_next, name="offer-next"),
    path(f"{AWARD}/answer-offer/", letters.answer_offer, name="answer-offer"),
    path(f"{AWARD}/award-next/", letters.award_next, name="award-next"),
    path(f"{AWARD}/give-up/", letters.give_up_award, name="give-up-award"),
    path(f"{LOT}/object-to-award/", awards.file_objection, name="file-objection"),
    path("objections/<str:reference>/answer-award/", awards.answer_objection, name="answer-objection"),
]

result_urls = [
    path("results/", results.results, name="results"),
    path("results/<str:reference>/", results.result, name="result"),
    path("results/<str:reference>/export.<str:kind>", results.result_export, name="result-export"),
    path("results/<str:reference>/lots/<int:number>/", results.result_lot, name="result-lot"),
]

urlpatterns = [*award_urls, *result_urls]
