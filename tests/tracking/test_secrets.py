"""Secrets are found wherever a notebook may hold them, and nothing else is touched."""

from __future__ import annotations

import time
import timeit
from functools import partial

import pytest

from sm_lineage_magics.model import Association, Entity
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.secrets import (
    REDACTED,
    is_secret_name,
    redact,
    redact_prose,
    redact_query,
    scrubbed,
    without_secrets,
)

PLANTED = "pL4nted-s3cr3t"


@pytest.mark.parametrize(
    "source",
    [
        f'password = "{PLANTED}"',
        f"db_password='{PLANTED}'",
        f'DB_PASSWORD: str = "{PLANTED}"',
        f'connect(user="me", password="{PLANTED}")',
        f'config = {{"api_key": "{PLANTED}", "region": "eu-west-1"}}',
        f'os.environ["HF_TOKEN"] = "{PLANTED}"',
        f'os.environ.setdefault("SECRET_KEY", "{PLANTED}")',
        f'client.auth_token = f"{PLANTED}"',
        f'secret = """\n{PLANTED}\n"""',
        f"%env AWS_SECRET_ACCESS_KEY={PLANTED}",
        f"!tool --password {PLANTED} --user me",
        f"!export API_KEY={PLANTED}",
        f'engine = create_engine("postgresql://me:{PLANTED}@host/db")',
        f"!git clone https://{PLANTED}@github.com/shop/churn",
        f'url = "https://b.s3.amazonaws.com/k?X-Amz-Signature={PLANTED}&X-Amz-Date=1"',
        f'read_csv("abfs://data@shop.dfs.core.windows.net/raw.csv?sig={PLANTED}")',
        f'headers = {{"Authorization": "Bearer {PLANTED}"}}',
        f'if token == "{PLANTED}": pass',
        f'if (token := "{PLANTED}"): pass',
        f'pw = "{PLANTED}"',
        f'run(["tool", "--password", "{PLANTED}"])',
        f'run("tool --api-key={PLANTED}")',
        f'secret = (\n    "{PLANTED}"\n    "{PLANTED}"\n)',
        f"""run(QueryString="SELECT * FROM t WHERE password = '{PLANTED}'")""",
        f'note = "password={PLANTED}"',
        f'connect("host=h port=5432 password={PLANTED} dbname=churn")',
        f'text = "Server=h;User Id=me;Password={PLANTED};"',
        f'settings = "password: {PLANTED}1"',
        f"age = 1  # the vault's password: {PLANTED}1",
        f'copy = "s3://shop/raw.csv?X-Amz-Signature={PLANTED}"',
        f"""sql = "COPY t FROM 's3://b' CREDENTIALS 'aws_secret_access_key={PLANTED}'" """,
        f"""sql = "CREATE USER me IDENTIFIED BY '{PLANTED}'" """,
        f"""sql = "ALTER USER me PASSWORD '{PLANTED}'" """,
        f'body = "{{\\"password\\": \\"{PLANTED}\\"}}"',
        f"""body = '{{"password": "{PLANTED}"}}'""",
        f"-----BEGIN RSA PRIVATE KEY-----\n{PLANTED}\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_a_planted_secret_is_taken_out(source):
    """Assignments, arguments, dictionaries, magics, URLs, headers, keys."""
    cleaned = redact(source)

    assert PLANTED not in cleaned
    assert REDACTED in cleaned or "?" not in cleaned


@pytest.mark.parametrize(
    "value",
    [
        "AKIA" + "IOSFODNN7" + "EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
        "ghp_" + "a1B2" * 9,
        "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0." + "abc-_123",
    ],
)
def test_a_secret_is_known_by_its_shape(value):
    """Whatever the name it is given."""
    assert redact(f'x = "{value}"') == f'x = "{REDACTED}"'


@pytest.mark.parametrize(
    "source",
    [
        'path = "s3://bucket/password/raw.csv"',
        'model = LogisticRegression(C=1.0, penalty="l2")',
        'sha = "da39a3ee5e6b4b0d3255bfef95601890afd80709"',
        'tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")',
        'params = {"max_tokens": 512, "pad_token": "<pad>", "author": "me"}',
        'requests.get("https://host/data?page=2")',
        "password = getpass()",
        'password = input("Your password: ")',
        'print(f"token={token}", "token: the word itself")',
        'secret = client.get_secret_value(SecretId=name)["SecretString"]',
        'frame = frame.rename(columns={"a": "b"})',
        "SELECT c.age, k.fraud FROM customers c JOIN claims k ON c.id = k.id WHERE k.fraud = 1",
        "first, second = 'a', 'b'",
        "%matplotlib inline\n!ls -l data",
    ],
)
def test_ordinary_code_stays_as_it_is(source):
    """A cell's source is evidence: it is changed only where it must be."""
    assert redact(source) == source


def test_prose_loses_secrets_that_no_code_would_hold():
    """Titles, notes and messages of errors."""
    said = f"tried password={PLANTED} and token: {PLANTED}1, the password is in the vault"

    assert redact_prose(said) == (
        f"tried password={REDACTED} and token: {REDACTED}, the password is in the vault"
    )


def test_titles_notes_and_errors_lose_them_too(shell):
    """In the store, in the journal, and in what is shown."""
    shell.run_cell(
        f'%%lineage track "password={PLANTED}" --note "token={PLANTED}"\n'
        'import pandas as pd\npd.read_csv("a.csv").to_csv("c.csv")'
    )
    shell.run_cell(f"%%lineage track\nraise ValueError('password={PLANTED}')")

    runs = shell.lineage.tracker.journal.runs()
    assert [run.status for run in runs] == ["applied", "failed"]
    assert PLANTED not in repr((runs, list(shell.lineage.ls(limit=None))))


@pytest.mark.parametrize(
    "piece",
    ['\\"', "\\'", '"\\"', "eyJhbGciOiJI-", "a='\\'", '"""', " x", "=", "http://", "a:", "b-"],
)
@pytest.mark.parametrize("start", ["", "!run ", 'x = "'])
def test_a_hostile_text_of_eight_times_the_length_takes_about_eight_times_as_long(start, piece):
    """Unclosed quotes, escapes, tokens and commands: each is gone through once."""

    def seconds(length: int) -> float:
        text = start + piece * (length // len(piece))
        work, timer = partial(redact_prose, text), time.process_time
        return min(timeit.repeat(work, timer=timer, number=1, repeat=5))

    # Where the time grows with the square it is sixty-four times as long.
    assert seconds(32_000) < 30 * max(seconds(4_000), 0.001)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT 1 /* token: {PLANTED}1 */ FROM t",
        f"SELECT 1 -- password: {PLANTED}1\nFROM t",
        f"SELECT 1 FROM t /* never closed, api_key={PLANTED}",
        f"SELECT 1 FROM t WHERE dsn = 'postgres://me:{PLANTED}@host/db'",
        f"SELECT 1 FROM t WHERE password = '{PLANTED}'",
    ],
)
def test_comments_of_a_query_lose_secrets_that_no_query_would_hold(query):
    assert PLANTED not in redact_query(query)


def test_what_a_query_selects_stays_as_it_is():
    query = "SELECT token, a - -1 -- the token of each\nFROM \"--t\" WHERE x = '/* y' /* a: b */"

    assert redact_query(query) == query


def test_names_tell_secrets():
    """However their words are joined."""
    secret = ["password", "dbPassword", "HF_TOKEN", "api-key", "apiKey", "aws_access_key_id"]
    plain = ["max_tokens", "pad_token_id", "tokenizer", "author", "compass", "keypoints", "C"]

    assert [name for name in secret + plain if is_secret_name(name)] == secret


def test_parameters_lose_secrets_by_name_and_by_value():
    """A harmless name may hold a URL with a password."""
    given = {"eta": 0.2, "wandb_token": PLANTED, "uri": f"https://me:{PLANTED}@host/x"}

    assert without_secrets(given) == {"eta": 0.2, "uri": f"https://{REDACTED}@host/x"}


def test_facts_are_scrubbed_whoever_gathered_them():
    """Properties, parameters and evidence; what is harmless stays."""
    job = Entity(
        "arn:aws:sagemaker:local:000000000000:experiment-trial-component/j",
        "TrialComponent",
        properties={"Query": f"SELECT * FROM t -- https://me:{PLANTED}@host/x"},
        details={"parameters": {"eta": 0.2, "api_key": PLANTED}, "display_name": "j"},
    )
    link = Link(Association("a", job.arn), f'connect(password="{PLANTED}")')
    cleaned = scrubbed(Facts((job,), (link,)))

    assert PLANTED not in repr(cleaned)
    assert cleaned.entities[0].details == {"parameters": {"eta": 0.2}, "display_name": "j"}
