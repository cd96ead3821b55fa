"""Owns changing who is where in a sandbox: people, chats, topics, and what the bot is in them."""

from dataclasses import replace

from bot.sandbox.answers import bad_request
from bot.sandbox.world import membership, topics
from bot.sandbox.world.people import Chat, Person
from bot.sandbox.world.room import Room
from bot.sandbox.world.standing import LEFT, PERMISSIONS, Rights, Standing, administrator
from bot.sandbox.world.world import World


class Gathering:
    """Who is where; whatever changes, the bot is told as Telegram tells it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_person(self, person: Person) -> None:
        """Let somebody in, with a private chat that bears the same id; the bot cannot write there before they do."""
        self._world.rooms.add_person(person)

    def mark_started(self, *user_ids: int) -> None:
        """Let people have started the bot some time ago, as if they had written to it then."""
        for user_id in user_ids:
            if (room := self._room(user_id)).bot == LEFT:
                membership.start(self._world, room)

    def set_language(self, user_id: int, code: str | None) -> None:
        """Let a person's Telegram speak another language, or tell none."""
        self._world.rooms.change_person(replace(self._world.people[user_id], language_code=code))

    def add_chat(self, chat: Chat, *, bot: Standing | None = None) -> None:
        """Open another group or channel; the bot is in it unless *bot* says otherwise."""
        self._world.rooms.add_chat(chat, bot=bot)

    def stand(self, chat_id: int, user_id: int, standing: Standing) -> None:
        """Make a person something else in a chat: member, administrator, restricted, gone."""
        membership.place_person(self._world, self._room(chat_id), user_id, standing)

    def standing(self, chat_id: int, user_id: int | None = None) -> Standing:
        """Tell what a person, or by default the bot, is in a chat."""
        room = self._room(chat_id)
        return room.bot if user_id is None else room.standing_of(user_id)

    def set_membership(self, *, chat_id: int, is_member: bool, user_id: int | None = None) -> None:
        """Block the bot or throw it out, or let it in again; it hears of it by my_chat_member."""
        user_id = self._somebody(chat_id) if user_id is None else user_id
        membership.set_membership(self._world, chat_id=chat_id, user_id=user_id, is_member=is_member)

    def place_bot(self, chat_id: int, standing: Standing, *, user_id: int | None = None) -> None:
        """Make the bot something else in a chat; *user_id* does it, by default the first person there."""
        by = self._world.people[self._somebody(chat_id) if user_id is None else user_id]
        membership.place_bot(self._world, self._room(chat_id), standing, by=by)

    def promote(self, chat_id: int, *, user_id: int | None = None, rights: Rights | None = None) -> None:
        """Make the bot an administrator, by default with the usual rights."""
        usual = administrator(self._room(chat_id).chat.type)
        standing = usual if rights is None else Standing("administrator", rights)
        self.place_bot(chat_id, standing, user_id=user_id)

    def demote(self, chat_id: int, *, user_id: int | None = None) -> None:
        """Take the bot's rights: in groups it stays as a member, of a channel it is out."""
        self.place_bot(chat_id, membership.demoted(self._room(chat_id)), user_id=user_id)

    def restrict(self, chat_id: int, *, rights: Rights = frozenset(), user_id: int | None = None) -> None:
        """Leave the bot only some permissions in a group.

        Raises:
            ValueError: One of them does not exist.
        """
        if unknown := rights.difference(PERMISSIONS):
            raise ValueError(f"{sorted(unknown)} are no permissions; choose of {PERMISSIONS}")
        self.place_bot(chat_id, Standing("restricted", rights), user_id=user_id)

    def migrate(self, chat_id: int, *, is_silent: bool = False) -> int:
        """Turn a basic group into a supergroup and give its new id; silently, the bot is not told."""
        return membership.migrate(self._world, self._room(chat_id), is_silent=is_silent).chat.chat_id

    def moved_to(self, chat_id: int) -> int:
        """Give the id of the supergroup that a basic group has become; 0 when it has not."""
        return self._room(chat_id).upgraded_to

    def open_topic(self, chat_id: int, name: str) -> int:
        """Open a topic, which makes a supergroup a forum; give its thread id."""
        room = self._room(chat_id)
        return topics.open_topic(self._world, room, membership.owner(self._world, room), name)

    def rename_topic(self, chat_id: int, thread_id: int, name: str) -> None:
        """Give a topic another name."""
        room = self._room(chat_id)
        by = membership.owner(self._world, room)
        topics.rename_topic(self._world, room, by, thread_id=thread_id, name=name)

    def close_topic(self, chat_id: int, thread_id: int) -> None:
        """Close a topic to everybody but administrators."""
        self._shut(chat_id, thread_id, is_closed=True)

    def reopen_topic(self, chat_id: int, thread_id: int) -> None:
        """Open a closed topic again."""
        self._shut(chat_id, thread_id, is_closed=False)

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """Delete a topic with all that is in it."""
        topics.delete_topic(self._world, self._room(chat_id), thread_id=thread_id)

    def _shut(self, chat_id: int, thread_id: int, *, is_closed: bool) -> None:
        room = self._room(chat_id)
        by = membership.owner(self._world, room)
        topics.close_topic(self._world, room, by, thread_id=thread_id, is_closed=is_closed)

    def _room(self, chat_id: int) -> Room:
        room = self._world.rooms.find(chat_id)
        if room is None:
            raise bad_request("chat not found")
        return room

    def _somebody(self, chat_id: int) -> int:
        return next(self._room(chat_id).people())
