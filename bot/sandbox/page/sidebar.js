// Owns the list of chats and who one is.

import { byId, h, paintAvatar } from "./dom.js";
import { plainText } from "./entities.js";
import { clock } from "./bubbles.js";
import { avatarSeed, chatTitle, myChats, person, store } from "./store.js";

export function renderSidebar(actions) {
  byId("chats").replaceChildren(...myChats().map((one) => h("li", {}, chatRow(one, actions))));
  byId("account").replaceChildren(h("span", { class: "as" }, "You are"), peopleSwitch(actions));
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

function chatRow(one, actions) {
  const circle = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(circle, chatTitle(one), avatarSeed(one));
  const unread = store.unread.get(one.id);
  const badge = unread ? h("span", { class: "badge", "aria-label": `${unread} unread` }, unread) : null;
  const time = one.newest ? h("time", {}, clock(one.newest.date)) : null;
  const current = { "aria-current": one.id === store.chatId ? "true" : undefined, onclick: () => actions.go(one.id) };
  return h("button", { class: "chat-row", type: "button", ...current },
    circle,
    h("span", { class: "chat-text" },
      h("span", { class: "line" }, h("strong", {}, chatTitle(one)), time),
      h("span", { class: "line" }, h("span", { class: "preview", dir: "auto" }, preview(one)), badge)));
}

const EMPTY = { private: "No messages yet", supergroup: "A group with the bot", channel: "A channel with the bot" };

function preview(one) {
  if (store.actions.has(one.id)) return `${doing(one)}…`;
  if (!one.newest) return EMPTY[one.type];
  const writer = one.newest.from;
  const name = writer?.id === store.me ? "You: " : one.type === "supergroup" ? `${writer?.first_name}: ` : "";
  return name + plainText(one.newest);
}

function doing(one) {
  const action = store.actions.get(one.id);
  return action.startsWith("upload_photo") ? "sending photo" : action.startsWith("upload") ? "sending file" : "typing";
}

export function statusLine(one) {
  if (store.actions.has(one.id)) return doing(one);
  if (!one.has_bot) return one.type === "private" ? "you blocked this bot" : "the bot is not here";
  if (one.type === "private") return "bot";
  const names = one.members.map((id) => person(id)?.first_name).join(", ");
  return one.type === "channel" ? `channel run by ${names}` : `${names} and ${store.bot.name}`;
}
