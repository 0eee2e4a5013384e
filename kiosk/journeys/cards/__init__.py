"""Health cards, media and permissions: from the first visit on."""
