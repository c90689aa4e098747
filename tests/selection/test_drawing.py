"""The draw of a committee: nobody chooses, anybody repeats it, and a second program comes to the same members."""

import json
import re
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from checking.committee import faults_of
from sealing.canonical import canonical_json
from selection.drawing import Ballot, fits, mark

WRITTEN = (Path(__file__).parents[2] / "docs" / "rules-committee.md").read_text()
EXAMPLE = json.loads(re.search(r"```json\n(.*?)```", WRITTEN, re.S)[1])
SPECIALITIES = ("clinical", "pharmacy", "economics")

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
pools = st.dictionaries(
    st.integers(1, 9999).map(lambda number: f"E-2026-{number:04d}"), st.sampled_from(SPECIALITIES), max_size=40
)
places = st.dictionaries(st.sampled_from(SPECIALITIES), st.integers(1, 7), min_size=1)


def recorded(seed, root, pool, asked, draws):
    listed = {
        "format": "expert-pool/1",
        "agency": "X",
        "experts": [{"number": n, "speciality": s} for n, s in pool.items()],
    }
    return {
        "pool": listed,
        "pool_sha256": sha256(canonical_json(listed)).hexdigest(),
        "places": asked,
        "commitment": sha256(bytes.fromhex(seed)).hexdigest(),
        "seed": seed,
        "root": root,
        "draws": draws,
    }


class TestTheDocument:
    def test_its_example_comes_out_of_both_programs(self):
        ballot = Ballot(
            EXAMPLE["seed"], EXAMPLE["root"], {one["number"]: one["speciality"] for one in EXAMPLE["pool"]["experts"]}
        )
        first, second = EXAMPLE["draws"]
        assert ballot.drawn(EXAMPLE["places"], first["excluded"]) == first["drawn"]
        assert [ballot.following(second["leaving"], first["drawn"], second["excluded"])] == second["drawn"]
        assert faults_of(EXAMPLE) == []

    def test_its_marks_are_those_of_the_order(self):
        for number, printed in re.findall(r"\| (E-\d+-\d+) \| \w+ \| `([0-9a-f]{8})…`", WRITTEN):
            assert mark(EXAMPLE["seed"], EXAMPLE["root"], number).startswith(printed)


class TestTwoPrograms:
    @given(seed=hashes, root=hashes, pool=pools, asked=places, data=st.data())
    def test_they_agree_on_every_draw_and_every_replacement(self, seed, root, pool, asked, data):
        excluded = data.draw(st.sets(st.sampled_from(sorted(pool)))) if pool else set()
        ballot = Ballot(seed, root, pool)
        drawn = ballot.drawn(asked, excluded)
        draws = [{"excluded": dict.fromkeys(sorted(excluded), "away"), "leaving": "", "drawn": drawn}]
        used = set(drawn)
        for leaving in drawn[:2]:
            following = ballot.following(leaving, used, excluded)
            draws.append(
                {"excluded": dict.fromkeys(sorted(excluded), "away"), "leaving": leaving, "drawn": [following]}
            )
            used.add(following)
        found = set(faults_of(recorded(seed, root, pool, asked, draws)))
        assert found <= {"places"}

    @given(seed=hashes, root=hashes, pool=pools.filter(lambda pool: len(pool) > 6))
    def test_another_member_is_found(self, seed, root, pool):
        drawn = Ballot(seed, root, pool).drawn({"clinical": 5}, ())
        other = next(number for number in pool if number not in drawn)
        draws = [{"excluded": {}, "leaving": "", "drawn": [*drawn[:-1], other]}]
        assert "draw" in faults_of(recorded(seed, root, pool, {"clinical": 5}, draws))

    def test_another_pool_seed_or_size_is_found(self):
        assert "pool" in faults_of(EXAMPLE | {"pool_sha256": "0" * 64})
        assert "seed" in faults_of(EXAMPLE | {"commitment": "0" * 64})
        assert "places" in faults_of(EXAMPLE | {"places": {"clinical": 4}})


class TestTheDraw:
    @given(seed=hashes, root=hashes, pool=pools, asked=places, data=st.data())
    def test_nobody_excluded_sits_and_no_place_stays_empty_while_somebody_is_left(self, seed, root, pool, asked, data):
        excluded = data.draw(st.sets(st.sampled_from(sorted(pool)))) if pool else set()
        drawn = Ballot(seed, root, pool).drawn(asked, excluded)
        assert not excluded & set(drawn)
        assert len(drawn) == len(set(drawn)) == min(sum(asked.values()), len(pool) - len(excluded))

    @given(seed=hashes, root=hashes, pool=pools, asked=places)
    def test_each_speciality_has_its_places_where_the_pool_can_fill_them(self, seed, root, pool, asked):
        drawn = Ballot(seed, root, pool).drawn(asked, ())
        for speciality, count in asked.items():
            sitting = [number for number in drawn if pool[number] == speciality]
            assert len(sitting) >= min(count, list(pool.values()).count(speciality))

    def test_a_committee_is_odd_and_has_at_least_five(self):
        pool = ["clinical"] * 7
        assert [size for size in range(10) if fits({"clinical": size}, pool)] == [5, 7]
        assert not fits({"clinical": 4, "law": 1}, pool)
        assert not fits({"clinical": 5}, pool, least=7)
