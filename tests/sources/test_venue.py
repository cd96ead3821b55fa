import json
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.arxiv.venue import read_venue, read_year
from tests.sources.recorded import DATA, needs_data


def venue(comment: str = "", reference: str = "", published: int = 2024) -> str | None:
    found = read_venue(comment=comment, reference=reference, published=published)
    return str(found) if found else None


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("Accepted at NeurIPS 2023", "NeurIPS 2023"),
        ("ICLR 2024 (oral)", "ICLR 2024"),
        ("12 pages, accepted to ICML2024. Code: https://x.example/ECCV2022", "ICML 2024"),
        ("CVPR'24", "CVPR 2024"),
        ("Proc. of AAAI-25", "AAAI 2025"),
        ("38th Conference on Neural Information Processing Systems (NeurIPS 2024)", "NeurIPS 2024"),
        ("NIPS 2024", "NeurIPS 2024"),
        ("Accepted by International Conference on Machine Learning (ICML) 2024", "ICML 2024"),
        ("2024 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "CVPR 2024"),
        ("EMNLP Findings 2024", "Findings of EMNLP 2024"),
        ("Accepted to ACL 2024 Findings", "Findings of ACL 2024"),
        ("SIGGRAPH Asia 2024", "SIGGRAPH Asia 2024"),
        ("INTERSPEECH 2024", "Interspeech 2024"),
        ("Published in TMLR (10/2024)", "TMLR 2024"),
        ("ICCV 2025. Our findings hold", "ICCV 2025"),
    ],
)
def test_a_venue_said_plainly_is_read(comment: str, said: str) -> None:
    assert venue(comment) == said


@pytest.mark.parametrize(
    "comment",
    [
        *(
            "",
            "8 pages, 3 figures",
            "ICML",
            "Accepted by TPAMI",
            "Submitted to NeurIPS 2024",
            "Under review at ICLR 2025",
        ),
        *("NeurIPS 2024 Workshop on Maps", "ML4Maps 2024, CVPR 2024", "ICML 2024 ABC", "CVPRW 2024", "AdKDD 2024"),
        *("Extended version of our ICML 2023 paper", "The short version appeared in ICML 2023", "AI4MAT-ICLR-2025"),
        *(
            "Accepted by TPAMI, extension of CVPR 2024 paper",
            "International Conference on Machine Learning and Applications 2024",
        ),
        *("In the style of NeurIPS 2024", "ICML 2023; ICLR 2024", "ICML 1999", "ICLR 2024 blog post", "DRACL 2024"),
        *("ACL Rolling Review 2024", "AAAI 2024 student abstract", "see https://x.example/ICML2024"),
    ],
)
def test_a_venue_is_never_guessed(comment: str) -> None:
    assert venue(comment) is None


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("Proceedings of the 38th International Conference on Machine Learning, PMLR 139:2286-2296, 2021", "ICML 2021"),
        ("Advances in Neural Information Processing Systems 30 (2017) 5998-6008", "NIPS 2017"),
        ("Journal of Machine Learning Research 22 (2021) 1-40", "JMLR 2021"),
    ],
)
def test_a_reference_names_the_venue_and_the_year(reference: str, said: str) -> None:
    assert venue("", reference, int(said[-4:])) == said


@pytest.mark.parametrize(
    ("reference", "year"),
    [
        ("", 2015),
        ("Phys. Rev. D 93 (2016) 016005", 2016),
        ("Some Letters 12, 1999-2010 (2017)", 2017),
        ("Old Letters (1980)", 2015),
        ("Vol. 3 (2016), reprinted 2017", 2015),
    ],
)
def test_the_year_is_the_one_that_the_reference_is_sure_of(reference: str, year: int) -> None:
    assert read_year(reference, published=2015) == year


@given(st.text(), st.text(), st.integers(1991, 2090))
def test_reading_never_raises_and_a_venue_stands_in_what_was_said(comment: str, reference: str, published: int) -> None:
    found = read_venue(comment=comment, reference=reference, published=published)
    assert found is None or published - 1 <= found.year <= published + 6


@needs_data
def test_comments_of_real_papers_name_no_workshop_and_no_submission() -> None:
    with lzma.open(DATA / "E-corpus" / "arxiv_2025_daily.jsonl.xz", "rt") as lines:
        comments = [" ".join((json.loads(line).get("comment") or "").split()) for line in lines]
    read = [comment for comment in comments if venue(comment, published=2025)]
    assert len(read) > 1400
    assert not [
        comment for comment in read if "orkshop" in comment or "ubmitted" in comment or "nder review" in comment
    ]
