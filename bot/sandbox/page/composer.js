// Owns writing: the field, the commands it offers, the answer it belongs to, and the Start button.

import { byId, h, icon } from "./dom.js";
import { plainText } from "./entities.js";
import { ask, chat, changed, messages, myTexts, say, store } from "./store.js";
import { toast } from "./notices.js";

let answered = null, chosen = 0, offered = [];

export function watchComposer() {
  const text = byId("text");
  text.addEventListener("input", () => { grow(); offer(); });
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
  const isPrivate = one.type === "private";
  const isEmpty = isPrivate && !messages().length, isBlocked = !one.has_bot;
  byId("start").hidden = !(isEmpty || isBlocked);
  byId("start").textContent = isBlocked ? (isPrivate ? "Restart" : "Let the bot in again") : "Start";
  byId("composer").hidden = !byId("start").hidden;
  byId("commands").hidden = !myTexts().commands.length;
  byId("text").placeholder = answered?.asks || (one.type === "channel" ? "Post" : "Message");
  renderTopics(one);
  renderAnswering();
}

function renderTopics(one) {
  const select = byId("topic"), before = select.value;
  select.hidden = !one.topics.length;
  const topics = [{ id: 0, name: "General" }, ...one.topics];
  select.replaceChildren(...topics.map((topic) => h("option", { value: topic.id }, topic.name)));
  select.value = [...select.options].some((option) => option.value === before) ? before : "0";
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
  const name = answered.from?.first_name ?? "the channel";
  const drop = { class: "icon", type: "button", "aria-label": "Do not reply", onclick: () => answer(null) };
  bar.replaceChildren(icon("reply"),
    h("div", {}, h("strong", {}, `Reply to ${name}`), h("span", {}, plainText(answered))),
    h("button", drop, icon("close")));
}

export function write(text) {
  byId("text").value = text;
  grow();
  byId("text").focus();
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
  const more = { reply_to: answered?.message_id ?? 0, thread_id: Number(byId("topic").value) || 0 };
  text.value = "";
  answered = null;
  grow(); hide(); renderComposer();
  await send(words, more);
}

export async function send(words, more) {
  try { await say(words, more); changed("sent"); } catch (error) { toast(error.message, "error"); }
}

async function begin() {
  const one = chat();
  try {
    if (!one.has_bot) await ask(`chats/${one.id}/membership`, { user_id: store.me, is_member: true });
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
