"""Who a claim is credited to."""

import pytest
from labelled import labelled_doc

from rumourmill.transfers.credits import CreditExtractor, nearest_credit

CREDITS = [
    ("{Roma|C} want {Zico Amaral|P}. ({Daily Mail|O})", "Daily Mail"),
    ("{Roma|C} want {Zico Amaral|P} (Daily Mail)", "Daily Mail"),
    ("{Roma|C} want {Zico Amaral|P}, according to {Marca|O}.", "Marca"),
    ("According to {Marca|O}, {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Marca|O} reports that {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Marca|O} claim {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Roma|C} want {Zico Amaral|P}, {Marca|O} understands.", "Marca"),
    ("{Roma|C} want {Zico Amaral|P}, as reported by {Marca|O}.", "Marca"),
    ("Reports in {Marca|O} say {Roma|C} want {Zico Amaral|P}.", "Marca"),
    ("{Roma|C} want {Zico Amaral|P}. ({Sport|O} - in Spanish)", "Sport"),
    ("{Roma|C} want {Zico Amaral|P}, says {Kicker|O}.", "Kicker"),
    # an interview that an outlet carried is no claim of its own
    ("“{Roma|C} want {Zico Amaral|P},” he told {Marca|O}.", None),
    ("{Roma|C} want {Zico Amaral|P}.", None),
    # the credit of another paragraph is not ours
    ("{Roma|C} want {Zico Amaral|P}.\n\n{Lille|C} want {Ivo Strand|P}. ({Marca|O})", None),
]


@pytest.mark.parametrize(("text", "source"), CREDITS)
def test_who_a_claim_is_credited_to(rules, text, source):
    doc = labelled_doc(rules, text)
    sentence = next(iter(doc.sents))
    assert (
        nearest_credit(doc.text, CreditExtractor(rules).extract(doc), sentence.start_char, sentence.end_char) == source
    )
