"""Pictures of drawn signatures, kept with what they stand under."""
