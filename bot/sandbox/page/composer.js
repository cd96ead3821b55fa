// Owns writing: the field, the commands it offers, the answer it belongs to, and the Start button.

import { byId, h, icon } from "./dom.js";
import { authorName } from "./bubbles.js";
import { plainText } from "./entities.js";
import { acceptChosen, closeInline, hasResults, inlineQuery, isStale, moveChoice, watchInline } from "./inline.js";
import { ask, chat, changed, messages, myRole, myTexts, runsChat, say, store, topic } from "./store.js";
import { toast } from "./notices.js";

let answered = null, chosen = 0, offered = [];

let actions;

export function watchComposer(given) {
  actions = given;
  const text = byId("text");
  text.addEventListener("input", () => { grow(); offer(); watchInline(text.value, actions); });
  text.addEventListener("keydown", onKey);
  text.addEventListener("blur", () => setTimeout(hide, 150));
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  byId("commands").addEventListener("pointerdown", (event) => event.preventDefault()); // or the field's blur hides the menu
  byId("commands").addEventListener("click", toggleMenu);
  byId("start").addEventListener("click", begin);
}

export function renderComposer() {
  const one = chat();
  if (!one) return;
  const isEmpty = !messages().length, isBlocked = one.bot_status === "kicked";
  const silence = whySilent(one);
  byId("start").hidden = one.type !== "private" || !(isEmpty || !one.has_bot);
  byId("start").textContent = isBlocked ? "Restart" : "Start";
  byId("reading").hidden = !silence;
  byId("reading").textContent = silence;
  byId("composer").hidden = !byId("start").hidden || Boolean(silence);
  byId("commands").hidden = !myTexts().commands.length;
  byId("text").placeholder = answered?.asks || placeholder(one);
  renderAnswering();
}

function placeholder(one) {
  if (one.type === "channel") return "Post";
  return one.anonymous.includes(store.me) ? "Message, as the group" : "Message";
}

function whySilent(one) {
  if (one.type === "channel" && !runsChat(one)) return "You read this channel; its administrators write.";
  if (myRole(one) === "restricted") return "You may not write here.";
  return topic()?.is_closed && !runsChat(one) ? "This topic is closed." : "";
}

export function answer(message) {
  answered = message;
  renderComposer();
  if (message) byId("text").focus();
}

// A bot that asks for a reply gets one, without anybody looking for the button.
export function answerIfAsked(message) {
  if (message?.asks !== undefined && message.chat.id === store.chatId) answer(message);
}

function renderAnswering() {
  const bar = byId("answering");
  bar.hidden = !answered;
  if (!answered) return;
  const name = authorName(answered);
  const drop = { class: "icon", type: "button", "aria-label": "Do not reply", onclick: () => answer(null) };
  bar.replaceChildren(icon("reply"),
    h("div", {}, h("strong", {}, `Reply to ${name}`), h("span", {}, plainText(answered))),
    h("button", drop, icon("close")));
}

export function write(text) {
  byId("text").value = text;
  grow();
  byId("text").focus();
  watchInline(text, actions);
}

function grow() {
  const text = byId("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(160, text.scrollHeight)}px`;
  byId("send").disabled = !text.value.trim();
}

async function submit() {
  const text = byId("text");
  const words = text.value.trim();
  if (!words) return;
  const more = { reply_to: answered?.message_id ?? 0 };
  clear();
  await send(words, more);
}

// Leave the field as if nothing had been written.
export function clear() {
  byId("text").value = "";
  answered = null;
  grow(); hide(); closeInline(); renderComposer();
}

export async function send(words, more = {}) {
  try {
    await say(words, { thread_id: store.topicId, ...more });
    changed("sent");
  } catch (error) { toast(error.message, "error"); }
}

async function begin() {
  const one = chat();
  try {
    if (one.bot_status === "kicked") await ask(`chats/${one.id}/membership`, { user_id: store.me, is_member: true });
  } catch (error) { return toast(error.message, "error"); }
  if (one.type === "private") await send("/start");
  byId("text").focus();
}

// Commands

function offer() {
  const match = /^\/([a-z0-9_]*)$/i.exec(byId("text").value);
  offered = match ? myTexts().commands.filter(({ command }) => command.startsWith(match[1].toLowerCase())) : [];
  show();
}

function toggleMenu() {
  const isOpen = !byId("suggestions").hidden;
  offered = isOpen ? [] : myTexts().commands;
  show();
  byId("text").focus();
}

function show() {
  chosen = 0;
  const list = byId("suggestions");
  list.replaceChildren(...offered.map((one, index) => option(one, index)));
  list.hidden = !offered.length;
  byId("commands").setAttribute("aria-expanded", String(!list.hidden));
  mark();
}

const hide = () => { offered = []; show(); };

function option({ command, description }, index) {
  const row = h("div", { class: "option", role: "option", id: `option-${index}` },
    h("strong", {}, `/${command}`), h("span", { dir: "auto" }, description));
  row.addEventListener("pointerdown", (event) => event.preventDefault());
  row.addEventListener("click", () => { chosen = index; accept(); });
  return row;
}

function mark() {
  [...byId("suggestions").children].forEach((row, index) => {
    row.setAttribute("aria-selected", String(index === chosen));
    if (index === chosen) row.scrollIntoView({ block: "nearest" });
  });
  if (offered.length) byId("text").setAttribute("aria-activedescendant", `option-${chosen}`);
  else byId("text").removeAttribute("aria-activedescendant");
}

function accept() {
  byId("text").value = `/${offered[chosen].command}`;
  submit();
}

function onKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (inlineKey(event, step)) return event.preventDefault();
  if (offered.length && step) {
    chosen = (chosen + step + offered.length) % offered.length;
    mark();
  } else if (offered.length && event.key === "Tab") {
    write(`/${offered[chosen].command} `);
    hide();
  } else if (offered.length && event.key === "Escape") hide();
  else if (event.key === "Escape" && answered) answer(null);
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) offered.length ? accept() : submit();
  else return;
  event.preventDefault();
}

function inlineKey(event, step) {
  if (inlineQuery(byId("text").value) === null) return false;
  if (event.key === "Escape") closeInline();
  else if (hasResults() && step) moveChoice(step);
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && (hasResults() || isStale())) {
    if (hasResults()) acceptChosen(actions);
  } else return false;
  return true;
}
