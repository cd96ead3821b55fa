// Owns turning text and entities into nodes. Offsets are UTF-16 units, which is how JavaScript counts, too.

import { h, icon } from "./dom.js";
import { isService, serviceText } from "./services.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const SAFE = /^(https?|tg|mailto|tel):/i;

export function renderText(text, entities, actions) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return renderRange(text, sorted, 0, text.length, actions);
}

function renderRange(text, entities, start, end, actions) {
  const nodes = [];
  const queue = [...entities];
  let position = start;
  while (queue.length) {
    const entity = queue.shift();
    const first = Math.max(position, entity.offset);
    const last = Math.min(end, entity.offset + entity.length);
    if (last <= first) continue;
    nodes.push(text.slice(position, first));
    const inner = queue.filter((other) => other.offset < last);
    nodes.push(build(entity, text.slice(first, last), renderRange(text, inner, first, last, actions), actions));
    position = last;
    if (isBlock(entity) && text[position] === "\n") position += 1; // a block ends its line by itself
  }
  nodes.push(text.slice(position, end));
  return nodes.filter((node) => node !== "");
}

const isBlock = (entity) => ["blockquote", "expandable_blockquote", "pre"].includes(entity.type);

function build(entity, raw, inner, actions) {
  const tag = TAGS[entity.type];
  if (tag) return h(tag, {}, inner);
  switch (entity.type) {
    case "text_link": return link(entity.url, inner, actions);
    case "url": return link(SAFE.test(raw) ? raw : `https://${raw}`, inner, actions);
    case "email": return link(`mailto:${raw}`, inner, actions);
    case "bot_command": return command(raw, inner, actions);
    case "mention": case "hashtag": case "cashtag": return h("span", { class: "tint" }, inner);
    case "spoiler": return spoiler(inner);
    case "pre": return pre(entity, inner);
    case "blockquote": return h("blockquote", {}, inner);
    case "expandable_blockquote": return quotation(inner);
    default: return h("span", {}, inner);
  }
}

function command(raw, inner, actions) {
  return h("button", { class: "inline-link", type: "button", onclick: () => actions.command(raw) }, inner);
}

function link(given, inner, actions) {
  const address = SAFE.test(given) ? given : `https://${given}`;
  const ours = actions.deepLink(address);
  const follow = (event) => { event.preventDefault(); actions.follow(ours); };
  if (ours) return h("a", { href: "#", onclick: follow }, inner);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, inner);
}

function spoiler(inner) {
  const covered = { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" };
  const cover = h("span", covered, inner);
  const reveal = () => { cover.classList.add("open"); cover.removeAttribute("aria-label"); };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return cover;
}

function pre(entity, inner) {
  return h("pre", {}, entity.language ? h("span", { class: "language" }, entity.language) : null, h("code", {}, inner));
}

function quotation(inner) {
  const body = h("div", { class: "quoted" }, inner);
  const quote = h("blockquote", { class: "expandable", "aria-expanded": "false" }, body, icon("down"));
  const toggle = (event) => {
    if (event.target.closest("a, button, .spoiler") || String(getSelection())) return;
    if (quote.classList.contains("short")) return;
    quote.setAttribute("aria-expanded", String(quote.classList.toggle("open")));
  };
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle(event);
  });
  return quote;
}

// A quotation that fits into three lines has nothing to expand; only what is on the page can be measured.
export function measureQuotations(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable:not(.open)")) {
    const body = quote.firstChild;
    const fits = body.scrollHeight <= body.clientHeight + 1;
    quote.classList.toggle("short", fits);
    quote.toggleAttribute("tabindex", !fits);
    if (fits) quote.removeAttribute("role");
    else { quote.setAttribute("tabindex", "0"); quote.setAttribute("role", "button"); }
  }
}

export function plainText(message) {
  if (isService(message)) return serviceText(message);
  const media = message.photo ? "Photo" : message.document ? message.document.file_name : "";
  const text = (message.text ?? message.caption ?? "").replace(/\s+/g, " ");
  return [media, text].filter(Boolean).join(media && text ? " · " : "") || "Message";
}
