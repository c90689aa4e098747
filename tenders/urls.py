"""Addresses of tenders, bids, evaluation and lots: one list an area."""

from django.urls import path

from tenders.views import (
    attachments,
    bidding,
    changes,
    checking,
    committee,
    evaluation,
    keys,
    lots,
    opening,
    preparation,
    questions,
    reveal,
    tenders,
)

app_name = "tenders"

tender_urls = [
    path("tenders/", tenders.tenders, name="tenders"),
    path("tenders/<str:reference>/", tenders.tender, name="tender"),
    path("tenders/<str:reference>/people/", tenders.people, name="people"),
    path("tenders/<str:reference>/publish/", tenders.publish_tender, name="publish-tender"),
    path("tenders/<str:reference>/cancel/", tenders.cancel_tender, name="cancel-tender"),
    path("notices/", tenders.notices, name="notices"),
    path("notices/<str:reference>/", tenders.notice, name="notice"),
    path("notices/<str:reference>/document/", tenders.notice_document, name="notice-document"),
    path("notices/<str:reference>/documents/<str:sha256>/", tenders.former_notice, name="former-notice"),
]

change_urls = [
    path("tenders/<str:reference>/propose-extension/", changes.propose_extension, name="propose-extension"),
    path("tenders/<str:reference>/propose-amendment/", changes.propose_amendment, name="propose-amendment"),
    path("tenders/<str:reference>/propose-cancellation/", changes.propose_cancellation, name="propose-cancellation"),
    path("tenders/<str:reference>/changes/<int:number>/", changes.change, name="change"),
    path("tenders/<str:reference>/changes/<int:number>/approve/", changes.approve_change, name="approve-change"),
    path("tenders/<str:reference>/changes/<int:number>/decline/", changes.decline_change, name="decline-change"),
]

question_urls = [
    path("tenders/<str:reference>/questions/", questions.questions, name="questions"),
    path("tenders/<str:reference>/ask-questions/", questions.ask_questions, name="ask-questions"),
    path("tenders/<str:reference>/answer-questions/", questions.answer_questions, name="answer-questions"),
]

committee_urls = [
    path("experts/", committee.expert_pool, name="expert-pool"),
    path("experts/propose/", committee.propose_experts, name="propose-experts"),
    path("experts/admit/", committee.admit_experts, name="admit-experts"),
    path("experts/<str:reference>/decline/", committee.decline_expert, name="decline-expert"),
    path("experts/<str:reference>/end/", committee.end_expert, name="end-expert"),
    path("tenders/<str:reference>/set-committee/", committee.set_committee, name="set-committee"),
    path("tenders/<str:reference>/draw-committee/", committee.draw_committee, name="draw-committee"),
    path(
        "tenders/<str:reference>/evaluators/<int:number>/replace-by-next/",
        committee.replace_by_next,
        name="replace-by-next",
    ),
]

preparation_urls = [
    path("tenders/prepare/", preparation.prepare_tender, name="prepare-tender"),
    path("tenders/<str:reference>/change/", preparation.change_tender, name="change-tender"),
    path("tenders/<str:reference>/set-lots/", preparation.set_lots, name="set-lots"),
    path("tenders/<str:reference>/set-schedule/", preparation.set_schedule, name="set-schedule"),
    path("tenders/<str:reference>/set-criteria/", preparation.set_criteria, name="set-criteria"),
    path("tenders/<str:reference>/name-opener/", preparation.name_opener, name="name-opener"),
    path("tenders/<str:reference>/openers/<int:place>/replace/", preparation.replace_opener, name="replace-opener"),
    path("tenders/<str:reference>/name-evaluator/", preparation.name_evaluator, name="name-evaluator"),
    path(
        "tenders/<str:reference>/evaluators/<int:number>/replace/",
        preparation.replace_evaluator,
        name="replace-evaluator",
    ),
    path("tenders/<str:reference>/declare-interest/", preparation.declare_interest, name="declare-interest"),
]

key_urls = [
    path("tenders/<str:reference>/make-key/", keys.make_key, name="make-key"),
    path("tenders/<str:reference>/prove-key/", keys.prove_key, name="prove-key"),
    path("tenders/<str:reference>/lose-key/", keys.lose_key, name="lose-key"),
    path("tenders/<str:reference>/release-shares/", keys.release_shares, name="release-shares"),
    path("tenders/<str:reference>/destroy-key/", keys.destroy_key, name="destroy-key"),
    path("programs/<str:sha256>.js", bidding.page_script, name="page-script"),
    path("opener-desk/", keys.opener_desk, name="opener-desk"),
]

bidding_urls = [
    path("bids/", bidding.bids, name="bids"),
    path("bids/<str:reference>/", bidding.bid, name="bid"),
    path("bids/<str:reference>/submit/", bidding.submit_bid, name="submit-bid"),
    path("bids/<str:reference>/withdraw/", bidding.withdraw_bid, name="withdraw-bid"),
    path("bids/<str:reference>/attachments/<str:envelope>/<int:number>/", attachments.attachment, name="attachment"),
    path("bids/<str:reference>/receipts/<str:sha256>/", bidding.receipt, name="receipt"),
    path("bids/<str:reference>/receipts/<str:sha256>/document/", bidding.receipt_document, name="receipt-document"),
    path("bids/<str:reference>/receipts/<str:sha256>/evidence/", bidding.evidence, name="evidence"),
    path("tenders/<str:reference>/bids/", bidding.tender_bids, name="tender-bids"),
    path("tenders/<str:reference>/lots/<int:number>/prepare-bid/", bidding.prepare_bid, name="prepare-bid"),
    path("signing-keys/", bidding.signing_keys, name="signing-keys"),
]

opening_urls = [
    path("tenders/<str:reference>/opening/", opening.opening, name="opening"),
    path("tenders/<str:reference>/opening/minutes/", opening.opening_minutes, name="opening-minutes"),
    path("tenders/<str:reference>/opening/documents/<str:name>/", opening.opening_document, name="opening-document"),
    path("tenders/<str:reference>/request-openings/<str:envelope>/", opening.request_openings, name="request-openings"),
    path(
        "tenders/<str:reference>/lots/<int:number>/conclude-opening/<str:envelope>/",
        opening.conclude_opening,
        name="conclude-opening",
    ),
]

reveal_urls = [
    path("tenders/<str:reference>/postpone-opening/", reveal.postpone_opening, name="postpone-opening"),
    path("tenders/<str:reference>/call-reveal/", reveal.call_reveal, name="call-reveal"),
    path("tenders/<str:reference>/publish-call/", reveal.publish_call, name="publish-call"),
    path("bids/<str:reference>/reveal/", reveal.reveal_bid, name="reveal-bid"),
    path("bids/<str:reference>/reveal/receipt/", reveal.reveal_receipt, name="reveal-receipt"),
]

checking_urls = [
    path("check/", checking.check, name="check"),
    path("check/file/", checking.check_page_file, name="check-file"),
]

evaluation_urls = [
    path("tenders/<str:reference>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("tenders/<str:reference>/lots/<int:number>/evaluation/", evaluation.evaluate_lot, name="evaluate-lot"),
    path(
        "tenders/<str:reference>/lots/<int:number>/evaluation/<str:bid>/",
        evaluation.scoring_desk,
        name="scoring-desk",
    ),
    path(
        "tenders/<str:reference>/lots/<int:number>/evaluation/<str:bid>/review/",
        evaluation.review_bid,
        name="review-bid",
    ),
    path(
        "tenders/<str:reference>/lots/<int:number>/evaluation/<str:bid>/score/", evaluation.score_bid, name="score-bid"
    ),
    path(
        "tenders/<str:reference>/lots/<int:number>/sign-evaluation/",
        evaluation.sign_evaluation,
        name="sign-evaluation",
    ),
    path("tenders/<str:reference>/lots/<int:number>/publish-result/", evaluation.publish_result, name="publish-result"),
    path("tenders/<str:reference>/publish-results/", evaluation.publish_results, name="publish-results"),
]

lot_urls = [
    path("tenders/<str:reference>/lots/<int:number>/", lots.lot, name="lot"),
    path("tenders/<str:reference>/lots/<int:number>/object/", lots.file_objection, name="file-objection"),
    path("tenders/<str:reference>/lots/<int:number>/hold/", lots.hold_lot, name="hold-lot"),
    path("tenders/<str:reference>/lots/<int:number>/release/", lots.release_lot, name="release-lot"),
    path("objections/", lots.objections, name="objections"),
    path("objections/<str:reference>/", lots.objection, name="objection"),
    path("objections/<str:reference>/answer/", lots.answer_objection, name="answer-objection"),
]

urlpatterns = [
    *preparation_urls,
    *tender_urls,
    *change_urls,
    *question_urls,
    *committee_urls,
    *key_urls,
    *bidding_urls,
    *opening_urls,
    *reveal_urls,
    *checking_urls,
    *evaluation_urls,
    *lot_urls,
]
