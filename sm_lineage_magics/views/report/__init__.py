"""Reports as text, Markdown, HTML, JSON, CSV and data frame.

`sm_lineage_magics.views` registers them as the formats of `Report.to`.
"""
