"""What can be wrong with sealed material, and whose fault it is.

Every error is a `SealError`. `party` names who has to answer for it ("bidder", "opener" or "" where the
bytes alone cannot tell), `where` names the field or part, `opener` the position of an opener, counted from 1.
No message ever holds a value that was read: it may be a price, a share or a key.
"""


class SealError(Exception):
    """Sealed material was refused."""

    party = ""

    def __init__(self, message: str, *, where: str = "", opener: int | None = None) -> None:
        super().__init__(message)
        self.where = where
        self.opener = opener


class FormatError(SealError):
    """Bytes or values that are not of the format they claim to be."""


class AlreadySealedError(SealError):
    """Something sealed was about to be sealed a second time."""

    party = "bidder"


class UploadError(SealError):
    """An envelope whose header differs from the notice, or whose points lie off the curve."""

    party = "bidder"


class PayloadError(SealError):
    """An envelope's content that cannot be read as an offer."""

    party = "bidder"


class AttachmentError(SealError):
    """A sealed attachment that does not open under its key, or is not as long as promised."""

    party = "bidder"


class ShareError(SealError):
    """An opener's key, position or share that does not belong to the envelope.

    Raised without a party when a seal cannot be opened under the right key: the opener alone can neither
    prove nor disprove that the bidder sealed rubbish.
    """


class CodeError(SealError):
    """A key file that does not open: the code is wrong or the file is damaged (the two look alike)."""


class SignatureError(SealError):
    """A document without the signatures it needs."""


class CeremonyError(SealError):
    """What an opener is asked for does not agree with what was published: its program does nothing with the keys."""


class DeskError(SealError):
    """What an opener brought, or the clock of its machine, does not fit, and no attack is seen: nothing is unlocked
    until it is put right.

    `where` says what: `root_missing`, `root_short` (or no digits), `root_other`, `key_tender`, `key_place` (`opener` is
    the place to which the key belongs), `clock`.
    """
