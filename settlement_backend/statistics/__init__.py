"""What was used, how much and how fast; the monthly self-evaluation; surveys."""
