"""The questions of evidence over a graph in hand: what breaks, what changed, why, how certain.

`sm_lineage_magics.evidence` fetches the graph and looks up what is true just now beside it.
"""
