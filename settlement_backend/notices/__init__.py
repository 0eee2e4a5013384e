"""What people are told: messages to phones, surveys."""
