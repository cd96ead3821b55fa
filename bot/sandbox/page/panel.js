// Owns the panel "Try it": controls, and who, in which language, with or without the bot.

import { byId, h, icon } from "./dom.js";
import { askWords } from "./notices.js";
import { peopleSwitch } from "./sidebar.js";
import { ask, chat, person, runsChat, store, topic } from "./store.js";

const LANGUAGES = {
  en: "English", "zh-hans": "简体中文", "zh-hant": "繁體中文", de: "Deutsch", fr: "Français", ja: "日本語", ru: "Русский",
};
const results = new Map(); // number of a control -> { text, kind }

export function renderPanel(actions) {
  byId("panel").replaceChildren(
    h("div", { class: "grip", "aria-hidden": "true" }),
    h("div", { class: "panel-head" }, h("h2", {}, "Try it"), closer(actions)),
    ...controls(actions),
    section(`You, ${person(store.me)?.first_name}`, narrow(peopleSwitch(actions)), language(actions), speaker(actions)),
    section("The bot in this chat", inlineMode(actions), membership(actions)),
    ...topicSection(actions),
    narrow(section("Look", plain("Switch between light and dark", actions.switchTheme))));
}

function closer(actions) {
  const properties = { class: "icon", type: "button", "aria-label": "Close", onclick: actions.closePanel };
  return h("button", properties, icon("close"));
}

const narrow = (...children) => h("div", { class: "only-narrow" }, children);
const plain = (words, onclick, kind = "") => h("button", { class: `plain ${kind}`, type: "button", onclick }, words);
const section = (title, ...children) => h("section", {}, h("h3", {}, title), children);

function controls(actions) {
  if (!store.controls.length) return [];
  return [section("Make something happen", store.controls.map((label, number) => control(label, number, actions)))];
}

function control(label, number, actions) {
  const result = results.get(number);
  const isBusy = result?.kind === "busy";
  const properties = { class: "control", type: "button", "aria-busy": String(isBusy), disabled: isBusy };
  const button = h("button", properties, icon("bolt"), h("span", {}, label));
  button.addEventListener("click", () => run(number, actions));
  const words = result?.text ? h("p", { class: `result ${result.kind}`, role: "status" }, result.text) : null;
  return h("div", { class: "control-box" }, button, words);
}

async function run(number, actions) {
  results.set(number, { text: "", kind: "busy" });
  renderPanel(actions);
  try {
    const said = await ask(`controls/${number}`, {});
    results.set(number, { text: said.text, kind: said.is_error ? "error" : "done" });
  } catch (error) { results.set(number, { text: error.message, kind: "error" }); }
  renderPanel(actions);
}

function language(actions) {
  const current = person(store.me)?.language_code ?? "en";
  const names = { ...LANGUAGES, [current]: LANGUAGES[current] ?? current };
  const option = ([code, name]) => h("option", { value: code, selected: code === current }, name);
  const select = h("select", { id: "language" }, Object.entries(names).map(option));
  const choose = () => ask(`people/${store.me}/language`, { language: select.value });
  select.addEventListener("change", () => actions.try(choose));
  return h("label", { class: "field" }, "Language", select);
}

// What can be done with the bot: [words, deed, is it a loss]
const DEEDS = {
  add: ["Let the bot in", "add"],
  promote: ["Make it an administrator", "promote"],
  demote: ["Take its rights", "demote"],
  restrict: ["Let it only write text", "restrict"],
  free: ["Let it write everything again", "add"],
  remove: ["Remove the bot", "remove", true],
  upgrade: ["Make this a supergroup", "upgrade"],
  silently: ["Make it one without telling the bot", "upgrade silently"],
};

function possible(one) {
  const { bot_status: status, type } = one;
  if (!one.has_bot) return ["add"];
  if (type === "channel") return ["remove"];
  const isBasic = type === "group"; // where nobody can be restricted
  const member = isBasic ? ["promote"] : ["promote", "restrict"];
  const ranks = { administrator: ["demote"], restricted: ["promote", "free"], member };
  return [...(ranks[status] ?? []), ...(isBasic ? ["upgrade", "silently"] : []), "remove"];
}

function membership(actions) {
  const one = chat();
  if (one?.type === "private") return blocking(one, actions);
  if (!runsChat(one)) return h("p", { class: "fine" }, "Be one of those who run this chat to change it.");
  return possible(one).map((name) => deed(one, DEEDS[name], actions));
}

// Who runs a supergroup may speak in its name.
function speaker(actions) {
  const one = chat();
  if (one?.type !== "supergroup" || !runsChat(one)) return null;
  const isHidden = one.anonymous.includes(store.me);
  const change = () => ask(`chats/${one.id}/anonymity`, { user_id: store.me, is_anonymous: !isHidden });
  return plain(isHidden ? "Speak in your own name" : "Speak as the group", () => actions.try(change));
}

function inlineMode(actions) {
  const ask = () => { actions.write(`@${store.bot.username} `); if (innerWidth < 1200) actions.closePanel(); };
  return plain("Use inline mode here", ask);
}

function deed(one, [words, name, isLoss], actions) {
  const change = () => ask(`chats/${one.id}/bot`, { user_id: store.me, deed: name });
  return plain(words, () => actions.try(change), isLoss ? "danger" : "");
}

function blocking(one, actions) {
  const isBlocked = one.bot_status === "kicked";
  const change = () => ask(`chats/${one.id}/membership`, { user_id: store.me, is_member: isBlocked });
  return plain(isBlocked ? "Unblock the bot" : "Block the bot", () => actions.try(change), isBlocked ? "" : "danger");
}

function topicSection(actions) {
  const one = chat(), here = topic();
  if (one?.type !== "supergroup" || !runsChat(one)) return [];
  const change = (name, more = {}) => actions.try(() =>
    ask(`chats/${one.id}/topics`, { user_id: store.me, thread_id: here?.id ?? 0, deed: name, ...more }));
  const rename = async () => {
    const name = await askWords("Another name for the topic", here.name);
    if (name) change("rename", { name });
  };
  const mine = here ? [
    plain("Rename it", rename),
    here.is_closed ? plain("Open it again", () => change("reopen")) : plain("Close it", () => change("close")),
    plain("Delete it", () => change("delete"), "danger")] : [];
  return [section(here ? `Topic “${here.name}”` : "Topics", mine, plain("Open a topic", () => actions.newTopic()))];
}
