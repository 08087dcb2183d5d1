"""Numbers and sentences as people read them."""

from sm_lineage_magics.model.wording import prose


def test_texts_become_sentences_that_each_end_once():
    assert prose(("3 entities: 3 jobs", "Why?", "", "Not drawn: 1.", "and …")) == (
        "3 entities: 3 jobs. Why? Not drawn: 1. and …"
    )
