// Owns what is said and asked over the page: toasts, alerts, a few words.

import { byId, h } from "./dom.js";

let hiding;

export function toast(text, kind = "") {
  const box = byId("toast");
  box.textContent = text;
  box.className = `toast shown ${kind}`;
  clearTimeout(hiding);
  hiding = setTimeout(() => box.classList.remove("shown"), Math.max(2600, text.length * 60));
}

export function alertBox(text) {
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}

// Ask for a few words; gives them, or null when nobody wanted to say any.
export function askWords(title, value = "") {
  const dialog = byId("asker");
  const field = h("input", { name: "words", value, maxlength: 128, "aria-label": title, autocomplete: "off" });
  const cancel = h("button", { type: "button", onclick: () => dialog.close() }, "Cancel");
  const buttons = h("p", {}, cancel, h("button", { value: "ok" }, "OK"));
  const form = h("form", { method: "dialog" }, h("h2", {}, title), field, buttons);
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.onclose = () => resolve(dialog.returnValue === "ok" ? field.value.trim() || null : null);
    dialog.replaceChildren(form);
    dialog.showModal();
    field.select();
  });
}
