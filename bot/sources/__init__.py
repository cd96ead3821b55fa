"""Where papers lie: arXiv, its e-prints, pages and PDFs, and the other indexes. Speaks httpx, pypdfium2 and lxml."""
