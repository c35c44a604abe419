"""Tagged sentences and the lexicon of triggers."""

from labelled import labelled_doc

from rumourmill.resources import gazetteer
from rumourmill.transfers.sentences import MAX_TAGS, SentenceTagger


def test_every_phrase_has_one_trigger():
    lines = gazetteer.rows("statuses.csv", ("trigger", "status", "forms"), ("status",))
    forms = [form for line in lines for form in line["forms"].split("|")]
    assert len(forms) == len(set(forms))
    assert all(form == form.strip().lower() and form for form in forms if form != "U-turn")


def test_a_sentence_with_too_many_tags_is_split(rules):
    text = "{Roma|C} have signed {Zico Amaral|P}, " + "signed, " * 2 * MAX_TAGS + "said {Neil Ashby|H} ."
    doc = labelled_doc(rules, text)
    sentences = SentenceTagger(rules).tag(doc)
    assert len(sentences) > 2
    assert [sentence.start for sentence in sentences[1:]] == [sentence.end for sentence in sentences[:-1]]
    assert (sentences[0].start, sentences[-1].end) == (0, len(doc))
    assert (
        max(len(sentence.tags) for sentence in sentences) <= MAX_TAGS + 1
    )  # a spokesperson and the club are tagged together
