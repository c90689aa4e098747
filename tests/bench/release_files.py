"""Files like the national release of consumable codes, of any size: `python -m tests.bench.release_files ROWS FILE`.

Classes are those of ``nhsa_consumable_category_prefixes.csv`` where the data lies beside the project, else a few of
them. A second edition keeps most rows of the first: of a thousand, five say another specification, three have another
code, two are out of use; and some are added.
"""

import csv
import gzip
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from catalogue.rules import RELEASE_COLUMNS

PREFIXES = Path(__file__).parents[3] / "shared" / "data" / "nhsa_consumable_category_prefixes.csv"
HEADINGS = [headings[0] for headings in RELEASE_COLUMNS.values()]
FEW = [
    ("C020101052", "鞘组", "介入治疗"),
    ("C030102003", "冠状动脉支架", "血管介入"),
    ("C140202001", "缝线", "基础卫生"),
]
MATERIALS = (
    "聚乙烯",
    "不锈钢",
    "钴铬合金",
    "钛合金",
    "硅胶",
    "聚氨酯",
    "尼龙",
    "玻璃纤维",
    "聚丙烯",
    "镍钛合金",
    "棉",
    "橡胶",
)
FEATURES = ("普通型", "加强型", "涂层", "可吸收", "一次性使用", "双腔", "带导丝", "抗菌")
_PLACES = ("北京", "上海", "江苏", "山东", "浙江", "广东")
_CHANGED, _REMAPPED, _DISABLED = range(5), range(5, 8), range(8, 10)


def classes() -> list[tuple[str, str, str]]:
    """Beginnings of codes with their names and groups."""
    if not PREFIXES.is_file():
        return FEW
    with PREFIXES.open(encoding="utf-8-sig", newline="") as file:
        return [(row["prefix10"], row["short_name"], row["fee_group"]) for row in csv.DictReader(file)]


def release_rows(count: int, *, edition: int = 1, added: int = 0, first: int = 0) -> Iterator[list[str]]:
    """The rows of an edition, each a cell for each heading; ``added`` more than the first had."""
    known = classes()
    for number in range(first, first + count + (added if edition > 1 else 0)):
        yield _row(number, known[number // 5_000 % len(known)], edition > 1, number >= first + count)


def _row(number: int, of: tuple[str, str, str], later: bool, new: bool) -> list[str]:
    prefix, name, group = of
    material, feature, maker = number // 40 % len(MATERIALS), number // 480 % len(FEATURES), number * 7_919 % 30_000
    place, turn = _PLACES[maker % len(_PLACES)], number % 1_000
    code20 = f"{prefix}{material:02}{feature:03}{maker:05}"
    code = f"{code20}{number % 10**7:07}"
    old, status, change, specification = code, "正常", "保留", f"{number % 97}mm×{number % 13}mm"
    if not later or new:
        old, status, change = "", "", "新增"
    elif turn in _CHANGED:
        change, specification = "变更", f"{specification} A"
    elif turn in _REMAPPED:
        change, code20 = "映射", f"{prefix}{material:02}{feature + 100:03}{maker:05}"
        code = code20 + code[20:]
    elif turn in _DISABLED:
        code = code20 = ""
        status, change = "停用", "停用"
    registration = f"国械注准2020313{number % 10_000:04}"
    return [
        f"0690{number % 10**10:010}", old, status, code, change, code20,
        f"{prefix[1:3]}-{group}", f"{prefix[3:5]}-{name}", f"{prefix[5:7]}-{name}", name, name,
        MATERIALS[material], FEATURES[feature], registration, f"{FEATURES[feature]}{name}",
        f"{place}医疗器械{maker:05}有限公司", specification, f"M{number % 1_009}",
    ]  # fmt: skip


def write_release(path: Path, count: int, *, edition: int = 1, added: int = 0, first: int = 0) -> None:
    """Write an edition as CSV, packed where the name ends in .gz."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        rows = release_rows(count, edition=edition, added=added, first=first)
        while some := list(islice(rows, 10_000)):
            writer.writerows(some)


if __name__ == "__main__":
    write_release(Path(sys.argv[2]), int(sys.argv[1]), edition=int(sys.argv[3]) if len(sys.argv) > 3 else 1)
