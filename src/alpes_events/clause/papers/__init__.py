"""The statement of a contract, the certificate of a company, the letter of shortfall."""
