"""The spaCy components, in the order in which they run.

`word_lists`, `recogniser` (entities), `sentences`, then one component per table: `clubs`, `players`, `fees`, `dates`,
`quotes`, `transfers`; `reasons`, in the module of `transfers`, is optional. Each has `match()`, which returns what it
found in a Doc and changes nothing, and `set_annotations()`, which writes it. A component reads what the ones before it
wrote to the Doc, and imports none of them.
"""
