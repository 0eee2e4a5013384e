"""Commercial insurance: direct claims as a tender, fast claims after payment."""
