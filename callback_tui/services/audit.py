"""The audit as verbs: read it, prove it whole. Reading it is audited too."""

from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.views.desk import AuditLine, AuditVerdict


def list_entries(desk: OpenDesk, *, limit: int | None = None, action: str | None = None) -> tuple[AuditLine, ...]:
    """Return audit entries newest first. Raises NotAllowed unless a supervisor or an admin asks."""
    from callback_tui.store import audit

    require_role(desk, "read the audit", Role.SUPERVISOR, Role.ADMIN)
    with verb(desk, "audit_read", "audit", "") as work:
        lines = audit.entries(work.connection, limit=limit, action=action)
        work.facts["entries"] = len(lines)
    return lines


def verify(desk: OpenDesk) -> AuditVerdict:
    """Walk the whole chain and say whether it holds. Raises NotAllowed unless a supervisor or an admin asks."""
    from callback_tui.store import audit

    require_role(desk, "verify the audit", Role.SUPERVISOR, Role.ADMIN)
    with desk.store.read() as connection:
        return audit.verify(connection, desk.store.audit_key)
