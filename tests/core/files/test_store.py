"""Files: kind by their bytes, bounded, pictures drawn anew without hidden data."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tertia.core.actions.errors import BadInput
from tertia.core.files.store import LIMIT, MAX_SIDE, media_type_of, take


def picture(size=(40, 30), kind="JPEG", **more):
    out = io.BytesIO()
    Image.new("RGB", size, "#00616B").save(out, kind, **more)
    return out.getvalue()


def upload(data, name="file"):
    return SimpleUploadedFile(name, data)


def test_the_name_decides_nothing_the_bytes_do():
    assert take(upload(picture(), "letter.pdf")).media_type == "image/jpeg"
    assert take(upload(b"%PDF-1.7 ...", "photo.jpg")).media_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03", "type"),
        (b"MZ\x00\x00", "type"),
        (b"\xff\xd8\xff\xe0 broken", "broken"),
        (b"\x89PNG\r\n\x1a\n broken", "broken"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(data, code):
    with pytest.raises(BadInput) as refused:
        take(upload(data))
    assert [f.code for f in refused.value.faults] == [code]


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    class Huge:
        size = LIMIT + 1

        def chunks(self):
            raise AssertionError("read")

    with pytest.raises(BadInput) as refused:
        take(Huge())
    assert "25 MB" in refused.value.sentence()


def test_where_and_with_what_a_picture_was_taken_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    taken = take(upload(picture(exif=exif)))
    assert b"SecretCamera" not in taken.data
    assert dict(Image.open(io.BytesIO(taken.data)).getexif()) == {}


def test_a_large_picture_is_made_smaller():
    taken = take(upload(picture((4000, 1000))))
    assert Image.open(io.BytesIO(taken.data)).size == (MAX_SIDE, 600)


def test_a_picture_of_too_many_points_is_refused():
    with pytest.raises(BadInput) as refused:
        take(upload(picture((9000, 5000), "PNG")))
    assert "40 million" in refused.value.sentence()


@given(st.binary(max_size=400))
def test_any_bytes_are_either_taken_or_refused_never_a_crash(data):
    media_type_of(data)
    try:
        taken = take(upload(data))
    except BadInput as refused:
        assert refused.sentence()
    else:
        assert taken.data and "/" in taken.media_type
