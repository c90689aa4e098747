"""Lists and their editions: drafted by one person, reviewed by another, never changed once they are published."""

from catalogue.actions.lists.drafting import EditionFacts, begin_list, discard_edition, draft_edition, edit_edition
from catalogue.actions.lists.entries import EntryRow, remove_entries, set_entries
from catalogue.actions.lists.reviewing import ask_back_edition, propose_edition, publish_edition, require_reviewer

__all__ = [
    "EditionFacts",
    "EntryRow",
    "ask_back_edition",
    "begin_list",
    "discard_edition",
    "draft_edition",
    "edit_edition",
    "propose_edition",
    "publish_edition",
    "remove_entries",
    "require_reviewer",
    "set_entries",
]
