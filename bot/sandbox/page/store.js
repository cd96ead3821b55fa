// Owns what the page knows, and talking to the sandbox.

export const store = {
  bot: { name: "", username: "" },
  people: [],
  chats: [],
  controls: [],
  me: 0,
  chatId: 0,
  topicId: 0, // 0 is General, and every chat that is no forum
  threads: new Map(), // chat id -> { messages: Map by id, hasOlder }
  unread: new Map(),
  unseenTopics: new Set(), // "chat id/topic id"
  actions: new Map(), // chat id -> what the bot is doing
};

const RECONNECT_MS = 1500;
const listeners = [];

export const onChange = (listener) => listeners.push(listener);
export const changed = (what) => listeners.forEach((listener) => listener(what));

export const chat = () => store.chats.find((one) => one.id === store.chatId);
export const person = (id) => store.people.find((one) => one.id === id);
export const myChats = () => store.chats.filter((one) => one.members.includes(store.me) && !one.upgraded_to);
export const myRole = (one) => one?.roles[store.me] ?? "left";
export const runsChat = (one) => ["creator", "administrator"].includes(myRole(one));
export const isGroup = (one) => ["group", "supergroup"].includes(one?.type);
export const topic = () => chat()?.topics.find((one) => one.id === store.topicId);
export const myTexts = () => chat()?.people[store.me] ?? { commands: [], description: "" };
const BOT_SEED = 4; // the bot keeps one colour for everybody and everywhere
export const avatarSeed = (one) => (one.type === "private" ? BOT_SEED : one.id);
export const authorSeed = (message) => message.sender_chat?.id ?? (message.from?.is_bot ? BOT_SEED : message.from?.id ?? 0);
export const chatTitle = (one) => (one.type === "private" ? store.bot.name : one.title);
export const topicOf = (message) => message.message_thread_id ?? 0;
// What is shown: all of a chat, but one topic of a forum.
export const messages = () => {
  const all = [...(store.threads.get(store.chatId)?.messages.values() ?? [])];
  return chat()?.is_forum ? all.filter((message) => topicOf(message) === store.topicId) : all;
};

export async function ask(path, body) {
  const headers = { "content-type": "application/json" };
  const options = body && { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(`/sandbox/${path}`, options).catch(() => null);
  if (!answer) throw new Error("The sandbox does not answer. Is it still running?");
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(value.error ?? `The sandbox answered ${answer.status}.`);
  return value;
}

export async function loadState() {
  const state = await ask("state");
  Object.assign(store, { bot: state.bot, people: state.people, chats: state.chats, controls: state.controls });
  return state.count;
}

export async function openChat(chatId) {
  if (store.chatId !== chatId) store.topicId = 0;
  store.chatId = chatId;
  store.unread.delete(chatId);
  if (!store.threads.has(chatId)) await loadMessages(chatId);
  changed("chat");
}

export async function loadMessages(chatId, before = "") {
  const page = await ask(`chats/${chatId}/messages?before=${before}`);
  const known = before ? [...store.threads.get(chatId).messages.values()] : [];
  const all = [...page.messages, ...known].map((message) => [message.message_id, message]);
  store.threads.set(chatId, { messages: new Map(all), hasOlder: page.has_older });
}

export function openTopic(topicId) {
  store.topicId = topicId;
  store.unseenTopics.delete(`${store.chatId}/${topicId}`);
  changed("chat");
}

export const say = (text, more = {}) => ask(`chats/${store.chatId}/messages`, { user_id: store.me, text, ...more });

export function listen(since) {
  const source = new EventSource(`/sandbox/events?since=${since}`);
  let seen = since;
  source.onmessage = (event) => { seen = Number(event.lastEventId); hear(JSON.parse(event.data)); };
  // The browser reconnects by itself, unless it got an answer it did not like (a proxy's, while the sandbox restarts).
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(seen), RECONNECT_MS);
  };
}

async function hear(event) {
  if (event.kind === "message") return hearMessage(event.chat_id, event.message);
  if (event.kind === "removed") {
    store.threads.get(event.chat_id)?.messages.delete(event.message_id);
    return changed("messages");
  }
  if (event.kind === "action") return hearAction(event.chat_id, event.action);
  if (event.kind === "reset") {
    store.threads.clear();
    if (store.chatId) await loadMessages(store.chatId);
  }
  await loadState();
  if (chat()?.upgraded_to && myChats().some((one) => one.id === chat().upgraded_to)) await openChat(chat().upgraded_to);
  if (store.topicId && !topic()) store.topicId = 0;
  changed("state");
}

function hearMessage(chatId, message) {
  const one = store.chats.find((candidate) => candidate.id === chatId);
  const thread = store.threads.get(chatId);
  const isNew = !one?.newest || message.message_id > one.newest.message_id;
  thread?.messages.set(message.message_id, message);
  if (one && (isNew || one.newest.message_id === message.message_id)) one.newest = message;
  if (isNew && message.from?.is_bot !== false) store.actions.delete(chatId);
  const isUnseen = isNew && (chatId !== store.chatId || document.hidden);
  if (isUnseen) store.unread.set(chatId, (store.unread.get(chatId) ?? 0) + 1);
  const isElsewhere = chatId !== store.chatId || (one?.is_forum && topicOf(message) !== store.topicId);
  if (isNew && isElsewhere && one?.is_forum) store.unseenTopics.add(`${chatId}/${topicOf(message)}`);
  changed(isElsewhere ? "elsewhere" : isNew ? "new" : "messages");
}

let clearing;

function hearAction(chatId, action) {
  store.actions.set(chatId, action);
  clearTimeout(clearing);
  clearing = setTimeout(() => { store.actions.clear(); changed("action"); }, 5500);
  changed("action");
}
