"""Text in three languages: its state, its fallback, its going stale."""

from hypothesis import given
from hypothesis import strategies as st

from tertia.core.languages.formatting import long_date, number
from tertia.core.languages.text import LANGUAGES, MISSING, STALE, WRITTEN, Text

WORDS = st.text(min_size=1, max_size=20).filter(str.strip)
TEXTS = st.builds(
    lambda original, kw: Text.of(original, **kw), st.sampled_from(LANGUAGES), st.dictionaries(st.sampled_from(LANGUAGES), WORDS, min_size=1)
)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_a_reader_never_gets_an_empty_text_where_any_version_exists(text, language):
    reading = text.read(language)
    assert reading.text
    assert reading.is_fallback == (language not in text.versions)


@given(TEXTS)
def test_what_is_stored_comes_back_the_same(text):
    assert Text.from_stored(text.stored()) == text


@given(TEXTS, WORDS)
def test_a_changed_original_makes_every_other_version_stale(text, words):
    if text.original not in text.versions or text.versions[text.original][0] == words.strip():
        return
    changed = text.write(text.original, words)
    assert {changed.state(lang) for lang in changed.versions if lang != text.original} <= {STALE}
    assert changed.state(text.original) == WRITTEN


def test_a_missing_language_says_so():
    reading = Text.of("en", en="River").read("kk")
    assert (reading.text, reading.language, reading.state) == ("River", "en", MISSING)


def test_a_written_translation_is_fresh_again():
    text = Text.of("en", en="River", ru="Река").write("en", "The river")
    assert text.state("ru") == STALE
    assert text.write("ru", "Река").state("ru") == WRITTEN


def test_dates_and_numbers_as_the_three_languages_write_them():
    import datetime as dt

    day = dt.date(2026, 11, 24)
    assert [long_date(day, lang).replace("\u00a0", " ") for lang in ("en", "ru", "kk")] == [
        "24 November 2026",
        "24 ноября 2026 г.",
        "2026 жылғы 24 қараша",
    ]
    assert [number(6118.5, lang, 1).replace("\u00a0", " ") for lang in ("en", "ru", "kk")] == ["6,118.5", "6 118,5", "6 118,5"]
