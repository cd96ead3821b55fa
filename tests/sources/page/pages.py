"""Pages as LaTeXML writes them, made by us."""

PNG = b"\x89PNG\r\n\x1a\n made by us"


def page(body: str, *, head: str = "") -> bytes:
    """A whole page around *body*."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8">{head}</head><body>'
        f'<div class="ltx_page_main"><article class="ltx_document">{body}</article></div></body></html>'
    ).encode()


def section(title: str, body: str, *, number: str = "1", kind: str = "section") -> str:
    tag = f'<span class="ltx_tag ltx_tag_{kind}">{number} </span>'
    return f'<section class="ltx_{kind}"><h2 class="ltx_title ltx_title_{kind}">{tag}{title}</h2>{body}</section>'


def para(*parts: str) -> str:
    return f'<div class="ltx_para">{"".join(parts)}</div>'


def p(text: str) -> str:
    return f'<p class="ltx_p">{text}</p>'


def maths(latex: str, shown: str = "x", *, display: str = "inline") -> str:
    note = f'<annotation encoding="application/x-tex">{latex}</annotation>'
    return (
        f'<math class="ltx_Math" alttext="{latex}" display="{display}">'
        f"<semantics><mi>{shown}</mi>{note}</semantics></math>"
    )


def ref(target: str, text: str) -> str:
    return f'<a href="#{target}" class="ltx_ref"><span class="ltx_text ltx_ref_tag">{text}</span></a>'


def figure(inner: str, caption: str, *, tag: str = "Figure 1: ", name: str = "S1.F1", kind: str = "figure") -> str:
    said = f'<figcaption class="ltx_caption"><span class="ltx_tag ltx_tag_{kind}">{tag}</span>{caption}</figcaption>'
    return f'<figure id="{name}" class="ltx_{kind}">{inner}{said}</figure>'


def img(src: str, extra: str = 'width="300" height="200"') -> str:
    return f'<img src="{src}" class="ltx_graphics" alt="Refer to caption" {extra}/>'


def equation(latex: str, *, number: str = "", name: str = "S1.E1") -> str:
    tag = f'<td class="ltx_eqn_eqno"><span class="ltx_tag ltx_tag_equation">({number})</span></td>' if number else ""
    row = (
        f'<tr class="ltx_equation ltx_eqn_row"><td class="ltx_eqn_cell">{maths(latex, display="block")}</td>{tag}</tr>'
    )
    return f'<table id="{name}" class="ltx_equation ltx_eqn_table"><tbody>{row}</tbody></table>'


def group(*rows: tuple[str, str, str]) -> str:
    """An aligned group: of each row its id, its number and its formula."""
    said = "".join(
        f'<tbody id="{name}"><tr class="ltx_equation ltx_eqn_row"><td class="ltx_eqn_cell">{maths(latex)}</td>'
        + (f'<td><span class="ltx_tag ltx_tag_equation">({number})</span></td>' if number else "")
        + "</tr></tbody>"
        for name, number, latex in rows
    )
    return f'<table class="ltx_equationgroup ltx_eqn_align ltx_eqn_table">{said}</table>'


def tabular(*rows: str, head: str = "") -> str:
    thead = f'<thead class="ltx_thead">{head}</thead>' if head else ""
    return f'<table class="ltx_tabular">{thead}<tbody class="ltx_tbody">{"".join(rows)}</tbody></table>'


def row(*cells: str) -> str:
    return f'<tr class="ltx_tr">{"".join(cells)}</tr>'


def cell(text: str, extra: str = "", *, kind: str = "td") -> str:
    return f'<{kind} class="ltx_td" {extra}>{text}</{kind}>'
