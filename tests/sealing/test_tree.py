"""The Merkle tree: published roots, and a proof for every leaf that no other leaf can use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import tree
from sealing.primitives import sha256

# The eight entries and the roots over the first 0 to 8 of them that Certificate Transparency's reference
# implementations test with.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(9))
def test_the_roots_are_the_published_ones(count):
    leaves = [tree.leaf(bytes.fromhex(entry)) for entry in ENTRIES[:count]]
    assert tree.root(leaves) == ROOTS[count]


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_no_other_in_its_place(count, data):
    leaves = sorted(tree.leaf(number.to_bytes(2, "big")) for number in range(count))
    root = tree.root(leaves)
    index = data.draw(st.integers(0, count - 1))
    path = tree.inclusion_path(leaves, index)
    assert tree.includes(root, leaves[index], index=index, count=count, path=path)
    stranger = tree.leaf(b"a receipt that was never given")
    assert not tree.includes(root, stranger, index=index, count=count, path=path)
    assert not tree.includes(stranger, leaves[index], index=index, count=count, path=path)
    assert not tree.includes(root, leaves[index], index=index, count=count, path=[*path, stranger])
    assert not tree.includes(root, leaves[index], index=index - count, count=count, path=path)
    assert not tree.includes(root, leaves[index], index=count, count=count, path=path)
    other = data.draw(st.integers(0, count - 1))
    if other != index:
        assert not tree.includes(root, leaves[index], index=other, count=count, path=path)
        assert not tree.includes(root, leaves[other], index=index, count=count, path=path)
    if path:
        assert not tree.includes(root, leaves[index], index=index, count=count, path=path[:-1])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_path_to_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        tree.inclusion_path([sha256(b"a"), sha256(b"b"), sha256(b"c")], index)
