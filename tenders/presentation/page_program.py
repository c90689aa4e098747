"""The one script that runs on a page where a bid's secrets are, beside what the notice prints of it."""

from typing import Any

from tenders.models import Tender
from tenders.notice import PublishedNotice
from tenders.program import page_script


def program_context(page: str, tender: Tender) -> dict[str, Any]:
    """The script of a page (`tenders.program.PAGES`), and its hash in the notice."""
    return {"program": page_script(page), "named_program": PublishedNotice.of(tender).body["programs"][page]}
