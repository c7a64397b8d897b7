"""Customs of citing: what was measured is used, and what was not has the share of all that was not."""

import pytest

from concite.graph import customs
from concite.graph.customs import UNKNOWN, citing_share, is_custom
from concite.ontology import Vocabulary


@pytest.mark.parametrize(("cited", "used", "custom"), [(0, 20, False), (11, 20, False), (20, 20, True), (0, 3, True)])
def test_a_concept_is_cited_by_custom_where_most_that_use_it_do(
    monkeypatch: pytest.MonkeyPatch, cited: int, used: int, custom: bool
) -> None:
    monkeypatch.setattr(customs, "_measured", lambda: {"x": (cited, used)})
    assert is_custom("x") is custom
    assert 0 < citing_share("x") < 1


def test_what_was_measured_is_of_the_vocabulary_and_makes_sense(bundled: Vocabulary) -> None:
    measured = customs._measured()
    assert len(measured) > 30
    assert all(
        concept in bundled and 0 <= cited <= used >= customs.LEAST for concept, (cited, used) in measured.items()
    )
    assert not is_custom("lstm")
    assert citing_share("lora") == UNKNOWN
