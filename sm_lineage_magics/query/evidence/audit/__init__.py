"""The audit report: which model, from which data, features and code, approved by whom."""
