// Owns the tabs of a forum: one for each topic, and a way to open another one.

import { byId, h, icon } from "./dom.js";
import { chat, openTopic, runsChat, store } from "./store.js";

export function renderTopics(actions) {
  const one = chat(), bar = byId("topics");
  bar.hidden = !one?.is_forum;
  if (bar.hidden) return;
  const tabs = [{ id: 0, name: "General" }, ...one.topics].map((topic) => tab(one, topic));
  const adder = { class: "tab add", type: "button", "aria-label": "Open a topic", onclick: () => actions.newTopic() };
  bar.replaceChildren(...tabs, ...(runsChat(one) ? [h("button", adder, icon("plus"))] : []));
  bar.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tab(one, topic) {
  const isUnseen = store.unseenTopics.has(`${one.id}/${topic.id}`);
  const current = topic.id === store.topicId ? "true" : undefined;
  const properties = { class: "tab", type: "button", "aria-current": current, onclick: () => openTopic(topic.id) };
  return h("button", properties,
    topic.is_closed ? icon("lock") : null, h("span", {}, topic.name),
    isUnseen ? h("span", { class: "dot", role: "img", "aria-label": "new messages" }) : null);
}
