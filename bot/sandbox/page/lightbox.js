// Owns looking at a photo in full: one after the other, and enlarged.

import { photoUrl } from "./bubbles.js";
import { byId, h, icon } from "./dom.js";
import { messages } from "./store.js";

const NEW_TAB = { class: "icon", target: "_blank", rel: "noopener", "aria-label": "Open in its own tab" };

let photos = [], index = 0;

export function openPhoto(messageId) {
  photos = messages().filter((message) => message.photo);
  index = photos.findIndex((message) => message.message_id === messageId);
  show();
  byId("lightbox").showModal();
}

function show() {
  const message = photos[index], dialog = byId("lightbox");
  const image = h("img", { src: photoUrl(message), alt: message.caption ?? "Photo" });
  const stage = h("div", { class: "stage" }, image);
  const bar = h("div", { class: "lightbox-bar" },
    h("span", {}, `${index + 1} of ${photos.length}`),
    h("a", { ...NEW_TAB, href: photoUrl(message) }, icon("out")),
    h("button", { class: "icon", type: "button", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")));
  dialog.replaceChildren(bar, stage, caption(message), ...turners());
  image.addEventListener("click", (event) => { event.stopPropagation(); zoom(stage, image, event); });
  stage.addEventListener("click", () => dialog.close());
}

// Only its first line: the picture is what one came for.
function caption(message) {
  return h("p", { class: "lightbox-caption", dir: "auto" }, (message.caption ?? "").split("\n")[0]);
}

function turners() {
  const turner = (step, name) => {
    const properties = { class: `icon turn ${name}`, "aria-label": `${name} photo`, disabled: !photos[index + step] };
    return h("button", { ...properties, type: "button", onclick: () => turn(step) }, icon(step < 0 ? "back" : "next"));
  };
  return photos.length > 1 ? [turner(-1, "Previous"), turner(1, "Next")] : [];
}

function turn(step) {
  if (!photos[index + step]) return;
  index += step;
  show();
}

// Enlarge around the point that was pressed.
function zoom(stage, image, event) {
  const box = image.getBoundingClientRect();
  const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
  const isZoomed = stage.classList.toggle("zoomed");
  if (!isZoomed) return;
  stage.scrollTo(x * stage.scrollWidth - stage.clientWidth / 2, y * stage.scrollHeight - stage.clientHeight / 2);
}

export function watchLightbox() {
  byId("lightbox").addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
}
