"""Guide prices of a variety from that of its representative product.

Source: NDRC [2011] 2452 (药品差比价规则): the price of a product that is not the representative is P x K, K from
strength, fill, pack count and form. Published tables round half up, from 1 yuan on to 0.1, below it to 0.01, and
start from the representative's price before it was rounded: 银翘解毒丸 60 g is 7.3 from 3.84; 3.8 would give 7.2.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext

_TENTH, _FEN = Decimal("0.1"), Decimal("0.01")


def rounded(price: Decimal) -> Decimal:
    """A guide price as it is published: to 0.1 yuan, below 1 yuan to 0.01; half up, and never nought."""
    with localcontext(prec=60):
        if price < 1:
            return max(price.quantize(_FEN, ROUND_HALF_UP), _FEN)
        return price.quantize(_TENTH, ROUND_HALF_UP)
