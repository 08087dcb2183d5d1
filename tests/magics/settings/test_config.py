"""Settings from files, the environment and the session, each with its origin."""

import pytest
from IPython.core.error import UsageError

from sm_lineage_magics.errors import ConfigError
from sm_lineage_magics.magics import load, loaded, unload
from sm_lineage_magics.magics.settings.config import Layer, Settings, settings_from
from sm_lineage_magics.magics.settings.layers import found, profiles


@pytest.fixture
def user_file(tmp_path):
    path = tmp_path / "config" / "sm_lineage_magics" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def project_file(tmp_path):
    return tmp_path / "pyproject.toml"


def read(tmp_path, **environment):
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    return settings_from(found(tmp_path / "deep" / "down", home | environment))


def test_nothing_configured_is_what_is_built_in(tmp_path):
    configuration = read(tmp_path)

    assert configuration.settings == Settings()
    assert configuration.origin("view") == "built in"


def test_the_nearer_place_wins_and_is_named(tmp_path, user_file, project_file):
    user_file.write_text('view = "tree"\ndepth = 1\nfeedback = 0')
    project_file.write_text('[tool.sm_lineage_magics]\nview = "table"\ndepth = 2')

    configuration = read(tmp_path, SM_LINEAGE_VIEW="mermaid")

    settings = configuration.settings
    assert (settings.view, settings.depth, settings.feedback) == ("mermaid", 2, 0)
    assert configuration.origin("view") == "SM_LINEAGE_VIEW"
    assert configuration.origin("depth") == str(project_file)
    assert configuration.origin("feedback") == str(user_file)


def test_a_project_of_somebody_else_is_passed_over(tmp_path, project_file):
    project_file.write_text("[project]\nname = 'sm_lineage_magics_user'")

    assert read(tmp_path).settings == Settings()


def test_a_profile_is_chosen_by_a_variable(tmp_path, project_file):
    project_file.write_text(
        "[tool.sm_lineage_magics.profiles.prod]\nbackend = 'sagemaker'\nread_only = true"
    )

    configuration = read(tmp_path, SM_LINEAGE_USE="prod")

    assert configuration.settings == Settings(backend="sagemaker", read_only=True)
    assert configuration.origin("backend") == f"{project_file} [profiles.prod]"
    assert list(profiles(tmp_path, {"XDG_CONFIG_HOME": str(tmp_path)})) == ["prod"]


def test_a_profile_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="Expected one of: local, sagemaker"):
        read(tmp_path, SM_LINEAGE_USE="prod")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("view", "round", "expected one of graph"),
        ("depth", "-1", "expected a whole number"),
        ("depth", 1.5, "expected a whole number"),
        ("depth", True, "expected a whole number"),
        ("feedback", 3, "expected one of 0, 1, 2"),
        ("read_only", "perhaps", "expected true or false"),
        ("store", 3, "expected text"),
        ("alias", "two words", "expected a word"),
        ("backend", "neptune", "expected one of local, sagemaker"),
        ("veiw", "table", "Did you mean view?"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_its_origin(name, value, expected):
    with pytest.raises(ConfigError) as raised:
        settings_from([Layer("my.toml", {name: value})])
    assert str(raised.value).startswith("my.toml: ")
    assert expected in str(raised.value)


@pytest.mark.parametrize("text", ["not toml", "\xff"])
def test_a_file_that_is_no_toml_is_named(tmp_path, user_file, text):
    user_file.write_bytes(text.encode("latin-1"))

    with pytest.raises(ConfigError, match=r"config\.toml cannot be read"):
        read(tmp_path)


def test_config_shows_every_setting_and_where_it_came_from(ask, tmp_path):
    ask("config view=table")

    (section,) = ask("config").sections
    rows = {name: (value, origin) for name, value, origin in section.rows}

    assert rows["view"] == ("table", "this session")
    assert rows["store"] == (str(tmp_path / "lineage.db"), "SM_LINEAGE_STORE")
    assert set(rows) == set(Settings._fields)


def test_percent_config_reads_and_sets_the_same_settings(ip, ask, capsys):
    ip.run_line_magic("config", "LineageMagics.depth = 1")

    assert [e.label for e in ask("upstream model:churn")] == ["fit"]
    ask("config depth=none")
    assert loaded(ip).depth is None
    assert ip.run_line_magic("config", "LineageMagics.view") is None


def test_percent_config_refuses_what_cannot_be(ip, ask):
    ip.run_line_magic("config", "LineageMagics.view = 'round'")

    assert loaded(ip).view is None
    unload(ip)
    load(ip)


def test_ipythons_own_configuration_is_heeded(shell):
    shell.config.LineageMagics.depth = 1
    load(shell)

    configuration = loaded(shell).session.configuration
    assert configuration.settings.depth == 1
    assert configuration.origin("depth") == "IPython's configuration"


def test_an_option_of_a_line_never_changes_the_session(ip, ask):
    before = loaded(ip).session.configuration

    ask("upstream model:churn --depth 1 --as table --quiet")

    assert loaded(ip).session.configuration == before


def test_another_store_is_asked_after_use(ask, capsys):
    ask("use local --store :memory:")

    assert ":memory:" in capsys.readouterr().out
    assert len(ask("ls")) == 0


def test_local_is_the_configured_store_whichever_file_was_used_before(ip, ask):
    ask("use team.db")
    ask("use local")

    assert len(ask("ls")) == 8
    assert loaded(ip).session.configuration.origin("store") == "SM_LINEAGE_STORE"


def test_a_store_that_is_configured_for_the_session_is_the_local_one(ip, ask, tmp_path):
    ask("config store=mine.db")
    ask("use team.db")
    ask("use local")

    assert loaded(ip).session.lineage.backend.name == f"embedded store {tmp_path / 'mine.db'}"


@pytest.mark.parametrize("target", [":memory:", "team.db", "./team", "folder/team.store"])
def test_a_file_can_be_named_as_it_is(ask, capsys, tmp_path, target):
    ask(f"use {target}")

    assert target.removeprefix("./") in capsys.readouterr().out
    assert len(ask("ls")) == 0
    assert (tmp_path / target).exists() == (target != ":memory:")


def test_a_profile_that_looks_like_no_file_is_asked_for_by_name(ask):
    with pytest.raises(UsageError, match=r"No profile 'prod'.*a store's file ends in \.db"):
        ask("use prod")


def test_a_store_that_cannot_be_opened_leaves_the_one_in_use(ip, ask, tmp_path):
    (tmp_path / "no.db").write_text("not a store " * 100)

    with pytest.raises(UsageError):
        ask(f"use local --store {tmp_path / 'no.db'}")
    assert len(ask("ls")) == 8


def test_what_is_in_memory_alone_outlives_a_store_that_cannot_be_opened(ip, ask, tmp_path):
    (tmp_path / "no.db").write_text("not a store " * 100)
    ask("use :memory:")
    ask("link s3://b/raw.csv s3://b/clean.csv")

    with pytest.raises(UsageError):
        ask("use no.db")
    with pytest.raises(UsageError):
        ask("config store=other.db view=round")
    assert len(ask("ls")) == 2


def test_read_only_refuses_to_write(ask):
    ask("use local --read-only")

    with pytest.raises(UsageError, match=r"reading only.* %lineage config read_only=false"):
        ask("link fg:customers model:churn")
    ask("config read_only=false")
    ask("link fg:customers model:churn")


def test_a_cell_fails_whose_percent_config_was_refused(ip):
    """IPython prints what a setting raises and would run the notebook on."""
    refused = ip.run_cell("%config LineageMagics.depth = -3\nran_on = True")
    after = ip.run_cell("%lineage upstream model:churn;")

    assert type(refused.error_in_exec) is UsageError
    assert "depth = -3 cannot be: expected a whole number" in str(refused.error_in_exec)
    assert (after.success, loaded(ip).depth) == (True, None)
