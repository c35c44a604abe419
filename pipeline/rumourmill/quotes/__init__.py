"""Speech in an article: what stands in quotation marks, what is reported without them, and who said it.

`quotation` finds the quoted stretches of the raw text (with `marks` and `layout`). `words` marks names, roles and cues,
`noun_phrases` reads references to people, `cast` knows whom they mean (by a `profile` of each), `narrative` reads the
sentences between quotations and `scene` remembers whom they are about. `speakers` puts them together: `tags` reads the
words beside a quotation, `dialogue` tells who speaks where there are none; `indirect` finds reported clauses.
"""
