"""Owns what somebody is in a chat: owner, administrator with rights, member, restricted, gone."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.answers import Json
from bot.sandbox.world.people import ChatType, Person

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
Rights = frozenset[str]

# Source: core.telegram.org/bots/api#chatmemberadministrator; which of them a kind of chat does not have, stands below.
ADMINISTRATOR_RIGHTS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories", "can_post_messages", "can_edit_messages", "can_pin_messages", "can_manage_topics"),
)
_ONLY_CHANNELS = frozenset({"can_post_messages", "can_edit_messages"})
_ONLY_GROUPS = frozenset({"can_pin_messages", "can_manage_topics"})
# What an owner usually grants: in groups everything but naming other administrators, in channels what concerns posts.
GROUP_GRANT = frozenset(
    {"can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"}
    | {"can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"}
)
CHANNEL_GRANT = frozenset({"can_manage_chat", "can_post_messages", "can_edit_messages", "can_delete_messages"})
# Newer than the schema the sandbox keeps to (10.0), but Telegram sends it, and clients of 10.3 insist on it.
_LATER = {"can_send_welcome_messages": False}
# Source: core.telegram.org/bots/api#chatmemberrestricted
PERMISSIONS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users"),
    *("can_pin_messages", "can_manage_topics"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in a chat.

    Attributes:
        rights: What an administrator may, or what is left to somebody restricted; others need none.
        is_anonymous: An administrator or owner who speaks as the chat itself.
    """

    status: Status
    rights: Rights = frozenset()
    is_anonymous: bool = False

    @property
    def is_present(self) -> bool:
        """Tell whether they are in the chat."""
        return self.status not in ("left", "kicked")

    @property
    def is_administrator(self) -> bool:
        """Tell whether they run the chat."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Tell whether they may do something; what members may, administrators may, too."""
        if self.status == "creator":
            return True
        if self.status == "restricted":
            return right in self.rights
        if self.status == "administrator":
            return right in self.rights or right not in ADMINISTRATOR_RIGHTS
        return self.status == "member" and right not in ADMINISTRATOR_RIGHTS

    def as_json(self, person: Person, chat_type: ChatType) -> Json:
        """Render a ChatMember."""
        member: Json = {"status": self.status, "user": person.as_json()}
        match self.status:
            case "creator":
                return member | {"is_anonymous": self.is_anonymous}
            case "administrator":
                return member | {"can_be_edited": False, "is_anonymous": self.is_anonymous} | self._granted(chat_type)
            case "restricted":
                left = {right: right in self.rights for right in PERMISSIONS}
                return member | {"is_member": True, "until_date": 0} | left
            case "kicked":
                return member | {"until_date": 0}
        return member

    def _granted(self, chat_type: ChatType) -> Json:
        absent = _ONLY_GROUPS if chat_type == "channel" else _ONLY_CHANNELS
        return {right: right in self.rights for right in ADMINISTRATOR_RIGHTS if right not in absent} | _LATER


CREATOR, MEMBER, LEFT, KICKED = Standing("creator"), Standing("member"), Standing("left"), Standing("kicked")


def administrator(chat_type: ChatType, *, is_anonymous: bool = False) -> Standing:
    """Give an administrator with the rights that are usual in this kind of chat."""
    return Standing("administrator", CHANNEL_GRANT if chat_type == "channel" else GROUP_GRANT, is_anonymous)


def at_first(chat_type: ChatType) -> Standing:
    """Give what a bot becomes that is let in: channels only take administrators."""
    return administrator(chat_type) if chat_type == "channel" else MEMBER
