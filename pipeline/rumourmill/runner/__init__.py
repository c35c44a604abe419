"""A batch run: plan, worker processes, Dask, and the fingerprint of what makes rows."""
