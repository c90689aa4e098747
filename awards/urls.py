"""Addresses of awards and results."""

from django.urls import path

from awards.views import awards, negotiations, results

app_name = "awards"

LOT = "tenders/<str:reference>/lots/<int:number>"

award_urls = [
    path("tenders/<str:reference>/awards/", awards.awards, name="awards"),
    path("tenders/<str:reference>/propose-awards/", awards.propose_awards, name="propose-awards"),
    path("tenders/<str:reference>/award-lots/", awards.award_lots, name="award-lots"),
    path(f"{LOT}/propose-award/", awards.propose_award, name="propose-award"),
    path(f"{LOT}/award/", awards.award_lot, name="award-lot"),
    path(f"{LOT}/allocations/", awards.allocations, name="allocations"),
    path(f"{LOT}/fail/", awards.fail_lot, name="fail-lot"),
    path(f"{LOT}/awards/<int:place>/letter/", awards.award_letter, name="award-letter"),
    path(f"{LOT}/object-to-award/", awards.file_objection, name="file-objection"),
    path("objections/<str:reference>/answer-award/", awards.answer_objection, name="answer-objection"),
]

result_urls = [
    path("results/", results.results, name="results"),
    path("results/<str:reference>/", results.result, name="result"),
    path("results/<str:reference>/export.<str:kind>", results.result_export, name="result-export"),
    path("results/<str:reference>/lots/<int:number>/", results.result_lot, name="result-lot"),
]

ONE = "negotiations/<str:reference>"

negotiation_urls = [
    path("negotiations/", negotiations.negotiations, name="negotiations"),
    path(f"{LOT}/negotiate/", negotiations.open_negotiation, name="open-negotiation"),
    path(f"{ONE}/", negotiations.negotiation, name="negotiation"),
    path(f"{ONE}/offer/", negotiations.make_offer, name="make-offer"),
    path(f"{ONE}/counter/", negotiations.propose_counter, name="propose-counter"),
    path(f"{ONE}/sign-counter/", negotiations.sign_counter, name="sign-counter"),
    path(f"{ONE}/close/", negotiations.close_talks, name="close-talks"),
    path(f"{ONE}/minutes/", negotiations.draft_minutes, name="draft-minutes"),
    path(f"{ONE}/sign/", negotiations.sign_minutes, name="sign-minutes"),
    path(f"{ONE}/reserve/", negotiations.commit_reserve, name="commit-reserve"),
    path(f"{ONE}/compare/", negotiations.compare_quote, name="compare-quote"),
    path(f"{ONE}/disclose/", negotiations.disclose_reserve, name="disclose-reserve"),
    path(f"{ONE}/skip-expert/", negotiations.skip_expert, name="skip-expert"),
    path(f"{ONE}/lapse/", negotiations.lapse_negotiation, name="lapse-negotiation"),
    path(f"{ONE}/propose-award/", negotiations.propose_negotiated, name="propose-negotiated"),
    path(f"{ONE}/register/", negotiations.register_confidential, name="register-confidential"),
    path(f"{ONE}/follow/", negotiations.follow_negotiation, name="follow-negotiation"),
]

urlpatterns = [*award_urls, *negotiation_urls, *result_urls]
