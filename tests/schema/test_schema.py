import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from rumourmill.schema import ENUMERATIONS, TABLES, arrow_schema

# The contract, written a second time on purpose: whoever changes a name must change it here too.
CONTRACT = {
    "articles": "article_id source_path content_hash text title? published_on? published_on_from n_chars n_words"
    " extracted_at pipeline_version model_version",
    "players": "article_id player position? nationality? club? mentions spans",
    "clubs": "article_id club country? mentions spans",
    "fees": "article_id start end text amount amount_max? currency amount_gbp? amount_max_gbp? gbp_basis qualifier"
    " kind period? player? sentence",
    "dates": "article_id start end text start_date? end_date? granularity relative",
    "quotes": "article_id start end text kind speaker? speaker_role speaker_start? speaker_end? cue?",
    "transfers": "article_id player from_club? to_club? kind status fee_amount? fee_currency? fee_gbp? reported_by?"
    " event_date? historic confidence start end sentence",
    "rejects": "source_path reason detail seen_at",
}
TYPES = {
    ("fees", "amount"): "double",
    ("dates", "start_date"): "date32[day]",
    ("articles", "extracted_at"): "timestamp[us, tz=UTC]",
    ("fees", "kind"): "dictionary<values=string, indices=int32, ordered=0>",
    ("transfers", "historic"): "bool",
    ("players", "mentions"): "int32",
    ("players", "spans"): "list<element: struct<start: int32 not null, end: int32 not null,"
    " text: string not null> not null>",
}


def test_tables_stand_in_the_order_of_the_contract():
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_and_what_may_be_null_are_those_of_the_contract(table):
    assert [c.name + "?" * c.nullable for c in TABLES[table].columns] == CONTRACT[table].split()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_key_names_columns_of_its_table_and_joins_on_the_article(table):
    assert set(table.key) <= {column.name for column in table.columns}
    assert table.joins_articles == (table.name not in ("articles", "rejects"))
    assert table.has_primary_key == (table.name != "transfers")


@pytest.mark.parametrize("table", CONTRACT)
def test_arrow_schema_carries_nullability_and_a_description_of_table_and_column(table):
    schema = arrow_schema(table)
    assert [f.name + "?" * f.nullable for f in schema] == CONTRACT[table].split()
    assert schema.metadata[b"description"] and all(f.metadata[b"description"] for f in schema)


@pytest.mark.parametrize(("table", "column"), TYPES)
def test_column_types(table, column):
    assert str(arrow_schema(table).field(column).type) == TYPES[table, column]


def test_enumerations_name_what_a_column_may_hold():
    assert ENUMERATIONS["transfers", "status"] == tuple(
        "interest talks bid rejected agreed completed collapsed".split()
    )
    assert all(len(set(choices)) == len(choices) > 1 for choices in ENUMERATIONS.values())


@pytest.mark.parametrize("table", CONTRACT)
def test_a_table_without_rows_survives_parquet_and_opens_everywhere(table, tmp_path):
    path = tmp_path / "x.parquet"
    schema = arrow_schema(table)
    pq.write_table(schema.empty_table(), path)
    assert pq.read_schema(path).equals(schema, check_metadata=True)
    names = [c.name for c in TABLES[table].columns]
    assert list(pd.read_parquet(tmp_path).columns) == names
    assert pl.read_parquet(path).columns == names
    assert duckdb.sql(f"SELECT * FROM '{path}'").columns == names  # noqa: S608
