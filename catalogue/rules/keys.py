"""What tells one product of an item from another."""

from hashlib import sha256

from catalogue.rules.identity import fold
from catalogue.rules.rows import ParsedRow

# What a key begins with that is no national code.
UNCODED = "-"


def product_key(row: ParsedRow) -> str:
    """The national code where there is one; else a stroke and a digest of maker, brand and pack, however spelt.

    Empty for a row that names no product. A national code is that of one product; a digest tells products of one
    item apart.
    """
    if not row.names_product:
        return ""
    if row.national_code:
        return row.national_code
    said = (row.maker_code or fold(row.maker), fold(row.brand), str(row.pack_size or ""), fold(row.pack_unit))
    return UNCODED + sha256("\x1f".join(said).encode()).hexdigest()[:40]


def maker_key(name: str, code: str = "") -> str:
    """What a maker is found by: its code, else its name, however spelt. Empty where there is neither."""
    return f"code {code}" if code else f"name {fold(name)}" if fold(name) else ""
