// Owns service messages: what a chat says of itself, in a sentence.

const names = (users) => users.map((user) => user.first_name).join(", ");

const SENTENCES = {
  new_chat_members: (who, users) => (users.length === 1 && users[0].first_name === who
    ? `${who} joined` : `${who} added ${names(users)}`),
  left_chat_member: (who, user) => (user.first_name === who ? `${who} left` : `${who} removed ${user.first_name}`),
  migrate_to_chat_id: (who) => `${who} upgraded this group to a supergroup`,
  migrate_from_chat_id: () => "This group became a supergroup",
  forum_topic_created: (who, topic) => `${who} opened the topic “${topic.name}”`,
  forum_topic_edited: (who, topic) => `${who} renamed the topic to “${topic.name}”`,
  forum_topic_closed: (who) => `${who} closed the topic`,
  forum_topic_reopened: (who) => `${who} opened the topic again`,
};

const kindOf = (message) => Object.keys(SENTENCES).find((kind) => message[kind] !== undefined);

export const isService = (message) => kindOf(message) !== undefined;

export function serviceText(message) {
  const kind = kindOf(message);
  return SENTENCES[kind](message.from?.first_name ?? "Somebody", message[kind]);
}
