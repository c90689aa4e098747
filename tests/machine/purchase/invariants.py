"""What must hold after every act, asked of the tables themselves: the model decides nothing here."""

import json
from typing import Any

from django.db import connection

# A sentence that must never be true, and the rows that would make it true.
BROKEN = {
    "more was ordered than the contract lets a hospital buy": """
        contracts_agreedvolume WHERE ordered > maximum""",
    "a volume counts other orders than there are": """
        contracts_agreedvolume v WHERE ordered <> (
            SELECT coalesce(sum((packs - released) * units), 0) FROM contracts_orderline WHERE volume_id = v.id)""",
    "an order was placed at another price than the contract's": """
        contracts_orderline l JOIN contracts_agreedvolume v ON v.id = l.volume_id
        JOIN contracts_contractproduct c ON c.id = l.product_id
        WHERE (l.price, l.service_fee, l.pack_size, l.units, v.line_id)
            IS DISTINCT FROM (c.price, c.service_fee, c.pack_size, c.units, c.line_id)""",
    "an order costs something else than its lines": """
        contracts_order o WHERE amount <> (
            SELECT sum(round(price * packs, 2) + round(coalesce(service_fee, 0) * packs, 2))
            FROM contracts_orderline WHERE order_id = o.id)""",
    "one person placed and approved an order": """
        contracts_order o JOIN accounts_seat a ON a.id = o.placed_by_id JOIN accounts_seat b ON b.id = o.approved_by_id
        WHERE a.person_id = b.person_id""",
    "an order that ended still draws on a volume": """
        contracts_orderline l JOIN contracts_order o ON o.id = l.order_id
        WHERE o.status IN ('sent_back', 'refused', 'cancelled') AND l.released <> l.packs""",
    "an order stands elsewhere than its lines": """
        contracts_order o WHERE stage <> CASE
            WHEN status <> 'confirmed' THEN ''
            WHEN EXISTS (SELECT FROM contracts_orderline WHERE order_id = o.id AND delivered < packs - released)
                THEN 'to_send'
            WHEN EXISTS (SELECT FROM contracts_orderline WHERE order_id = o.id AND accepted < delivered)
                THEN 'under_way'
            ELSE 'received' END""",
    "more was sent than was confirmed": """
        contracts_orderline l WHERE delivered > confirmed OR delivered + released > packs
            OR delivered > 0 AND order_id NOT IN (SELECT id FROM contracts_order WHERE status = 'confirmed')""",
    "an order line counts other packs than its deliveries": """
        contracts_orderline l WHERE ROW(delivered::bigint, accepted::bigint) IS DISTINCT FROM (
            SELECT ROW(coalesce(sum(d.packs), 0) - coalesce(sum(a.rejected + a.short), 0), coalesce(sum(a.accepted), 0))
            FROM contracts_deliveryline d LEFT JOIN contracts_acceptance a ON a.line_id = d.id
                AND a.reverses_id IS NULL AND NOT EXISTS (SELECT FROM contracts_acceptance WHERE reverses_id = a.id)
            WHERE d.order_line_id = l.id)""",
    "a verdict is not about what was sent": """
        contracts_acceptance a JOIN contracts_deliveryline d ON d.id = a.line_id
        WHERE a.accepted + a.rejected + a.short <> d.packs""",
    "two verdicts on one line of a delivery stand": """
        contracts_acceptance a WHERE a.reverses_id IS NULL
            AND NOT EXISTS (SELECT FROM contracts_acceptance WHERE reverses_id = a.id)
        GROUP BY line_id HAVING count(*) > 1""",
    "a line owes something else than its accepted packs cost": """
        contracts_orderline l WHERE round(price * accepted, 2) + round(coalesce(service_fee, 0) * accepted, 2) <> (
            SELECT coalesce(sum(p.amount - p.reversed), 0) FROM contracts_payable p
            JOIN contracts_acceptance a ON a.id = p.acceptance_id
            JOIN contracts_deliveryline d ON d.id = a.line_id WHERE d.order_line_id = l.id)""",
    "something was accepted and is owed to nobody": """
        contracts_acceptance a WHERE accepted > 0 AND reverses_id IS NULL
            AND NOT EXISTS (SELECT FROM contracts_payable WHERE acceptance_id = a.id)""",
    "more was paid than is owed": """
        contracts_payable WHERE paid > amount - reversed OR reversed > amount""",
    "a debt counts other payments than there are": """
        contracts_payable p WHERE paid <> (
            SELECT coalesce(sum(amount), 0) FROM payments_paymentline WHERE payable_id = p.id)""",
    "a payment is not the sum of its lines": """
        payments_payment p WHERE amount <> (SELECT sum(amount) FROM payments_paymentline WHERE payment_id = p.id)""",
    "a debt is owed to somebody who neither delivered nor supplied": """
        contracts_payable p JOIN contracts_acceptance a ON a.id = p.acceptance_id
        JOIN contracts_deliveryline d ON d.id = a.line_id JOIN contracts_delivery v ON v.id = d.delivery_id
        WHERE p.payee_id NOT IN (v.deliverer_id, p.supplier_id)""",
    "a payment settled what is owed to or by somebody else": """
        payments_paymentline l JOIN payments_payment m ON m.id = l.payment_id
        JOIN contracts_payable p ON p.id = l.payable_id WHERE (m.payee_id, m.payer_id) <> (p.payee_id, p.payer_id)""",
    "money went to an account that is not its payee's, or that was not in use": """
        payments_payment m JOIN accounts_bankaccount b ON b.id = m.account_id
        WHERE b.organisation_id <> m.payee_id OR b.status <> 'confirmed' OR b.usable_at > m.paid_at""",
    "a debt is due later than thirty days after its first day": """
        contracts_payable WHERE due_on > owed_from + 30""",
    "a debt begins on another day than its goods' first verdict": """
        contracts_payable p JOIN contracts_acceptance a ON a.id = p.acceptance_id
        JOIN contracts_acceptance f ON f.line_id = a.line_id AND f.number = 1 WHERE p.owed_from <> f.accepted_on""",
    "a debt was settled on another day than its last payment": """
        contracts_payable p WHERE settled_on IS DISTINCT FROM (
            SELECT max(paid_on) FROM payments_paymentline l JOIN payments_payment m ON m.id = l.payment_id
            WHERE l.payable_id = p.id AND p.paid = p.amount - p.reversed)""",
    "a batch has two expiries or two numbers": """
        contracts_productbatch GROUP BY product_id, key HAVING count(*) > 1""",
    "the trail has another number of acts than the tables": """
        (
            SELECT 'order.placed' verb, count(*) acts FROM contracts_order
            UNION ALL SELECT 'order.approved', count(approved_at) FROM contracts_order
            UNION ALL SELECT 'order.sent_back', count(*) FROM contracts_order WHERE status = 'sent_back'
            UNION ALL SELECT 'order.cancelled', count(*) FROM contracts_order WHERE status = 'cancelled'
            UNION ALL SELECT 'order.refused', count(*) FROM contracts_order WHERE status = 'refused'
            UNION ALL SELECT 'order.confirmed', count(*) FROM contracts_order WHERE status = 'confirmed'
            UNION ALL SELECT 'delivery.sent', count(*) FROM contracts_delivery
            UNION ALL SELECT 'delivery.reversed', count(reverses_id) FROM contracts_acceptance
            UNION ALL SELECT 'payment.recorded', count(*) FROM payments_payment
        ) kept LEFT JOIN (SELECT verb, count(*) told FROM core_event GROUP BY verb) trail USING (verb)
        WHERE acts <> coalesce(told, 0)""",
}
_OBSERVED = """
    SELECT jsonb_build_object(
        'ended', (SELECT status = 'terminated' FROM contracts_contract),
        'orders', (SELECT jsonb_agg(status ORDER BY id) FROM contracts_order),
        'lines', (
            SELECT jsonb_agg(
                jsonb_build_array(packs, confirmed, released, delivered, accepted) ORDER BY l.order_id, l.number)
            FROM contracts_orderline l),
        'drawn', (
            SELECT jsonb_agg(ordered ORDER BY v.hospital_id, c.number)
            FROM contracts_agreedvolume v JOIN contracts_contractline c ON c.id = v.line_id),
        'deliveries', (SELECT count(*) FROM contracts_delivery),
        'debts', (
            SELECT jsonb_agg(jsonb_build_array(amount::text, reversed::text, paid::text, owed_from, due_on) ORDER BY id)
            FROM contracts_payable),
        'payments', (SELECT jsonb_agg(amount::text ORDER BY id) FROM payments_payment),
        'broken', (SELECT jsonb_agg(what) FROM ({broken}) found (what))
    )
"""


def observed() -> dict[str, Any]:
    """What the tables show of the only contract, and under ``broken`` the sentences that have become true."""
    looks = (f"SELECT $${what}$$ WHERE EXISTS (SELECT FROM {rows})" for what, rows in BROKEN.items())
    with connection.cursor() as cursor:
        cursor.execute(_OBSERVED.format(broken=" UNION ALL ".join(looks)))
        shown = cursor.fetchone()[0]
    return json.loads(shown) if isinstance(shown, str) else shown
