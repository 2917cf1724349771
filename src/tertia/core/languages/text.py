"""Text in Kazakh, Russian and English that knows the state of each of its versions.

A version is *written* by a person, made by a *machine*, *stale* (older than the original) or *missing*.
Whoever reads gets the wanted language or a visible fallback, never an empty string where any version exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LANGUAGES", "MACHINE", "MISSING", "STALE", "WRITTEN", "Reading", "Text", "all_words"]

LANGUAGES = ("kk", "ru", "en")
WRITTEN, MACHINE, STALE, MISSING = "written", "machine", "stale", "missing"

#: in which order another language stands in for a missing one
_FALLBACK = {"kk": ("kk", "ru", "en"), "ru": ("ru", "kk", "en"), "en": ("en", "ru", "kk")}


#: what no database stores as text: the character 0, and halves of pairs that stand for nothing alone
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def _storable(text: str) -> str:
    return _NOT_STORABLE.sub("", text)


@dataclass(frozen=True)
class Reading:
    """What a reader of one language gets: the text, the language it is in, and the state of the wanted version."""

    text: str
    language: str
    state: str
    wanted: str

    @property
    def is_fallback(self) -> bool:
        return self.language != self.wanted

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, eq=True)
class Text:
    """An immutable text in up to three languages. `versions` maps language to (text, state)."""

    versions: Mapping[str, tuple[str, str]]
    original: str = "en"

    @classmethod
    def of(cls, original: str = "", /, **texts: str) -> Text:
        """`Text.of(en="River", kk="Өзен")`: all versions written by a person; the first one is the original."""
        clean = {lang: _storable(text).strip() for lang, text in texts.items() if text}
        written = {lang: (text, WRITTEN) for lang, text in clean.items() if text}
        unknown = set(written) - set(LANGUAGES)
        if unknown:
            raise ValueError(f"not a language of Tertia: {sorted(unknown)}")
        return cls(written, original or next(iter(written), "en"))

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> Text:
        if not stored:
            return cls({})
        versions = {k: (v["text"], v["state"]) for k, v in stored.items() if k in LANGUAGES and v.get("text")}
        return cls(versions, stored.get("original", "en"))

    def stored(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            lang: {"text": self.versions[lang][0], "state": self.versions[lang][1]} for lang in LANGUAGES if lang in self.versions
        }
        return {"original": self.original, **body} if body else {}

    def read(self, language: str) -> Reading:
        state = self.state(language)
        for candidate in _FALLBACK.get(language, LANGUAGES):
            if candidate in self.versions:
                return Reading(self.versions[candidate][0], candidate, state, language)
        return Reading("", language, MISSING, language)

    def state(self, language: str) -> str:
        return self.versions[language][1] if language in self.versions else MISSING

    def write(self, language: str, text: str, state: str = WRITTEN) -> Text:
        """A new Text with one version replaced. Changing the original makes the other versions stale."""
        versions = dict(self.versions)
        text = text.strip()
        before = versions.get(language, ("", ""))[0]
        if text:
            versions[language] = (text, state)
        else:
            versions.pop(language, None)
        original = self.original if self.original in versions else next(iter(versions), language)
        if language == self.original and before and before != text:
            for other, (old, _) in list(versions.items()):
                if other != language:
                    versions[other] = (old, STALE)
        return Text(versions, original)

    def revise(self, given: Text) -> Text:
        """All versions as they were given anew. One that nobody touched while the original changed is stale."""
        original = self.original if self.original in given.versions else given.original
        before = self.versions.get(original, ("", ""))[0]
        changed = bool(before) and before != given.versions.get(original, ("", ""))[0]
        versions = {}
        for lang, (text, state) in given.versions.items():
            old, old_state = self.versions.get(lang, ("", MISSING))
            versions[lang] = (text, state) if text != old else (text, STALE if changed and lang != original else old_state)
        return Text(versions, original)

    def __bool__(self) -> bool:
        return bool(self.versions)

    def __str__(self) -> str:
        return self.read(self.original).text

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.versions.items())), self.original))


def all_words(*texts: Text) -> str:
    """The words of texts in every language in which they were written: what a thing is found by."""
    return " ".join(words for text in texts for words, _state in text.versions.values())
