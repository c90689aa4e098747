"""What an order or a delivery is of: its first product with the maker, and how many others there are."""

from contracts.models import ContractProduct, Delivery, Order


def of_order(order: Order) -> str:
    """Of an order that was fetched ``with_first``."""
    return _said([line.product for line in order.firsts], order.line_count)


def of_delivery(delivery: Delivery) -> str:
    """Of a delivery that was fetched ``with_first``."""
    return _said([line.order_line.product for line in delivery.firsts], delivery.line_count)


def _said(firsts: list[ContractProduct], count: int) -> str:
    more = f"+{count - 1}" if count > 1 else ""
    return " ".join(filter(None, (*(str(first.product_version.product) for first in firsts), more)))
