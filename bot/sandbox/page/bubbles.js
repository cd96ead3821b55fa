// Owns how one message, or one album, looks.

import { h, icon, nameHue } from "./dom.js";
import { plainText, renderText } from "./entities.js";
import { arrange } from "./mosaic.js";
import { isService, serviceText } from "./services.js";
import { authorSeed, store } from "./store.js";

const HIDDEN_MEDIA = "Photo, hidden by a spoiler";

// Build the row for an item: { messages, isFirst, isLast, isGroup } (several messages make an album).
export function buildRow(item, actions) {
  const { messages } = item;
  if (isService(messages[0])) return servicePill(messages[0]);
  const lead = messages.find((message) => message.caption) ?? messages[0];
  const isMine = lead.from?.id === store.me;
  const row = h("article", { class: rowClass(item, isMine), "aria-label": label(lead) });
  if (item.isGroup && !isMine) row.append(avatar(item, lead));
  const stack = h("div", { class: "stack" }, bubble(item, lead, isMine, actions), keyboard(messages.at(-1), actions));
  row.append(stack, replyButton(messages[0], actions));
  return row;
}

function rowClass(item, isMine) {
  const names = ["row", isMine ? "mine" : "theirs"];
  if (item.isLast) names.push("last");
  if (item.isFirst) names.push("first");
  return names.join(" ");
}

const servicePill = (message) => h("div", { class: "day" }, h("span", {}, serviceText(message)));

const label = (message) => `${authorName(message)}, ${clock(message.date)}`;

// Anonymous administrators and channels speak in the chat's name.
export const authorName = (message) => message.sender_chat?.title ?? message.from?.first_name ?? "Channel";

function avatar(item, message) {
  const circle = h("div", { class: "avatar small", "aria-hidden": "true" });
  if (!item.isLast) circle.classList.add("blank");
  circle.style.setProperty("--hue", nameHue(authorSeed(message)));
  circle.textContent = [...authorName(message)][0];
  return circle;
}

function bubble(item, lead, isMine, actions) {
  const media = item.messages.filter((message) => message.photo || message.document);
  const photos = media.filter((message) => message.photo);
  const text = lead.text ?? lead.caption ?? "";
  const box = h("div", { class: "bubble" });
  if (photos.length) box.classList.add("has-photo");
  if (photos.length && !text) box.classList.add("only-photo");
  if (!photos.length && isOnlyEmoji(lead)) box.classList.add("emoji");
  const above = lead.show_caption_above_media;
  const words = [senderName(item, lead, isMine), via(lead, actions), quoted(lead, actions)];
  const body = text ? textBlock(text, lead, isMine, actions) : null;
  const pictures = photos.length ? pictureBlock(photos, actions) : null;
  const parts = [...words, above ? body : null, pictures, ...documents(media), above ? null : body];
  box.append(...parts.filter(Boolean));
  if (!text) box.append(meta(lead, isMine));
  return box;
}

function textBlock(text, message, isMine, actions) {
  const words = renderText(text, message.entities ?? message.caption_entities, actions);
  return h("div", { class: "text", dir: "auto" }, words, meta(message, isMine));
}

function senderName(item, message, isMine) {
  if (!item.isGroup || isMine || !item.isFirst) return null;
  return h("div", { class: "sender", style: { "--hue": nameHue(authorSeed(message)) } }, authorName(message));
}

function via(message, actions) {
  if (!message.via_bot) return null;
  const again = () => actions.write(`@${message.via_bot.username} `);
  return h("div", { class: "via" }, "via ",
    h("button", { class: "inline-link", type: "button", onclick: again }, `@${message.via_bot.username}`));
}

function quoted(message, actions) {
  const answered = message.reply_to_message;
  if (!answered || isService(answered)) return null;
  const show = () => actions.show(answered.message_id);
  return h("button", { class: "quoted-message", type: "button", onclick: show },
    h("strong", {}, authorName(answered)), h("span", {}, plainText(answered)));
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function meta(message, isMine) {
  const time = h("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date));
  const edited = message.edit_date ? h("span", { class: "edited" }, "edited") : null;
  const silent = message.silent ? h("span", { class: "silent", title: "Sent without sound" }, icon("mute")) : null;
  return h("span", { class: "meta", dir: "ltr" }, silent, edited, time, isMine ? icon("sent") : null);
}

const EMOJI = /^(\p{Extended_Pictographic}(\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;

const isOnlyEmoji = (message) => !message.entities && EMOJI.test(message.text ?? "");

// Photos

const largest = (message) => message.photo.at(-1);
const fileUrl = (size) => `/sandbox/files/${size.file_unique_id}`;

export function photoUrl(message) { return fileUrl(largest(message)); }

function pictureBlock(photos, actions) {
  if (photos.length === 1) {
    const size = largest(photos[0]);
    const ratio = Math.min(3, Math.max(0.5, size.width / size.height));
    const style = { "--ratio": ratio, "--natural": `${Math.max(180, size.width)}px` };
    return h("div", { class: "picture", style }, picture(photos[0], 1, actions));
  }
  const plan = arrange(photos.map((message) => largest(message).width / largest(message).height));
  const tiles = photos.map((message, index) => {
    const box = plan.boxes[index];
    const tile = picture(message, index + 1, actions);
    const share = (value, whole) => `${((value / whole) * 100).toFixed(3)}%`;
    tile.style.left = share(box.left, 1);
    tile.style.width = share(box.width, 1);
    tile.style.top = share(box.top, plan.height);
    tile.style.height = share(box.height, plan.height);
    return tile;
  });
  return h("div", { class: "mosaic", style: { "--ratio": 1 / plan.height } }, tiles);
}

function picture(message, number, actions) {
  const wanted = Math.min(1280, 440 * devicePixelRatio * 1.2);
  const size = message.photo.find((one) => Math.max(one.width, one.height) >= wanted) ?? largest(message);
  const caption = (message.caption ?? "no caption").slice(0, 80);
  const words = message.has_media_spoiler ? HIDDEN_MEDIA : `Photo ${number}: ${caption}`;
  const image = h("img", { src: fileUrl(size), alt: "", loading: "lazy", decoding: "async", draggable: "false" });
  const button = h("button", { class: "photo", type: "button", "aria-label": `Open ${words}` }, image);
  button.addEventListener("click", () => {
    if (button.classList.contains("covered")) button.classList.remove("covered");
    else actions.open(message.message_id);
  });
  if (message.has_media_spoiler) button.classList.add("covered");
  return button;
}

function documents(messages) {
  return messages.filter((message) => message.document).map(({ document: file }) =>
    h("a", { class: "document", href: fileUrl(file), download: file.file_name },
      h("span", { class: "document-icon" }, icon("file")),
      h("span", { class: "document-text" }, h("strong", {}, file.file_name), h("small", {}, bytes(file.file_size)))));
}

function bytes(count) {
  if (count < 1024) return `${count} B`;
  return count < 1048576 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1048576).toFixed(1)} MB`;
}

// Buttons

function keyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "keyboard" }, rows.map((row, y) =>
    h("div", { class: "keys" }, row.map((key, x) => buildKey(message, key, y, x, actions)))));
}

function buildKey(message, key, row, column, actions) {
  const style = `key ${key.style ?? ""}`;
  const words = h("span", { dir: "auto" }, key.text);
  if (key.url && actions.deepLink(key.url) === null) {
    return h("a", { class: style, href: key.url, target: "_blank", rel: "noopener noreferrer" }, words, icon("out"));
  }
  const button = h("button", { class: style, type: "button" }, words, key.copy_text ? icon("copy") : null);
  button.addEventListener("click", () => actions.press({ button, key, message, row, column }));
  return button;
}

function replyButton(message, actions) {
  const name = authorName(message);
  const reply = () => actions.reply(message);
  const properties = { class: "reply", type: "button", "aria-label": `Reply to ${name}`, onclick: reply };
  return h("button", properties, icon("reply"));
}
