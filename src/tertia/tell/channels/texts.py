"""What is read out of an object of the fediverse: one language of it, words without marks, addresses of the web, moments. No Django."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from tertia.tell.mentions.texts.feeds import words_only

__all__ = ["moment_of", "one_language", "plain_words", "web_page"]

MOST_WORDS = 3_000


def plain_words(text: Any) -> str:
    return words_only(str(text or ""))[:MOST_WORDS]


def one_language(what: dict[str, Any], wanted: tuple[str, ...] = ("kk", "ru", "en")) -> tuple[str, str, str]:
    """(language, title, words) in the first of the wanted languages in which it is, else as it stands."""
    names, contents = what.get("nameMap"), what.get("contentMap")
    for language in wanted:
        if isinstance(contents, dict) and contents.get(language):
            title = names.get(language) if isinstance(names, dict) else None
            return language, plain_words(title or what.get("name")), plain_words(contents[language])
    return "", plain_words(what.get("name")), plain_words(what.get("content") or what.get("summary"))


def web_page(url: Any) -> str:
    """An address of the web out of what `url` may be: words, a link, or a list of both."""
    for one in url if isinstance(url, list) else [url]:
        said = one.get("href") if isinstance(one, dict) else one
        if isinstance(said, str):
            try:
                parts = urlsplit(said)
            except ValueError:
                continue
            if parts.scheme in ("https", "http") and parts.hostname:
                return said[:1000]
    return ""


def moment_of(words: Any, now: dt.datetime) -> dt.datetime:
    """The moment that is said, never one that is still to come; now where none is."""
    try:
        made = dt.datetime.fromisoformat(str(words))
    except ValueError:
        return now
    return min(made if made.tzinfo else made.replace(tzinfo=dt.UTC), now)
