"""The package's version, which stands in `articles.pipeline_version`."""

__all__ = ["__version__"]

__version__ = "0.1.0"
