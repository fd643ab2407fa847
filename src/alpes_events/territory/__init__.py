"""Communes, territories and QPV with their dates; the organisation that answers for one territory."""
