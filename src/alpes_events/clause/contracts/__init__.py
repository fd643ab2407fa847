"""Operations, public contracts and lots, and what they owe."""
