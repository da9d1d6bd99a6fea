"""Pages of the monitoring app, a module for each section."""
