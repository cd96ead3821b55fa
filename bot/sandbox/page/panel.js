// Owns the panel "Try it": controls, and who, in which language, with or without the bot.

import { byId, h, icon } from "./dom.js";
import { peopleSwitch } from "./sidebar.js";
import { ask, chat, person, store } from "./store.js";

const LANGUAGES = { en: "English", "zh-hans": "简体中文", de: "Deutsch" };
const results = new Map(); // number of a control -> { text, kind }

export function renderPanel(actions) {
  byId("panel").replaceChildren(
    h("div", { class: "grip", "aria-hidden": "true" }),
    h("div", { class: "panel-head" }, h("h2", {}, "Try it"), closer(actions)),
    ...controls(actions),
    section(`You, ${person(store.me)?.first_name}`, narrow(peopleSwitch(actions)), language(actions)),
    section("This chat", membership(actions)),
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

function membership(actions) {
  const one = chat();
  const isPrivate = one?.type === "private";
  const words = isPrivate ? ["Block the bot", "Unblock the bot"] : ["Remove the bot", "Let the bot in again"];
  const change = () => ask(`chats/${one.id}/membership`, { user_id: store.me, is_member: !one.has_bot });
  return plain(words[one?.has_bot ? 0 : 1], () => actions.try(change), one?.has_bot ? "danger" : "");
}
