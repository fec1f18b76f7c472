"""A run as pages that open offline: an overview, and a page a claim.

write(doc, folder)   the JSON of a run as a folder of pages
fragment(result)     one claim as HTML for a notebook
"""

from verify.report.folder import write
from verify.report.notebook import fragment

__all__ = ["fragment", "write"]
