"""Benchmarks (`make bench`): Rumourmill and stock spaCy on the same articles in the same run.

Modules:
    __main__: runs all benchmarks and prints the results.
    corpus: generates the articles.
    runner: runs each system in a process and measures it.
    stock: the systems that Rumourmill is compared with.
    steps: profiles the steps of a worker.
    growth: larger corpora, and an incremental run.
    page: writes docs/performance.md from the results.
    fuzz: runs the pipeline on random input (not part of `make bench`).
"""
