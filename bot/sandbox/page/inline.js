// Owns inline mode: what stands behind "@bot" is asked, what it offers is shown above the field and chosen there.

import { byId, h, icon } from "./dom.js";
import { ask, chat, store } from "./store.js";

const PAUSE_MS = 200;
const NEAR_END_PX = 160;

let asked = null; // { query, chatId, offset, items: [{ result, name, number }], isLoading }
let chosen = 0, timer = 0;

// What is asked for in a text: "@bot vit" asks for "vit"; null when the text asks nothing of the bot.
export function inlineQuery(text) {
  const name = store.bot.username.toLowerCase();
  const match = /^@(\w+)\s([\s\S]*)$/.exec(text);
  return match && match[1].toLowerCase() === name ? match[2].trim() : null;
}

export const hasResults = () => Boolean(asked?.items.length);
// The list of the text before is still there: what one would choose from it is not what one asked for.
export const isStale = () => Boolean(asked?.isLoading && !asked.items.length && !byId("results").hidden);

// Ask a little after the last key, as clients do; a text that asks nothing closes the list.
export function watchInline(text, actions) {
  clearTimeout(timer);
  const query = inlineQuery(text);
  if (query === null) return closeInline();
  if (asked?.query === query && asked.chatId === store.chatId) return;
  timer = setTimeout(() => begin(query, actions), PAUSE_MS);
}

export function closeInline() {
  clearTimeout(timer);
  asked = null;
  byId("results").hidden = true;
  byId("composer").removeAttribute("aria-busy");
}

async function begin(query, actions) {
  asked = { query, chatId: store.chatId, offset: "", items: [], isLoading: false };
  chosen = 0;
  byId("results").scrollTop = 0;
  await loadPage(asked, actions);
}

// What is there stays until more is known: a list that flickers at every key is hard to read.
async function loadPage(mine, actions) {
  mine.isLoading = true;
  byId("composer").setAttribute("aria-busy", "true");
  try {
    const body = { user_id: store.me, query: mine.query, offset: mine.offset };
    add(mine, await ask(`chats/${mine.chatId}/inline`, body));
  } catch (error) { mine.trouble = error.message; mine.isEnd = true; }
  mine.isLoading = false;
  if (asked !== mine) return;
  byId("composer").removeAttribute("aria-busy");
  if (mine.isAnswered || mine.trouble) show(mine, actions);
  else byId("results").hidden = true; // a bot that says nothing has no list, not even an empty one
}

function add(mine, page) {
  mine.items.push(...page.results.map((result, number) => ({ result, name: page.name, number })));
  mine.button ??= page.button?.text ? page.button : null;
  mine.offset = page.next_offset;
  mine.isEnd = !page.next_offset;
  mine.isAnswered ||= page.is_answered;
}

function show(mine, actions) {
  const box = byId("results"), top = box.scrollTop;
  const isGrid = mine.items.length > 0 && mine.items.every(({ result }) => result.kind === "photo");
  const options = mine.items.map((item, index) => option(item, index, actions));
  const list = h("div", { class: isGrid ? "grid" : "lines" }, options);
  box.replaceChildren(...[heading(mine, actions), list, ending(mine)].filter(Boolean));
  box.hidden = false;
  box.onscroll = () => {
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (isNear && asked === mine && !mine.isLoading && !mine.isEnd) loadPage(mine, actions);
  };
  box.scrollTop = top;
  mark(false);
}

function heading({ button }, actions) {
  if (!button) return null;
  return h("button", { class: "above", type: "button", onclick: () => actions.inlineButton(button) }, button.text);
}

function ending(mine) {
  if (mine.trouble) return h("p", { class: "note" }, mine.trouble);
  return mine.items.length ? null : h("p", { class: "note" }, "Nothing found");
}

function option(item, index, actions) {
  const { result } = item;
  const named = { id: `result-${index}`, "aria-label": result.title || result.kind };
  const properties = { class: `result-${result.kind}`, role: "option", ...named };
  const row = h("div", properties, ...(result.kind === "photo" ? tile(result) : line(result)));
  row.addEventListener("pointerdown", (event) => event.preventDefault());
  row.addEventListener("click", () => accept(item, actions));
  return row;
}

function tile(result) {
  return [h("img", { src: `/sandbox/files/${result.image}`, alt: "", loading: "lazy" }),
    result.title ? h("span", { class: "tile-title" }, result.title) : null];
}

function line(result) {
  const letter = [...(result.title || "?")][0].toUpperCase();
  const picture = result.image ? h("img", { src: `/sandbox/files/${result.image}`, alt: "" })
    : h("span", { class: "letter", "aria-hidden": "true" }, result.kind === "document" ? icon("file") : letter);
  const words = [h("strong", {}, result.title), h("span", {}, result.description)];
  return [picture, h("span", { class: "line-text", dir: "auto" }, words)];
}

function mark(isSeen = true) {
  byId("results").querySelectorAll("[role=option]").forEach((row, index) => {
    row.setAttribute("aria-selected", String(index === chosen));
    if (isSeen && index === chosen) row.scrollIntoView({ block: "nearest" });
  });
}

export function moveChoice(step) {
  chosen = Math.max(0, Math.min(asked.items.length - 1, chosen + step));
  mark();
}

export const acceptChosen = (actions) => accept(asked.items[chosen], actions);

async function accept(item, actions) {
  const thread = chat().is_forum ? store.topicId : 0;
  const body = { user_id: store.me, name: item.name, number: item.number, thread_id: thread };
  await actions.try(() => ask(`chats/${store.chatId}/choices`, body));
  actions.chosen();
}
