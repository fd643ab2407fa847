"""The public interface for programs, version 1: read only, no key, described by its own OpenAPI document."""
