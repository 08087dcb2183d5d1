"""What a query reads: feature groups, tables, and the features behind every output column.

>>> customers = TableSchema("shop.customers_1", ("id", "age"), "customers")
>>> read_query("SELECT * FROM shop.customers_1", [customers]).columns["age"]
(ColumnSource(feature_group='customers', column='age', how='direct'),)
"""

from .facts import QueryFacts, TableSchema, Verb
from .read import read_query
from .statement import name_of_prepared

__all__ = ["QueryFacts", "TableSchema", "Verb", "name_of_prepared", "read_query"]
