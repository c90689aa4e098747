"""Sentences that say what is wrong, kept apart from the values in them.

Rules know no language. A sentence is written in English with named places, and whoever shows it translates
it: ``error.told(gettext)``. Without a translation ``str(error)`` is the English text.
"""

from collections.abc import Callable, Mapping


def marked(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


def told(sentence: str, values: Mapping[str, str | int], translate: Callable[[str], str] = marked) -> str:
    """The sentence in the language of ``translate``, with its values; its words are translated too."""
    words = {name: translate(value) if isinstance(value, str) and value else value for name, value in values.items()}
    return translate(sentence) % words


class CodeError(ValueError):
    """A code, number or name that does not follow its grammar. Holds the sentence and its values apart."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def told(self, translate: Callable[[str], str] = marked) -> str:
        """What is wrong, in the language of ``translate``."""
        return told(self.sentence, self.values, translate)

    def __str__(self) -> str:
        return self.told()
