import re
import tarfile

import pytest

from bot.sources.arxiv.withdrawn import is_withdrawn
from tests.sources.answers import sample_record
from tests.sources.recorded import DATA, needs_data


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author(s) due to some mistakes",
        "This has been withdrawn by arXiv administrators due to an unresolvable dispute",
        "This papers has been withdrawn",
        "Withdrawn: an error in lemma 3",
        "12 pages. The paper was withdrawn from arXiv",
    ],
)
def test_a_paper_that_was_taken_back_says_so_in_its_comment(comment: str) -> None:
    assert is_withdrawn(sample_record(comment=comment))


def test_an_abstract_may_be_the_notice() -> None:
    assert is_withdrawn(sample_record(abstract="This paper has been withdrawn since its results do not hold."))


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "12 pages, ICML 2021",
        "This paper was withdrawn from the IJCAI 2025 proceedings due to the lack of a presentation",
        "Accepted to a workshop at ICAPS 2025 (withdrawn before presentation due to lack of travel funding)",
    ],
)
def test_other_things_are_withdrawn_too(comment: str) -> None:
    assert not is_withdrawn(
        sample_record(comment=comment, abstract="The drug was withdrawn. We ask why, in ten pages.")
    )


@needs_data
def test_the_withdrawn_papers_among_real_records_are_found() -> None:
    with tarfile.open(DATA / "A-arxiv-api" / "arxiv-abs-records.tar.gz") as archive:
        files = [archive.extractfile(member) for member in archive if member.name.endswith(".abs")]
        texts = [file.read().decode("latin-1") for file in files if file is not None]
    comments = [found[1] for text in texts if (found := re.search(r"^Comments: (.*(?:\n  .*)*)", text, re.MULTILINE))]
    withdrawn = [said for said in comments if is_withdrawn(sample_record(comment=" ".join(said.split())))]
    assert len(withdrawn) == sum("withdrawn" in said.lower() for said in comments) >= 3
