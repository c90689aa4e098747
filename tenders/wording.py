"""The usual criteria and the rule sets of the release in the reader's language.

They are kept in the words of ``selection``, whatever language the officer reads, and a signed notice has them so; pages
show them to each reader in its own. What an officer has changed is the officer's, and stays as it was typed.
"""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override

from selection.criteria import USUAL_CRITERIA
from selection.presets import PRESETS

_USUAL = frozenset(
    words for usual in USUAL_CRITERIA.values() for one in usual for words in (one.title, one.guidance) if words
) | frozenset(words for preset in PRESETS for words in (preset.title, preset.source, *preset.unverified))


def shown(words: str) -> str:
    """A criterion's title or guidance, or what a rule set is called and leaves open, line by line for its reader."""
    return "\n".join(gettext(line) if line in _USUAL else line for line in words.split("\n"))


def kept(words: str) -> str:
    """The same as it is kept: a usual one that was typed or left standing in any language, in its own words."""
    return "\n".join(_by_translation().get(line.strip(), line) for line in words.split("\n"))


@cache
def _by_translation() -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {gettext(words): words for words in _USUAL}
    return found
