// Owns where links and buttons lead: to the bot, into a group, to a text to copy, to inline mode.

import { chooseChat } from "./chooser.js";
import { send } from "./composer.js";
import { alertBox, toast } from "./notices.js";
import { ask, isGroup, myChats, runsChat, store } from "./store.js";

// A link to this very bot stays here: gives { kind, payload }, or null for other links.
export function deepLink(address) {
  let url;
  try { url = new URL(address); } catch { return null; }
  const isTelegram = ["t.me", "telegram.me"].includes(url.hostname);
  if (!isTelegram || url.pathname.slice(1).toLowerCase() !== store.bot.username.toLowerCase()) return null;
  const kind = ["startgroup", "startchannel", "start"].find((name) => url.searchParams.has(name)) ?? "start";
  return { kind, payload: url.searchParams.get(kind) ?? "" };
}

export function follow({ kind, payload }, actions) {
  return kind === "start" ? actions.start(payload) : letIn(kind, payload, actions);
}

export async function press({ button, key, message, row, column }, actions) {
  if (key.url) return follow(deepLink(key.url), actions);
  if (key.copy_text) return actions.try(() => copy(key.copy_text.text));
  if (key.callback_data === undefined) return switchToInline(key, actions);
  button.setAttribute("aria-busy", "true");
  try {
    const press = { user_id: store.me, message_id: message.message_id, row, column };
    const said = await ask(`chats/${message.chat.id}/presses`, press);
    if (said.url && deepLink(said.url)) return follow(deepLink(said.url), actions);
    if (said.text) (said.is_alert ? alertBox : toast)(said.text);
  } catch (error) { toast(error.message, "error"); } finally { button.removeAttribute("aria-busy"); }
}

async function switchToInline(key, actions) {
  if (key.switch_inline_query_current_chat === undefined) {
    const mayWrite = (there) => there.type !== "channel" || runsChat(there);
    const one = await chooseChat("Where to?", myChats().filter(mayWrite));
    if (!one) return;
    await actions.go(one.id);
  }
  actions.write(`@${store.bot.username} ${key.switch_inline_query_current_chat ?? key.switch_inline_query}`);
}

// Let the bot into one of the chats that do not have it yet.
async function letIn(kind, payload, actions) {
  const isRight = kind === "startchannel" ? (one) => one.type === "channel" : isGroup;
  const isCandidate = (there) => isRight(there) && runsChat(there) && !there.has_bot;
  const one = await chooseChat("Let the bot in", myChats().filter(isCandidate));
  if (!one) return;
  await actions.try(() => ask(`chats/${one.id}/bot`, { user_id: store.me, deed: "add" }));
  await actions.go(one.id);
  if (payload && kind === "startgroup") await send(`/start@${store.bot.username} ${payload}`);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}
