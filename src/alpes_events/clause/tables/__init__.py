"""What is stored: contracts, people and their proofs, placements, the ledger, declarations."""
