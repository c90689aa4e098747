"""How base units are packed: what each container holds of the one inside it, as 12片/板×2板/盒 prints it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from catalogue.rules.identity import fold
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _

LARGEST_PACK = 1_000_000

_LEVEL = re.compile(r"([0-9]{1,7})([^0-9/×]{1,20})(?:/([^0-9/×]{1,20}))?")


@dataclass(frozen=True, slots=True)
class Container:
    """One container: how many of what is inside it (base units, or the container before) it holds."""

    unit: str
    holds: int


@dataclass(frozen=True, slots=True)
class Pack:
    """Containers from the inside out; the last is the pack that is priced and ordered."""

    containers: tuple[Container, ...]

    @property
    def size(self) -> int:
        """Base units in one pack."""
        return prod(container.holds for container in self.containers)

    @property
    def unit(self) -> str:
        return self.containers[-1].unit

    def __str__(self) -> str:
        return f"{self.size}/{self.unit}"


def print_pack(containers: Sequence[Mapping[str, Any]], base_unit: str) -> str:
    """Containers, as the catalogue keeps them, in the spelling from which ``read_pack`` reads them."""
    inside = [base_unit, *(container["unit"] for container in containers)]
    return "×".join(f"{one['holds']}{unit}/{one['unit']}" for unit, one in zip(inside, containers, strict=False))


def read_pack(text: str) -> Pack:
    """The containers of a printed pack, from the inside out. CodeError where it does not say them plainly.

    Each level names what it holds, and the next one holds what this one is: 12片/板×2板/盒, 10片×2板/盒, 28片/盒.

    >>> [(one.unit, one.holds) for one in read_pack("12片/板×2板/盒").containers]
    [('板', 12), ('盒', 2)]
    """
    levels = [_LEVEL.fullmatch(level) for level in fold(text).split("×")]
    containers = []
    for level, following in zip(levels, [*levels[1:], None], strict=True):
        unit = level and (level[3] or (following and following[2]))
        if not level or not unit or (following and following[2] != unit) or not int(level[1]):
            raise CodeError(_("Expected a pack such as 28片/盒 or 12片/板×2板/盒."))
        containers.append(Container(unit, int(level[1])))
    pack = Pack(tuple(containers))
    if pack.size > LARGEST_PACK:
        raise CodeError(_("A pack holds a whole number of base units, from 1 to %(limit)s."), limit=LARGEST_PACK)
    return pack
