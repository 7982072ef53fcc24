"""The tables, by subject. Whatever a person said or is called is encrypted; phone numbers are found by a keyed hash."""

from sqlmodel import SQLModel

from storage.tables.calls import LegRow
from storage.tables.care import CaseCodeRow, CaseEventRow, CaseRow, PageRow
from storage.tables.fields import checked_at_commit
from storage.tables.people import ContactRow, LinkRow, PatientRow, ShiftRow, SpecialistRow
from storage.tables.staff import (
    AccountRow,
    AuditChainRow,
    AuditRow,
    RecoveryCodeRow,
    SessionRow,
    TriesRow,
    TrustedPhoneRow,
)
from storage.tables.talk import ClaimRow, ConversationRow, MessageRow, OutboxRow, UnansweredRow

__all__ = [
    "AccountRow",
    "AuditChainRow",
    "AuditRow",
    "CaseCodeRow",
    "CaseEventRow",
    "CaseRow",
    "ClaimRow",
    "ContactRow",
    "ConversationRow",
    "LegRow",
    "LinkRow",
    "MessageRow",
    "OutboxRow",
    "PageRow",
    "PatientRow",
    "RecoveryCodeRow",
    "SessionRow",
    "ShiftRow",
    "SpecialistRow",
    "TriesRow",
    "TrustedPhoneRow",
    "UnansweredRow",
]

checked_at_commit(SQLModel.metadata)
