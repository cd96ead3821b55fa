"""Numbers are read where their meaning is beyond doubt, and nowhere else."""

import pytest

from bot.editorial.drafting.saying.claims import claims_in


def _read(sentence: str) -> list[tuple[str, str, str | None]]:
    found = (claim.number for claim in claims_in(sentence, source="Abstract"))
    return [(number.value, number.meaning, number.against) for number in found]


@pytest.mark.parametrize(
    ("sentence", "value", "meaning", "against"),
    [
        ("It improves accuracy from 71.2% to 75.4% on COCO.", "75.4 %", "accuracy on COCO", "71.2 % before"),
        ("GateNet is 2.3x faster than DeiT-S.", "2.3×", "faster", "DeiT-S"),
        ("It offers 10 times fewer parameters than BERT.", "10×", "fewer parameters", "BERT"),
        ("It gives up to 3× higher training throughput.", "3×", "higher training throughput, at most", None),
        ("GateNet outperforms DeiT by 4.1 points.", "4.1 points", "lead over DeiT", None),
        ("It surpasses the best baseline by 6% on MMMU.", "6 %", "lead over the best baseline on MMMU", None),
        ("We achieve a 41% reduction in memory use over BERT.", "41 %", "reduction in memory use", "BERT"),
        ("Pruning reduces peak memory by more than 40%.", ">40 %", "reduction in peak memory", None),
        ("Pruning cuts latency by 19%-41% over BERT.", "19–41 %", "reduction in latency", "BERT"),
        ("We report relative gains of 5.6 percent over BERT.", "5.6 %", "relative gains", "BERT"),
        ("GateNet reaches 85.4% top-1 accuracy on ImageNet.", "85.4 %", "top-1 accuracy on ImageNet", None),
        ("It achieves an F1 score of 0.93 on SQuAD.", "0.93", "F1 score on SQuAD", None),
        ("We analyze more than 50,000 individual runs.", ">50,000", "individual runs", None),
        ("We release 1.2 million labelled images.", "1.2 million", "labelled images", None),
    ],
)
def test_a_number_comes_with_what_it_counts_and_its_baseline(
    sentence: str, value: str, meaning: str, against: str | None
) -> None:
    assert _read(sentence) == [(value, meaning, against)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We train on CIFAR-10, CIFAR-100 and ImageNet-1k with GPT-4 and ResNet-50.",
        "The challenge was held in 2018 in section 4.2 of version 2.0.",
        "A and B reach 71.2% and 75.4% accuracy, respectively.",
        "Existing models achieve only 40% accuracy.",
        "GPT-4 obtains 52% accuracy on our benchmark.",
        "The model gains +8.48% EM on the task.",
        "It achieves a throughput of 17.7 validated bugs per hour.",
        "It achieves an accuracy of 98% in the training set and 100% in the test set.",
        "Accuracy would improve by 5% if data were clean.",
        "We train on a single RTX 4090 GPU and 72B models.",
        "We compare two methods on three tasks.",
        "The value p < 0.05 was found for 12 of them.",
        "Videos have 32 to 1,024 frames.",
    ],
)
def test_what_is_a_name_a_list_or_of_others_is_not_read(sentence: str) -> None:
    assert _read(sentence) == []


def test_a_result_tells_more_than_a_count() -> None:
    found = claims_in("On 50,000 images, it is 3x faster than BERT.", source="Conclusion")
    assert [claim.number.value for claim in found] == ["3×", "50,000"]
    assert {claim.number.source for claim in found} == {"Conclusion"}


@pytest.mark.parametrize("capitals", ["A-" * 4_000 + "B reaches", "It achieves " + "A" * 4_000 + " of"])
def test_a_long_row_of_capitals_hides_no_claim(capitals: str) -> None:
    assert _read(f"{capitals} 5% accuracy.") == [("5 %", "accuracy", None)]
