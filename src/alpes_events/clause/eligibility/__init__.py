"""Who may work under a clause: criteria, dated proofs, opinions, assessments."""
