"""Owns the form in which a language model answers, and reading it field by field: a bad one spoils no other."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from bot.wording.sentences import sentences

Across = Literal["left", "centre", "right", ""]
Down = Literal["top", "middle", "bottom", ""]


def _as_forms(value: object) -> object:
    return {"long": value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return list(sentences(value)) if isinstance(value, str) else value


class _Lenient(BaseModel):
    """An object of which every field may be missing or wrong; it is empty then."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _or_empty(cls, value: object, handler: ValidatorFunctionWrapHandler, field: ValidationInfo) -> Any:
        try:
            return handler(value)
        except ValidationError:
            return cls.model_fields[str(field.field_name)].get_default(call_default_factory=True)

    @classmethod
    def asked(cls) -> Mapping[str, object]:
        """The schema as endpoints with strict answers want it: all required, nothing else allowed, no references.

        Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
        """
        schema = cls.model_json_schema()
        return {**_strict(schema, schema.get("$defs", {}))}

    @classmethod
    def read(cls, answer: Mapping[str, object]) -> Self:
        """Read *answer*; whatever is missing or of another kind is empty."""
        return cls.model_validate(dict(answer))


class Forms(_Lenient):
    """A text in three lengths."""

    long: str = ""
    medium: str = Field(default="", description="The same in about two thirds of the words.")
    short: str = Field(default="", description="The same in about a third of the words.")


FormsOrText = Annotated[Forms, BeforeValidator(_as_forms)]
Lines = Annotated[list[str], BeforeValidator(_as_list)]


class Text(_Lenient):
    """What is said of the paper in one language."""

    headline: str = Field(default="", description="At most 12 words, one statement, ends with a full stop.")
    question: FormsOrText = Field(
        default=Forms(), description="What the paper asks: 1 or 2 sentences, the last ends in ?"
    )
    key_idea: FormsOrText = Field(default=Forms(), description="How it answers; long has at most 22 words.")
    summary: Lines = Field(
        default=[], description="6 or 7 sentences of 12 to 18 words, 95 to 110 words in all; one per item."
    )
    take_away: FormsOrText = Field(default=Forms(), description="What to remember; long has at most 14 words.")


class TextWithInsights(Text):
    """The same for series that say why a paper was picked."""

    why: str = Field(default="", description="Why this paper matters: one or two sentences, at most 40 words.")
    key_insights: Lines = Field(default=[], description="3 or 4 statements of at most 25 words each.")


class Pointer(_Lenient):
    """Words with an arrow into a figure."""

    figure: str = Field(default="", description="The number of the figure as given.")
    english: str = Field(default="", description="At most 6 words, with a word of the caption in them.")
    across: Across = ""
    down: Down = ""


class Answer(_Lenient):
    """What a model says of a paper for a series without insights."""

    en: Text = Text()
    zh: Text = Text()
    annotations: list[Pointer] = []


class AnswerWithInsights(_Lenient):
    """What a model says of a paper for a series with insights."""

    en: TextWithInsights = TextWithInsights()
    zh: TextWithInsights = TextWithInsights()
    annotations: list[Pointer] = []


def _strict(schema: Any, parts: Mapping[str, Any]) -> Any:
    """*schema* without defaults and titles, each reference replaced by what it leads to."""
    if isinstance(schema, list):
        return [_strict(each, parts) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        part = {**parts[reference.rsplit("/", 1)[-1]], **schema}
        return _strict({key: value for key, value in part.items() if key != "$ref"}, parts)
    kept = {key: _strict(value, parts) for key, value in schema.items() if key not in {"default", "title", "$defs"}}
    if isinstance(kept.get("properties"), dict):
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept
