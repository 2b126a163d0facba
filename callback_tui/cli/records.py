"""Views as JSON: instants in UTC with Z, words in lower case, one document."""

import dataclasses
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance


def as_document(views: "DataclassInstance | Sequence[DataclassInstance]") -> str:
    """Return one JSON document of one view or a list of views."""
    if dataclasses.is_dataclass(views):
        content: object = dataclasses.asdict(views)
    else:
        content = [dataclasses.asdict(view) for view in views]
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain)


def instant(at: datetime) -> str:
    """Return an instant as ISO 8601 in UTC with Z, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _plain(value: object) -> str:
    return instant(value) if isinstance(value, datetime) else str(value)
