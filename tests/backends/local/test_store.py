"""The store by itself: what it keeps, finds, and counts."""

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lineage_magics.backends.local import Store, bulk
from sm_lineage_magics.errors import FormatError
from sm_lineage_magics.model import Association, Entity, EntityFilter, Home

HOME = Home()
NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


@pytest.fixture
def store():
    opened = Store.open(":memory:")
    yield opened
    opened.close()


def action(name, **changes):
    return Entity(**{"arn": HOME.action(name), "kind": "Action", "name": name, **changes})


def names(entities):
    return [entity.name for entity in entities]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
times = st.datetimes(timezones=st.just(timezone.utc))
entities = st.builds(
    Entity,
    arn=st.one_of(texts, texts.map(HOME.action), texts.map(HOME.artifact)),
    kind=st.sampled_from(["Artifact", "Action", "Context", "TrialComponent"]),
    type=texts,
    name=texts,
    source_uri=st.one_of(texts, texts.map(HOME.action), texts.map("s3://".__add__)),
    properties=st.dictionaries(texts, texts, max_size=3),
    created=st.none() | times,
    modified=st.none() | times,
    created_by=st.none() | texts,
    status=st.none() | texts,
    details=st.dictionaries(texts, st.none() | st.lists(texts, max_size=2), max_size=2),
)


@given(st.lists(entities, max_size=6, unique_by=lambda entity: entity.arn))
@settings(max_examples=30, deadline=None)
def test_whatever_is_put_comes_back_the_same(drawn):
    store = Store.open(":memory:")
    store.put(drawn)

    assert list(store.get([entity.arn for entity in drawn]).values()) == drawn
    for entity in drawn:
        if entity.source_uri:
            assert entity in list(store.find(source_uri=entity.source_uri))
        if entity.name.strip():
            assert entity in store.by_alias(entity.name.strip())
    store.close()


def test_an_entity_put_again_is_replaced(store):
    store.put([action("a", type="Old", source_uri="s3://old", properties={"x": "1"})])
    store.put([action("a", type="New", source_uri="s3://new")])

    assert store.get([HOME.action("a")]) == {
        HOME.action("a"): action("a", type="New", source_uri="s3://new")
    }
    assert list(store.find(source_uri="s3://old")) == []
    assert store.count() == 1


def test_newest_first_and_the_undated_last_ties_by_arn(store):
    later = NOON + timedelta(microseconds=1)
    store.put([action("b", created=NOON), action("a", created=NOON)])
    store.put([action("none"), action("late", created=later)])

    assert names(store.find()) == ["late", "a", "b", "none"]
    assert names(store.find(descending=False)) == ["none", "a", "b", "late"]
    assert names(store.find(order="name")) == ["none", "late", "b", "a"]
    assert names(store.find(order="name", descending=False)) == ["a", "b", "late", "none"]


def test_a_listing_of_many_batches_is_whole_and_in_order(store):
    """A thousand entities of one moment, and a thousand each of their own."""
    many = [action(f"same-{n:04}", created=NOON) for n in range(1000)]
    many += [action(f"own-{n:04}", created=NOON - timedelta(seconds=n + 1)) for n in range(1000)]
    store.put(reversed(many))

    assert names(store.find()) == names(many)
    assert names(store.find(order="name", descending=False)) == sorted(names(many))


def test_a_listing_goes_on_while_the_store_is_written(store):
    store.put(action(f"a{n:04}", created=NOON) for n in range(500))
    listed = store.find()
    first = next(listed)
    store.put([action("later", created=NOON + timedelta(days=1))])

    assert names([first, *listed]) == [f"a{n:04}" for n in range(500)]


def test_a_filter_decides_as_the_model_does(store):
    every = [
        action("a", type="Train", created=NOON, properties={"x": "1"}),
        action("b", created=NOON + timedelta(days=1), modified=NOON),
        action("c", type="Unknown"),
    ]
    store.put(every)
    for only in (
        EntityFilter(types=("Train",)),
        EntityFilter(types=("",)),
        EntityFilter(types=("Nothing",)),
        EntityFilter(properties={"x": "1", "y": "2"}),
        EntityFilter(created_after=NOON, created_before=NOON),
        EntityFilter(created_before=NOON),
        EntityFilter(modified_after=NOON),
        EntityFilter(kinds=("Action",), roles=("other",)),
    ):
        assert sorted(names(store.find(only=only))) == names(filter(only, every))


def test_a_link_may_name_what_is_not_there(store):
    """An association to another account's entity is kept; dropping it leaves no trace."""
    link = Association(HOME.action("a"), HOME.action("b"), "Produced", NOON)
    store.put([action("a")])

    assert store.link([link, link]) == [link.pair]
    assert list(store.associations()) == [link]
    assert (store.count(), store.count("Action"), store.count_associations()) == (1, 1, 1)
    assert store.unlink([link.pair, ("x", "y")]) == [link.pair]
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM entity").fetchone() == (1,)


def test_what_is_dropped_is_gone_and_its_associations_stay(store):
    link = Association(HOME.action("a"), HOME.action("b"))
    store.put([action("a"), action("b")])
    store.link([link])
    store.drop([HOME.action("a"), HOME.action("never")])

    assert names(store.find()) == ["b"]
    assert list(store.associations(destinations=[HOME.action("b")])) == [link]
    store.put([action("a", type="Again")])
    assert [e.type for e in store.by_alias("a")] == ["Again"]


def test_associations_from_some_to_some(store):
    arns = {name: HOME.action(name) for name in "abc"}
    store.put(action(name) for name in "abc")
    links = [Association(arns[x], arns[y]) for x, y in ("ab", "ac", "bc", "cc")]
    store.link(links)

    def between(**ends):
        return {a.pair for a in store.associations(**ends)}

    assert between() == {link.pair for link in links}
    assert between(sources=[arns["a"]]) == {links[0].pair, links[1].pair}
    assert between(destinations=[arns["b"]]) == {links[0].pair}
    assert between(sources=[arns["a"]], destinations=[arns["c"]]) == {links[1].pair}
    assert between(sources=[arns["a"]], destinations=[arns["c"], HOME.action("z")]) == {
        links[1].pair
    }
    assert between(sources=[*arns.values()], destinations=[arns["c"]] * 3) == {
        each.pair for each in links[1:]
    }
    assert between(sources=[arns["a"]], destinations=[]) == set()
    assert between(sources=[]) == between(destinations=[]) == set()


def test_two_hubs_are_asked_for_their_link_without_reading_their_others(store):
    """The emulator asks so of every association it adds."""
    names = [f"x{number}" for number in range(2_000)]
    store.put(action(name) for name in ("one", "other", *names))
    one, other = HOME.action("one"), HOME.action("other")
    ends = [*((one, HOME.action(n)) for n in names), *((HOME.action(n), other) for n in names)]
    store.link(Association(*pair) for pair in [*ends, (one, other)])
    calls = []
    sys.setprofile(lambda frame, event, _: calls.append(event))
    found = [each.pair for each in store.associations(sources=[one], destinations=[other])]
    sys.setprofile(None)

    assert found == [(one, other)]
    assert len(calls) < 1_000


def test_a_hub_is_stepped_from_in_batches_and_whole(store):
    hubs = [action("one"), action("two")]
    children = [action(f"{n:06}") for n in range(17_000)]
    links = [Association(hubs[n % 2].arn, child.arn) for n, child in enumerate(children)]
    bulk.load(store, hubs, links)
    crossed = list(store.step("downstream")([hub.arn for hub in hubs]))

    assert sorted(arn for arn, _ in crossed) == sorted(child.arn for child in children)
    assert {association for _, association in crossed} == set(links)


def test_an_import_leaves_the_tables_as_writing_one_by_one_does(store):
    """Whatever it does to be fast: the same tables and indexes, and the same rows in them."""
    every = [action(f"a{n}") for n in range(10)]
    links = [Association(a.arn, b.arn, created=NOON) for a, b in pairwise(every)]
    other = Store.open(":memory:")
    for each in every:
        other.put([each])
    for link in links:
        other.link([link])
    bulk.load(store, every, links[:6])
    bulk.load(store, [], links)

    assert dumped(store) == dumped(other)
    other.close()


def dumped(store):
    with store.reading() as connection:
        return sorted(connection.iterdump())


def test_an_import_goes_on_where_it_was_interrupted(store):
    every = [action(f"a{n}") for n in range(10)]
    links = [Association(a.arn, b.arn) for a, b in pairwise(every)]

    def until_the_power_goes():
        yield from every[:7]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.load(store, until_the_power_goes(), links, name="mirror", rows=3)
    assert store.count() == 6
    loaded = bulk.load(store, iter(every), links, name="mirror", rows=3)

    assert loaded == bulk.Loaded(10, 9)
    assert (store.count(), store.count_associations()) == (10, 9)
    assert bulk.load(store, every, links).entities == 10
    assert store.count_associations() == 9


def test_notes_are_kept_in_order_replaced_and_forgotten(store):
    store.note("journal", "b", "1")
    store.note("journal", "a", "2")
    store.note("settings", "a", "3")
    store.note("journal", "b", "4")

    assert list(store.notes("journal").items()) == [("b", "4"), ("a", "2")]
    store.forget_note("journal", "b")
    store.forget_note("journal", "never")
    assert store.notes("journal") == {"a": "2"}


def test_half_a_surrogate_pair_is_refused_with_a_line(store):
    """What Python makes of a file name in another encoding is not text."""
    with pytest.raises(FormatError, match="not text that can be stored"):
        store.put([action("a", properties={"path": "caf\udce9"})])
    assert store.count() == 0


def test_details_that_are_not_json_are_refused_with_a_line(store):
    with pytest.raises(FormatError, match="Expected JSON values"):
        store.put([action("a", details={"when": NOON})])


def test_the_store_imports_neither_boto3_nor_pandas():
    code = (
        "import sys\n"
        "from sm_lineage_magics.backends.local import LocalBackend\n"
        "backend = LocalBackend.open(':memory:')\n"
        "list(backend.find(text='a')); backend.traverse(['a'], 'both'); backend.close()\n"
        "heavy = {'boto3', 'botocore', 'pandas', 'numpy', 'networkx', 'sqlglot', 'ipywidgets'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )

    assert ran.stdout == "[]\n"


def test_what_an_entity_was_called_before_is_looked_up_no_more(store):
    """Else a store would grow with every change of a name."""

    def places(kept):
        with kept.reading() as connection:
            return {hash for (hash,) in connection.execute("SELECT hash FROM lookup")}

    changed = action("train", source_uri="s3://shop/after.py")
    store.put([action("train", source_uri="s3://shop/before.py")])
    store.put([changed])
    fresh = Store.open(":memory:")
    fresh.put([changed])

    assert places(store) == places(fresh)
    fresh.close()
