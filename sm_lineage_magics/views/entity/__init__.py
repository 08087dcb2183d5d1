"""All that is known of one entity: as a report, as a card, and where the AWS console shows it."""
