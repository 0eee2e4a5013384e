"""What a person must decide before or after a settlement: referral, disease, give-ups, claims."""
