"""Graph to text, table, picture and file. Importing it registers every format of `Answer.to`."""
