// Owns the list of chats and who one is.

import { authorName, clock } from "./bubbles.js";
import { byId, h, icon, paintAvatar } from "./dom.js";
import { plainText } from "./entities.js";
import { isService } from "./services.js";
import { avatarSeed, chatTitle, isGroup, myChats, store } from "./store.js";

export function renderSidebar(actions) {
  byId("chats").replaceChildren(...myChats().map((one) => h("li", {}, chatRow(one, actions))));
  byId("account").replaceChildren(peopleSwitch(actions));
}

export function peopleSwitch(actions) {
  const choice = (one) => {
    const circle = h("span", { class: "avatar tiny", "aria-hidden": "true" });
    paintAvatar(circle, one.first_name, one.id);
    const pressed = { "aria-pressed": String(one.id === store.me), onclick: () => actions.become(one.id) };
    return h("button", { class: "who", type: "button", ...pressed }, circle, one.first_name);
  };
  return h("div", { class: "people", role: "group", "aria-label": "Who you are" }, store.people.map(choice));
}

const KINDS = { private: "bot", group: "people", supergroup: "people", channel: "horn" };
export const kindIcon = (one) => (one.is_forum ? "hash" : KINDS[one.type]);

function chatRow(one, actions) {
  const circle = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(circle, chatTitle(one), avatarSeed(one));
  const unread = store.unread.get(one.id);
  const badge = unread ? h("span", { class: "badge", "aria-label": `${unread} unread` }, unread) : null;
  const time = one.newest ? h("time", {}, clock(one.newest.date)) : null;
  const current = { "aria-current": one.id === store.chatId ? "true" : undefined, onclick: () => actions.go(one.id) };
  const kind = h("span", { class: "kind", title: kindName(one) }, icon(kindIcon(one)));
  return h("button", { class: "chat-row", type: "button", ...current },
    circle,
    h("span", { class: "chat-text" },
      h("span", { class: "line" }, kind, h("strong", {}, chatTitle(one)), time),
      h("span", { class: "line" }, h("span", { class: "preview", dir: "auto" }, preview(one)), badge)));
}

export function kindName(one) {
  if (one.is_forum) return "Forum";
  return { private: "Private chat", group: "Basic group", supergroup: "Group", channel: "Channel" }[one.type];
}

function preview(one) {
  if (store.actions.has(one.id)) return `${doing(one)}…`;
  if (!one.newest) return one.type === "private" ? "No messages yet" : kindName(one) + absence(one);
  return writer(one) + plainText(one.newest);
}

function writer({ newest, ...one }) {
  if (isService(newest)) return "";
  if (newest.from?.id === store.me) return "You: ";
  return isGroup(one) ? `${authorName(newest)}: ` : "";
}

const absence = (one) => (one.has_bot ? "" : ", without the bot");

function doing(one) {
  const action = store.actions.get(one.id);
  return action.startsWith("upload_photo") ? "sending photo" : action.startsWith("upload") ? "sending file" : "typing";
}

export function statusLine(one) {
  if (store.actions.has(one.id)) return doing(one);
  if (one.type === "private") return one.bot_status === "kicked" ? "you blocked this bot" : "bot";
  const count = one.members.length + (one.has_bot ? 1 : 0);
  const words = one.type === "channel" ? `${kindName(one)}, ${count} subscribers` : `${kindName(one)}, ${count} members`;
  return `${words}, ${BOT[one.bot_status]}`;
}

const BOT = {
  administrator: "the bot is an administrator", member: "the bot is a member", restricted: "the bot may only write text",
  left: "the bot is not here", kicked: "the bot was removed",
};
