// Owns what is said over the page: toasts and alerts.

import { byId } from "./dom.js";

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
