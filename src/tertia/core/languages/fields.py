"""The model field that holds a `Text`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from tertia.core.languages.text import Text


class TextField(models.JSONField):
    """One column that holds a text in three languages with the state of each, as `Text`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text.of)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text:
        if isinstance(value, Text):
            return value
        return Text.from_stored(super().from_db_value(value, expression, connection))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.stored() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(value.stored() if isinstance(value, Text) else value, connection, prepared)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Text) else Text.from_stored(value)

    def validate(self, value: Any, model_instance: Any) -> None:
        if not isinstance(value, Text):
            raise ValidationError("not a text")

    def value_to_string(self, obj: Any) -> Any:
        return self.value_from_object(obj).stored()
