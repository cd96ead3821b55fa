// Owns the wiring of the page: what changes where when something happens.

import { answer, answerIfAsked, clear, renderComposer, send, watchComposer, write } from "./composer.js";
import { byId, paintAvatar } from "./dom.js";
import { deepLink, follow, press } from "./following.js";
import { openPhoto, watchLightbox } from "./lightbox.js";
import { renderLog, showMessage, watchScrolling } from "./log.js";
import { askWords, toast } from "./notices.js";
import { renderPanel } from "./panel.js";
import { renderSidebar, statusLine } from "./sidebar.js";
import { ask, avatarSeed, changed, chat, chatTitle, listen, loadState } from "./store.js";
import { messages, myChats, onChange, openChat, openTopic, store } from "./store.js";
import { renderTopics } from "./topics.js";

const actions = {
  go: async (chatId) => {
    clear();
    await openChat(chatId);
    byId("app").classList.remove("at-chats");
    remember();
  },
  become: async (userId) => {
    store.me = userId;
    const there = myChats().find((one) => one.id === store.chatId && one.type !== "private");
    await actions.go((there ?? myChats()[0]).id);
  },
  command: (text) => send(text),
  reply: (message) => answer(message),
  show: showMessage,
  open: (messageId) => openPhoto(messageId),
  deepLink,
  follow: (link) => follow(link, actions),
  write,
  chosen: () => { clear(); changed("sent"); },
  newTopic,
  inlineButton: (button) => button.start_parameter !== undefined && actions.start(button.start_parameter),
  start: async (payload) => {
    byId("lightbox").close();
    await actions.go(myChats().find((one) => one.type === "private").id);
    await send(payload ? `/start ${payload}` : "/start");
  },
  press: (pressed) => press(pressed, actions),
  switchTheme,
  closePanel: () => togglePanel(false),
  try: (work) => work().catch((error) => toast(error.message, "error")),
};

async function newTopic() {
  const name = await askWords("A new topic");
  if (!name) return;
  actions.try(async () => {
    const { thread_id: topicId } = await ask(`chats/${store.chatId}/topics`, { user_id: store.me, deed: "open", name });
    await loadState();
    openTopic(topicId);
  });
}

function render(what) {
  if (!chat()) return;
  if (["chat", "new", "messages", "sent", "state"].includes(what)) {
    renderLog(actions, { toEnd: what === "sent" || what === "chat", isLive: what === "new" });
  }
  if (what === "new") answerIfAsked(messages().at(-1));
  renderSidebar(actions);
  renderTopics(actions);
  renderHead();
  if (what !== "action") renderComposer();
  if (what === "state" || what === "chat") renderPanel(actions);
}

function renderHead() {
  const one = chat();
  byId("title").textContent = chatTitle(one);
  byId("status").textContent = statusLine(one);
  byId("status").classList.toggle("busy", store.actions.has(one.id));
  paintAvatar(byId("head-avatar"), chatTitle(one), avatarSeed(one));
  const unread = [...store.unread.values()].reduce((sum, count) => sum + count, 0);
  document.title = unread ? `(${unread}) ${store.bot.name}` : store.bot.name;
}

// Theme and panel

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").querySelector("use").setAttribute("href", theme === "dark" ? "#sun" : "#moon");
}

function watchTheme() {
  setTheme(localStorage.theme ?? (prefersDark.matches ? "dark" : "light"));
  prefersDark.addEventListener("change", (event) => {
    if (!localStorage.theme) setTheme(event.matches ? "dark" : "light");
  });
  byId("theme").addEventListener("click", switchTheme);
}

function switchTheme() {
  localStorage.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  setTheme(localStorage.theme);
}

function togglePanel(isOpen) {
  byId("app").classList.toggle("with-panel", isOpen);
  byId("to-panel").setAttribute("aria-expanded", String(isOpen));
  byId("panel").inert = !isOpen;
  byId("scrim").hidden = !isOpen;
}

function watchPanel() {
  togglePanel(innerWidth >= 1200);
  byId("to-panel").addEventListener("click", () => togglePanel(!byId("app").classList.contains("with-panel")));
  byId("scrim").addEventListener("click", () => togglePanel(false));
  byId("to-chats").addEventListener("click", () => byId("app").classList.add("at-chats"));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && innerWidth < 1200 && !document.querySelector("dialog[open]")) togglePanel(false);
  });
}

// The address remembers who one is and where: #1001/-1001000000001

function remember() {
  history.replaceState(null, "", `${location.pathname}#${store.me}/${store.chatId}`);
}

async function enter() {
  const [me, chatId] = location.hash.slice(1).split("/").map(Number);
  store.me = store.people.some((one) => one.id === me) ? me : store.people[0].id;
  const payload = new URLSearchParams(location.search).get("start");
  if (payload !== null && /^[\w-]{0,64}$/.test(payload)) return actions.start(payload);
  return actions.go((myChats().find((one) => one.id === chatId) ?? myChats()[0]).id);
}

onChange(render);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  store.unread.delete(store.chatId);
  changed("seen");
});
watchTheme();
watchPanel();
watchScrolling();
watchComposer(actions);
watchLightbox();
listen(await loadState());
await enter();
if (innerWidth >= 900) byId("text").focus();
