"""Products: blocks make up the whole product, whatever the budget, and the greatest entries are the greatest."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from concite.graph.metrics.products import greatest_per_row, products

SEEDS = st.integers(0, 10_000)


def drawn(rows: int, columns: int, seed: int) -> sparse.csr_array:
    return sparse.csr_array(sparse.random_array((rows, columns), density=0.3, rng=np.random.default_rng(seed)))


@given(st.integers(0, 9), st.integers(1, 40), SEEDS)
def test_blocks_make_up_the_product_whatever_the_budget(rows: int, budget: int, seed: int) -> None:
    left, right = drawn(rows, 5, seed), drawn(5, 7, seed + 1)
    blocks = list(products(left, right, budget))
    whole = np.concatenate([np.zeros((0, 7)), *(block.toarray() for _, block in blocks)])
    assert np.array_equal(whole, (left @ right).toarray())
    assert [start for start, _ in blocks] == np.cumsum([0, *(block.shape[0] for _, block in blocks)])[:-1].tolist()


def test_a_small_budget_makes_small_blocks() -> None:
    left, right = sparse.csr_array(np.ones((6, 2))), sparse.csr_array(np.ones((2, 5)))
    assert len(list(products(left, right, budget=20))) == 3
    assert len(list(products(left, right, budget=1))) == 6


@given(st.integers(1, 8), SEEDS)
def test_the_greatest_entries_of_a_row_are_kept(top: int, seed: int) -> None:
    left, right = drawn(6, 5, seed), drawn(5, 7, seed + 1)
    found = greatest_per_row(left, right, top).toarray()
    for kept, whole in zip(found, (left @ right).toarray(), strict=True):
        assert np.allclose(np.sort(kept)[::-1][:top], np.sort(whole)[::-1][:top])
