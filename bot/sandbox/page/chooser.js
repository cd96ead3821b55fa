// Owns choosing one of the chats: where to ask, where to let the bot in.

import { byId, h, icon, paintAvatar } from "./dom.js";
import { kindIcon } from "./sidebar.js";
import { avatarSeed, chatTitle } from "./store.js";

// Show a list of chats; gives the one that was chosen, or null.
export function chooseChat(title, chats) {
  const dialog = byId("chooser");
  return new Promise((resolve) => {
    const choose = (one) => { dialog.close(); resolve(one); };
    dialog.onclose = () => resolve(null);
    dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
    const close = { class: "icon", type: "button", "aria-label": "Close", onclick: () => dialog.close() };
    dialog.replaceChildren(
      h("div", { class: "panel-head" }, h("h2", {}, title), h("button", close, icon("close"))),
      ...chats.map((one) => row(one, () => choose(one))));
    dialog.showModal();
  });
}

function row(one, onclick) {
  const circle = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(circle, chatTitle(one), avatarSeed(one));
  return h("button", { class: "chat-row", type: "button", onclick },
    circle, h("span", { class: "kind" }, icon(kindIcon(one))), h("strong", {}, chatTitle(one)));
}
