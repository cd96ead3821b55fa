// Owns the list of messages: rows in order, dates between them, and where it is scrolled to.

import { buildRow } from "./bubbles.js";
import { byId, h } from "./dom.js";
import { measureQuotations } from "./entities.js";
import { isService } from "./services.js";
import { chat, changed, isGroup, loadMessages, messages, myTexts, store } from "./store.js";

const NEAR_END_PX = 120;
const TOGETHER_S = 300;

let rows = new Map(); // key -> { signature, element }
let shownChat = 0, unseen = 0;

export function renderLog(actions, { toEnd = false, isLive = false } = {}) {
  const log = byId("log"), column = byId("column");
  const shown = `${store.me}/${store.chatId}/${store.topicId}`;
  const isOther = shownChat !== shown;
  const stays = !isOther && !toEnd && !isNearEnd();
  if (isOther) { rows = new Map(); column.replaceChildren(); unseen = 0; }
  shownChat = shown;
  const next = new Map();
  const elements = items().map((item) => element(item, next, actions, isLive));
  rows = next;
  place(column, elements.length ? elements : [welcome()]);
  measureQuotations(column);
  if (stays) { if (isLive) unseen += 1; } else { log.scrollTop = log.scrollHeight; unseen = 0; }
  updateEnd();
}

function element(item, next, actions, isLive) {
  const signature = JSON.stringify(item);
  const known = rows.get(item.key);
  const isSame = known?.signature === signature;
  const node = isSame ? known.element : item.day ? dayPill(item) : buildRow(item, actions);
  if (!known && isLive && !item.day) node.classList.add("arriving");
  if (known && !isSame) keepOpen(known.element, node);
  next.set(item.key, { signature, element: node });
  return node;
}

// A message that is edited keeps what its reader has opened.
function keepOpen(old, node) {
  const was = old.querySelectorAll("blockquote.expandable");
  node.querySelectorAll("blockquote.expandable").forEach((quote, index) => {
    if (!was[index]?.classList.contains("open")) return;
    quote.classList.add("open");
    quote.setAttribute("aria-expanded", "true");
  });
}

function place(column, elements) {
  let cursor = column.firstChild;
  for (const node of elements) {
    if (node === cursor) cursor = cursor.nextSibling;
    else column.insertBefore(node, cursor);
  }
  while (cursor) { const dead = cursor; cursor = cursor.nextSibling; dead.remove(); }
}

function items() {
  const groups = [];
  for (const message of messages()) {
    const last = groups.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  const isInGroup = isGroup(chat());
  const list = [];
  groups.forEach((group, index) => {
    const [head] = group, before = groups[index - 1]?.at(-1), after = groups[index + 1]?.[0];
    if (!before || day(before) !== day(head)) list.push({ key: `day ${day(head)}`, day: head.date });
    const ends = { isFirst: !together(before, head), isLast: !together(head, after) };
    list.push({ key: `message ${head.message_id}`, messages: group, isGroup: isInGroup, ...ends });
  });
  return list;
}

const day = (message) => new Date(message.date * 1000).toDateString();
const author = (message) => message.sender_chat?.id ?? message.from?.id ?? 0;

function together(one, other) {
  if (!one || !other || author(one) !== author(other) || isService(one) || isService(other)) return false;
  return day(one) === day(other) && other.date - one.date < TOGETHER_S;
}

function dayPill(item) {
  const date = new Date(item.day * 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  const words = isToday ? "Today" : date.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });
  return h("div", { class: "day" }, h("span", {}, words));
}

function welcome() {
  const one = chat();
  if (!one) return h("div", {});
  if (one.type !== "private") return h("div", { class: "welcome" }, h("p", {}, emptiness(one)));
  const description = myTexts().description || "Press Start, and it will tell.";
  return h("div", { class: "welcome" }, h("strong", {}, "What can this bot do?"), h("p", { dir: "auto" }, description));
}

function emptiness(one) {
  if (one.has_bot) return "No messages here yet.";
  return `The bot is not here. Type “@${store.bot.username} …” to use it all the same, or let it in under Try it.`;
}

// Scrolling

function isNearEnd() {
  const log = byId("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
}

function updateEnd() {
  const isAtEnd = isNearEnd();
  if (isAtEnd) unseen = 0;
  byId("to-end").hidden = isAtEnd;
  byId("unseen").hidden = !unseen;
  byId("unseen").textContent = unseen || "";
}

export function watchScrolling() {
  const log = byId("log");
  log.addEventListener("scroll", () => { updateEnd(); if (log.scrollTop < 80) loadOlder(log); }, { passive: true });
  byId("to-end").addEventListener("click", () => log.scrollTo({ top: log.scrollHeight, behavior: "smooth" }));
  new ResizeObserver(() => {
    if (byId("to-end").hidden) log.scrollTop = log.scrollHeight;
    measureQuotations(byId("column"));
  }).observe(log);
}

let isLoading = false;

async function loadOlder(log) {
  const thread = store.threads.get(store.chatId);
  if (isLoading || !thread?.hasOlder) return;
  isLoading = true;
  const fromEnd = log.scrollHeight - log.scrollTop;
  await loadMessages(store.chatId, [...thread.messages.keys()][0]).catch(() => null);
  changed("messages");
  log.scrollTop = log.scrollHeight - fromEnd;
  isLoading = false;
}

export function showMessage(messageId) {
  const row = rows.get(`message ${messageId}`)?.element;
  row?.scrollIntoView({ block: "center", behavior: "smooth" });
  row?.classList.add("pointed-at");
  setTimeout(() => row?.classList.remove("pointed-at"), 1400);
}
