"""The interface for programs: all that the pages show and do, over HTTP."""

from quellenlage.web.api.routes import api_routes

__all__ = ["api_routes"]
