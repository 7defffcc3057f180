"""The prompt library: ready prompts and those of the company, filled in and used in the Assistant."""
