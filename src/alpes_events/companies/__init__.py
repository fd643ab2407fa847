"""Companies: their establishments, the people who speak for them, and what is one company written twice."""
