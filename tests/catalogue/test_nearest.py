from bot.catalogue.nearest import nearest_words

INDEX = ["transformers", "transformer", "transfer", "world", "word", "help", "graph"]


def test_a_slip_of_the_finger_finds_the_word() -> None:
    assert nearest_words(["tranformers"], INDEX) == ["transformers", "transformer"]


def test_each_typed_word_has_its_turn() -> None:
    assert nearest_words(["helo", "wrld"], INDEX) == ["help", "world", "word"]


def test_what_is_far_off_is_not_offered() -> None:
    assert nearest_words(["xyzzy"], INDEX) == []


def test_the_typed_word_itself_is_no_help() -> None:
    assert nearest_words(["graph"], INDEX) == []
