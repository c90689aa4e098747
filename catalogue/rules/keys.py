"""What tells one product from another."""

from hashlib import sha256

from catalogue.rules.rows import ParsedRow


def product_key(row: ParsedRow) -> str:
    """The national code where there is one; else a digest of item, maker, brand and pack.

    Empty for a row that names no product. The digest has 40 hexadecimal digits, a code at most 27 characters
    and a letter in front, so that neither can be taken for the other.
    """
    if not row.names_product:
        return ""
    if row.national_code:
        return row.national_code
    identity = (
        row.kind.value,
        row.name,
        row.strength,
        row.maker,
        row.maker_code,
        row.brand,
        str(row.pack_size or ""),
        row.pack_unit,
    )
    return sha256("\x1f".join(identity).encode()).hexdigest()[:40]
