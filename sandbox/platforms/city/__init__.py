"""The city's credit status, codes and cards."""
