"""Products of sparse matrices in bounded memory: block by block, or only the greatest entries of each row."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from .matrices import Matrix, Vector

BUDGET = 20_000_000
"""Products of two entries that one block may hold: some 250 MB."""


def products(left: Matrix, right: Matrix, budget: int = BUDGET) -> Iterator[tuple[int, Matrix]]:
    """`left @ right` in blocks of rows, each with its first row; a single row may exceed the budget."""
    for start, end in pairwise([*_starts(_work(left, right), budget), left.shape[0]]):
        yield start, (left[start:end] @ right).tocsr()


def _work(left: Matrix, right: Matrix) -> Vector:
    """The products of entries behind each row."""
    per_entry = np.diff(right.indptr)[left.indices]
    summed = np.concatenate(([0], np.cumsum(per_entry, dtype=np.int64)))
    return np.diff(summed[left.indptr])


def _starts(work: Vector, budget: int) -> list[int]:
    """The first rows of the blocks, each with about as much work as the budget allows."""
    summed = np.cumsum(work)
    starts = [0] if len(work) else []
    while starts:
        done = summed[starts[-1] - 1] if starts[-1] else 0
        following = max(int(np.searchsorted(summed, done + budget, side="right")), starts[-1] + 1)
        if following >= len(work):
            break
        starts.append(following)
    return starts


def greatest_per_row(left: Matrix, right: Matrix, top: int) -> Matrix:
    """The *top* greatest entries of each row of `left @ right`; the rest is never held."""
    found = sp_matmul_topn(sparse.csr_matrix(left), sparse.csr_matrix(right), top_n=top)
    return sparse.csr_array(found)
