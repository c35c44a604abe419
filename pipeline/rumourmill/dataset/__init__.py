"""Parquet on disk and in object stores: parts, manifest, lock, reading."""
