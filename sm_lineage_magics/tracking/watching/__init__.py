"""What is seen of a block of code while it runs: calls, files, values; never what it means."""
