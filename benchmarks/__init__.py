"""`make bench`: what the pipeline costs, side by side with stock spaCy, on the same articles in the same run."""
