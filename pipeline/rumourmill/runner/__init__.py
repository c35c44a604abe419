"""One run: articles become a dataset.

- `batch`: `extract`, the whole run: list, plan, work, commit
- `plan`: which articles are new, changed or gone, and how they are cut into batches
- `scheduler`: hands batches to a pool of workers, and isolates an article that kills its worker
- `processes`, `dask_cluster`: the pools: processes of this machine, or the workers of a Dask cluster
- `worker`: a batch of articles becomes a staged part
- `fingerprint`: a hash of code, model and lists, which decides whether an article is read again

Import these modules by name: they load spaCy and pandas only when they need them.
"""
