"""How far a walk came, and what its answer says of where it ended."""

from sm_lineage_magics.model import Association, Entity, answer_of, reach

ENTITIES = {name: Entity(name, "Artifact", "DataSet", name) for name in "abc"}


def test_ctrl_c_ends_the_walk_and_the_answer_says_so():
    def step(frontier):
        if "b" in frontier:
            raise KeyboardInterrupt
        return [("b", Association("b", "c"))]

    reached = {"upstream": reach(["c"], step)}
    answer = answer_of(["c"], reached, ENTITIES)

    assert [entity.name for entity in answer] == ["b"]
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("interrupted", "c")]
