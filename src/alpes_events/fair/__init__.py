"""Exhibitors, demonstrations and interviews."""
