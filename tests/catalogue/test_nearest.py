from bot.catalogue.nearest import nearest_words

INDEX = ["transformers", "transformer", "transfer", "worlds", "help", "graph", "2103.10697"]


def test_a_slip_of_the_finger_finds_the_word() -> None:
    assert nearest_words(["transfomers"], INDEX) == ["transformers"]


def test_each_typed_word_has_its_turn() -> None:
    assert nearest_words(["grahp", "wrlds"], INDEX) == ["graph", "worlds"]


def test_short_words_and_numbers_are_close_to_everything_and_not_offered() -> None:
    assert nearest_words(["helo", "2103.10698"], INDEX) == []


def test_what_is_far_off_is_not_offered() -> None:
    assert nearest_words(["xyzzy"], INDEX) == []


def test_the_typed_word_itself_is_no_help() -> None:
    assert nearest_words(["graph"], INDEX) == []
