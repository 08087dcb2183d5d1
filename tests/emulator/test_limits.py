"""What the service refuses for its form, in the service's words."""

from __future__ import annotations

from typing import Any

import pytest

SOURCE = {"SourceUri": "s3://b"}


@pytest.mark.parametrize(
    ("operation", "parameters", "complaint"),
    [
        (
            "create_context",
            {"ContextName": "a", "ContextType": "T" * 257, "Source": SOURCE},
            f"Value '{'T' * 257}' at 'contextType' failed to satisfy constraint: "
            "Member must have length less than or equal to 256",
        ),
        (
            "create_action",
            {"ActionName": "a_b", "ActionType": "T", "Source": SOURCE},
            "Value 'a_b' at 'actionName' failed to satisfy constraint: Member must satisfy "
            "regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}",
        ),
        (
            "create_action",
            {"ActionName": "a", "ActionType": "T", "Source": SOURCE, "Status": "Done"},
            "Value 'Done' at 'status' failed to satisfy constraint: Member must satisfy enum "
            "value set: [Unknown, InProgress, Completed, Failed, Stopping, Stopped]",
        ),
        (
            "create_artifact",
            {"ArtifactType": "T", "Source": {"SourceUri": "x" * 2049}},
            f"Value '{'x' * 2049}' at 'source.sourceUri' failed to satisfy constraint: "
            "Member must have length less than or equal to 2048",
        ),
        (
            "create_artifact",
            {
                "ArtifactType": "T",
                "Source": {**SOURCE, "SourceTypes": [{"SourceIdType": "No", "Value": "1"}]},
            },
            "Value 'No' at 'source.sourceTypes.1.member.sourceIdType' failed to satisfy "
            "constraint: Member must satisfy enum value set: [MD5Hash, S3ETag, S3Version, Custom]",
        ),
        (
            "query_lineage",
            {"MaxDepth": 11},
            "Value '11' at 'maxDepth' failed to satisfy constraint: "
            "Member must have value less than or equal to 10",
        ),
        (
            "query_lineage",
            {"MaxResults": 51},
            "Value '51' at 'maxResults' failed to satisfy constraint: "
            "Member must have value less than or equal to 50",
        ),
        (
            "query_lineage",
            {"Filters": {"Types": ["x" * 41]}},
            f"Value '[{'x' * 41}]' at 'filters.types' failed to satisfy constraint: Member must "
            "satisfy constraint: [Member must have length less than or equal to 40, Member must "
            "have length greater than or equal to 0]",
        ),
        (
            "query_lineage",
            {"Filters": {"Types": list("abcdef")}},
            "Value '[a, b, c, d, e, f]' at 'filters.types' failed to satisfy constraint: "
            "Member must have length less than or equal to 5",
        ),
    ],
)
def test_a_limit_is_refused_in_the_services_words(
    sm: Any, refusal: Any, operation: str, parameters: dict[str, Any], complaint: str
) -> None:
    code, message = refusal(getattr(sm, operation), **parameters)
    assert code == "ValidationException"
    assert message == f"1 validation error detected: {complaint}"


def test_every_complaint_is_listed(sm: Any, refusal: Any) -> None:
    made = {"ContextName": "a b", "ContextType": "T" * 257, "Source": SOURCE}
    message = refusal(sm.create_context, **made)[1]
    assert message.startswith("2 validation errors detected: Value 'a b' at 'contextName'")
    assert f"; Value '{'T' * 257}' at 'contextType'" in message


def test_properties_have_their_own_limits(sm: Any, refusal: Any) -> None:
    """Values of up to 4096 characters on artifacts, 2500 elsewhere; thirty of them at most."""
    long = {"Properties": {"p": "x" * 3000}}
    sm.create_artifact(ArtifactType="T", Source=SOURCE, **long)
    action = {"ActionName": "a", "ActionType": "T", "Source": SOURCE}
    assert "Map value must satisfy constraint" in refusal(sm.create_action, **action, **long)[1]
    many = {str(number): "x" for number in range(31)}
    assert (
        "length less than or equal to 30" in refusal(sm.create_action, **action, Properties=many)[1]
    )


def test_a_property_value_holds_no_line_break(sm: Any, refusal: Any) -> None:
    """The pattern is `.*`, and a dot of Java, or of Python, does not match the end of a line."""
    made = {"ArtifactType": "T", "Source": SOURCE, "Properties": {"sql": "SELECT 1\nFROM t"}}
    assert refusal(sm.create_artifact, **made)[0] == "ValidationException"


def test_tags_may_be_written_in_any_script(sm: Any, refusal: Any) -> None:
    tags = [{"Key": "équipe", "Value": "風險 1/2 a_b@c+d=e"}]
    sm.create_artifact(ArtifactType="T", Source=SOURCE, Tags=tags)
    emoji = [{"Key": "mood", "Value": "😀"}]
    other = {"SourceUri": "s3://c"}
    assert refusal(sm.create_artifact, ArtifactType="T", Source=other, Tags=emoji)[0] == (
        "ValidationException"
    )


def test_what_is_required_is_required_without_botocores_own_check() -> None:
    from botocore.config import Config
    from botocore.exceptions import ClientError

    from sm_lineage_magics import emulator

    sm = emulator.client(config=Config(parameter_validation=False))
    with pytest.raises(ClientError, match=r"Value null at 'contextType' failed .* not be null"):
        sm.create_context(ContextName="a", Source=SOURCE)
