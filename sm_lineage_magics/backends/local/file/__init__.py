"""One SQLite file and its care: how it is opened and known again, its tables, its writers' turns.

Nothing here knows what lineage is.
"""
