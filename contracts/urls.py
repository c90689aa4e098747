"""Addresses of contracts, orders and deliveries."""

from django.urls import path

from contracts.views import contracts, corrections, deliveries, orders, payers

app_name = "contracts"

contract_urls = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/volumes/", contracts.volumes, name="volumes"),
    path("contracts/awards/", contracts.awards, name="awards"),
    path("payers/", payers.payers, name="payers"),
    path("payers/set/", payers.set_payer, name="set-payer"),
    path("payers/<str:reference>/end/", payers.end_payer, name="end-payer"),
    path("payees/set/", payers.set_payee, name="set-payee"),
    path("payees/<str:reference>/end/", payers.end_payee, name="end-payee"),
    path("contracts/prepare/<str:source>/<str:supplier>/", contracts.prepare_contract, name="prepare-contract"),
    path("contracts/<str:reference>/", contracts.contract, name="contract"),
    path("contracts/<str:reference>/sign/", contracts.sign_contract, name="sign-contract"),
    path("contracts/<str:reference>/deliverer/", contracts.name_deliverer, name="name-deliverer"),
    path(
        "contracts/<str:reference>/distribution/<int:number>/end/",
        contracts.end_distribution,
        name="end-distribution",
    ),
    path("contracts/<str:reference>/void/", contracts.void_contract, name="void-contract"),
    path("contracts/<str:reference>/terminate/", contracts.terminate_contract, name="terminate-contract"),
    path("contracts/<str:reference>/print/", contracts.print_contract, name="print-contract"),
]

order_urls = [
    path("orders/", orders.orders, name="orders"),
    path("orders/place/", orders.place_order, name="place-order"),
    path("orders/<str:reference>/", orders.order, name="order"),
    path("orders/<str:reference>/approve/", orders.approve_order, name="approve-order"),
    path("orders/<str:reference>/send-back/", orders.send_back_order, name="send-back-order"),
    path("orders/<str:reference>/confirm/", orders.confirm_order, name="confirm-order"),
    path("orders/<str:reference>/refuse/", orders.refuse_order, name="refuse-order"),
    path("orders/<str:reference>/cancel/", orders.cancel_order, name="cancel-order"),
    path("orders/<str:reference>/close-rest/", orders.close_rest, name="close-rest"),
    path("orders/<str:reference>/deliver/", deliveries.send_delivery, name="send-delivery"),
    path("orders/<str:reference>/print/", orders.print_order, name="print-order"),
]

delivery_urls = [
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<str:reference>/", deliveries.delivery, name="delivery"),
    path("deliveries/<str:reference>/accept/", deliveries.accept_delivery, name="accept-delivery"),
    path("deliveries/<str:reference>/print/", deliveries.print_delivery, name="print-delivery"),
]

LINE = "deliveries/<str:reference>/lines/<int:line>"
correction_urls = [
    path("moved-first-days/", corrections.moved_days, name="moved-days"),
    path(f"{LINE}/reverse/", corrections.reverse_acceptance, name="reverse-acceptance"),
    path(f"{LINE}/ask-later-arrival/", corrections.ask_later_arrival, name="ask-later-arrival"),
    path(f"{LINE}/approve-correction/", corrections.approve_correction, name="approve-correction"),
    path(f"{LINE}/decline-correction/", corrections.decline_correction, name="decline-correction"),
    path(f"{LINE}/withdraw-correction/", corrections.withdraw_correction, name="withdraw-correction"),
    path(f"{LINE}/correct-expiry/", corrections.correct_expiry, name="correct-expiry"),
]

urlpatterns = [*contract_urls, *order_urls, *delivery_urls, *correction_urls]
