"""Reading a paper's web page: LaTeXML, as arxiv.org/html and ar5iv serve it. Pure; speaks lxml."""
