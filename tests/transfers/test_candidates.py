"""Candidates: the pairs that sentences relate."""

from labelled import labelled_doc

from rumourmill.transfers.candidates import CandidateExtractor


def test_the_number_of_mentions_is_linear_in_the_text(rules):
    """A long sentence is split: twice the names, twice the mentions."""
    extractor = CandidateExtractor(rules)
    short, long = (
        sum(
            len(p.mentions)
            for p in extractor.extract(labelled_doc(rules, "{Roma|C} want {Zico Amaral|P} and " * n))[1].values()
        )
        for n in (100, 200)
    )
    assert long < 2.5 * short


def pairs_of(rules, text):
    return CandidateExtractor(rules).extract(labelled_doc(rules, text))[1]


def test_the_main_player_is_no_candidate_for_a_club_of_another_sentence(rules):
    text = "{Roma|C} want {Zico Amaral|P}. {Zico Amaral|P} is 24. {Everton|C} have signed {Bo Lind|P}."
    assert ("Zico Amaral", "Everton") not in pairs_of(rules, text)


def test_the_main_player_adds_a_mention_to_a_pair_of_another_sentence(rules):
    text = "{Roma|C} want {Zico Amaral|P}. {Zico Amaral|P} is 24. {Roma|C} have signed {Bo Lind|P}."
    mentions = pairs_of(rules, text)["Zico Amaral", "Roma"].mentions
    assert [mention.sentence for mention in mentions if "fC gap 1" in mention.features] == [2]


def test_of_pronouns_the_nearest_is_paired_and_of_names_every_one(rules):
    text = "{Zico Amaral|P} said he was sure he wanted {Roma|C}, and {Amaral|P} has signed for {Roma|C}."
    mentions = [
        mention for mention in pairs_of(rules, text)["Zico Amaral", "Roma"].mentions if "how nn" in mention.features
    ]
    meant = [
        mention for mention in pairs_of(rules, text)["Zico Amaral", "Roma"].mentions if "how pn" in mention.features
    ]
    assert (len(mentions), len(meant)) == (4, 1)
    assert meant[0].start > 4  # the second "he"
