"""Owns how a message leaves: as text, as a picture, an album or a file, or as an edit of one that is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot, InputMediaPhoto, LinkPreviewOptions, ReplyParameters
from telegram import Message as Sent
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot.chat.albums import Album
from bot.chat.failures import is_benign, is_stale_file, takes_no_photos
from bot.chat.markup import Rich
from bot.chat.messages.message import Message, Rows, keyboard, keyboard_json, without_picture
from bot.chat.messages.picks import file_name
from bot.chat.messages.roundups import no_pictures
from bot.chat.pictures import File, Pictures
from bot.chat.place import Place
from bot.chat.transport import Transport
from bot.editorial.shelf import CollageShelf
from bot.model.address import Address
from bot.model.asset import Asset
from bot.model.canvas import Appearance
from bot.model.correction import NO_PICTURE
from bot.model.entry import Entry
from bot.store.collages import FileKind
from bot.store.database import Database
from bot.wording.dates import month_name
from bot.wording.translation import language as spoken

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_PREVIEW_JSON = _NO_PREVIEW.to_dict()


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it goes to many: everything is said but who gets it.

    Attributes:
        asset: Its picture; None for a text.
        said: The parameters of the request that every copy shares.
    """

    message: Message
    asset: Asset | None
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SentAlbum:
    """An album that is there.

    Attributes:
        shows: What each of its messages shows: the id of an entry, `COVER` or `NO_PICTURE`.
    """

    places: Sequence[Place]
    shows: tuple[int, ...]


class Outbox:
    """Sends one message per call. Errors of Telegram pass through as they are.

    Args:
        quiet: True lets every message come without a sound.
        paid: True lets what goes to many be paid for, beyond 30 messages a second.
    """

    def __init__(
        self, bot: Bot, database: Database, shelf: CollageShelf, *, quiet: bool = False, paid: bool = False
    ) -> None:
        self._bot = bot
        self._quiet = quiet or None  # what goes without saying is not said
        self._paid = paid or None
        self._shelf = shelf
        self._pictures = Pictures(bot, database)
        self._documents = Pictures(bot, database, FileKind.DOCUMENT)

    def written(self, message: Message, asset: Asset | None = None) -> Written:
        """Write *message* once for everybody who gets it, as the caption of *asset* if there is one."""
        name = "text" if asset is None else "caption"
        said = {
            name: message.text.html or None,
            "parse_mode": ParseMode.HTML,
            "disable_notification": self._quiet,
            "allow_paid_broadcast": self._paid,
            "reply_markup": keyboard_json(message.buttons),
            "link_preview_options": _NO_PREVIEW_JSON if asset is None else None,
        }
        return Written(message, asset, {key: value for key, value in said.items() if value is not None})

    async def send(self, address: Address, it: Written) -> Place:
        """Send a copy of what was written for many; a picture that Telegram has not seen yet is uploaded."""
        asset, file = it.asset, self._pictures.known(it.asset) if it.asset else None
        if asset is not None and file is None:
            return await self.photo(address, asset, it.message)
        said = {**it.said, "chat_id": address.chat_id}
        if address.thread_id:
            said["message_thread_id"] = address.thread_id
        if asset is None:
            return _place_of(await self._say("sendMessage", said))
        try:
            return _place_of(await self._say("sendPhoto", {**said, "photo": file}))
        except (BadRequest, Forbidden) as error:
            if is_stale_file(error):
                await self._pictures.forget([asset])
            elif not takes_no_photos(error):
                raise
        return await self.photo(address, asset, it.message)

    async def text(self, address: Address, message: Message, *, reply_to: int | None = None) -> Place:
        """Send *message*, as an answer to the message *reply_to* where that one is still there."""
        return await self._send_text(address, message, reply_to, keyboard_json(message.buttons))

    async def prompt(self, address: Address, message: Message, *, placeholder: str, reply_to: int | None) -> Place:
        """Send *message*, and open the field for an answer to it; *placeholder* stands in the empty field."""
        return await self._send_text(
            address, message, reply_to, {"force_reply": True, "input_field_placeholder": placeholder}
        )

    async def picture(
        self, address: Address, entry: Entry, message: Message, *, wanted: Appearance, language: str | None = None
    ) -> Place:
        """Send the collage of *entry* with *message* as its caption; only the text where photos are not allowed.

        Args:
            language: That of the picture; None for the one that is spoken.
        """
        told = entry.spoken_in(language or spoken())
        asset = await self._shelf.get(entry, wanted.canvas, language=told, theme=wanted.theme)
        return await self.photo(address, asset, message)

    async def photo(self, address: Address, asset: Asset, message: Message) -> Place:
        """Send a picture with *message* as its caption; only the text where photos are not allowed."""

        async def send(files: Sequence[File]) -> Sequence[Sent]:
            return [await self._send_photo(address, files[0], message)]

        try:
            return Place.of((await self._pictures.send([asset], self._shelf.read, send))[0])
        except (BadRequest, Forbidden) as error:
            if not takes_no_photos(error):
                raise
        return await self.text(address, without_picture(message))

    async def album(self, address: Address, album: Album, *, wanted: Appearance) -> SentAlbum:
        """Send the pictures of *album* together; a line that says so where photos are not allowed."""
        cover, collages = await self._cover(album, wanted), await self._collages(album, wanted)
        assets = [cover, *collages] if cover else collages
        try:
            sent = await self._pictures.send(assets, self._shelf.read, partial(self._send_album, address))
            return SentAlbum([Place.of(each) for each in sent], album.shows(has_cover=cover is not None))
        except (BadRequest, Forbidden) as error:
            if not takes_no_photos(error):
                raise
        return SentAlbum([await self.text(address, no_pictures(month_name(album.month)))], (NO_PICTURE,))

    async def file(self, address: Address, asset: Asset, name: str, *, reply_to: int | None) -> Sent:
        """Send a picture as a file called *name*, byte for byte, as an answer to the message *reply_to*."""

        async def send(files: Sequence[File]) -> Sequence[Sent]:
            return [await self._send_file(address, files[0], name, reply_to)]

        return (await self._documents.send([asset], self._shelf.read, send))[0]

    async def full_size(self, address: Address, entry: Entry, *, wanted: Appearance, reply_to: int | None) -> Sent:
        """Send the collage of *entry* as a file, without loss, as an answer to the message *reply_to*."""
        language = entry.spoken_in(spoken())
        asset = await self._shelf.get(entry, wanted.canvas, language=language, theme=wanted.theme)

        async def load(_asset: Asset) -> bytes:
            return await self._shelf.full_size(entry, wanted.canvas, language=language, theme=wanted.theme)

        async def send(files: Sequence[File]) -> Sequence[Sent]:
            return [await self._send_file(address, files[0], file_name(entry, wanted), reply_to)]

        return (await self._documents.send([asset], load, send))[0]

    async def attachment(self, address: Address, content: bytes, name: str, message: Message) -> Sent:
        """Send *content* as a file called *name*, with *message* as its caption."""
        return await self._bot.send_document(
            address.chat_id,
            content,
            filename=name,
            caption=message.text.html or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=_thread(address),
            disable_notification=self._quiet,
            reply_markup=keyboard(message.buttons),
        )

    async def edit_text(self, place: Place, message: Message) -> None:
        """Change the text and the buttons of the message at *place*; nothing happens when it says that already."""
        try:
            await self._bot.edit_message_text(
                message.text.html,
                place.chat_id,
                place.message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message.buttons),
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if not is_benign(error):
                raise

    async def edit_caption(self, place: Place, message: Message) -> None:
        """Change what stands under the picture at *place*, and its buttons; the picture stays."""
        try:
            await self._bot.edit_message_caption(
                place.chat_id,
                place.message_id,
                caption=message.text.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message.buttons),
            )
        except BadRequest as error:
            if not is_benign(error):
                raise

    async def edit_buttons(self, sent: Sent, rows: Rows) -> None:
        """Change the buttons of *sent* and nothing else; nothing happens when it has these already."""
        try:
            await sent.edit_reply_markup(keyboard(rows))
        except BadRequest as error:
            if not is_benign(error):
                raise

    async def edit_picture(self, sent: Sent, asset: Asset, rows: Rows) -> None:
        """Swap the picture of *sent* and its buttons; the caption stays as it is, whoever wrote it."""

        async def edit(files: Sequence[File]) -> Sequence[Sent]:
            media = InputMediaPhoto(files[0], caption=sent.caption, caption_entities=sent.caption_entities)
            edited = await sent.edit_media(media, reply_markup=keyboard(rows))
            return [edited] if isinstance(edited, Sent) else []

        try:
            await self._pictures.send([asset], self._shelf.read, edit)
        except BadRequest as error:
            if not is_benign(error):
                raise

    async def edit_photo(self, place: Place, asset: Asset, message: Message) -> None:
        """Change the picture at *place*, its caption and its buttons; only the text where photos are not allowed."""

        async def edit(files: Sequence[File]) -> Sequence[Sent]:
            media = InputMediaPhoto(files[0], caption=message.text.html, parse_mode=ParseMode.HTML)
            edited = await self._bot.edit_message_media(
                media, place.chat_id, place.message_id, reply_markup=keyboard(message.buttons)
            )
            return [edited] if isinstance(edited, Sent) else []

        try:
            await self._pictures.send([asset], self._shelf.read, edit)
        except (BadRequest, Forbidden) as error:
            if takes_no_photos(error):
                await self.edit_text(place, without_picture(message))
            elif not is_benign(error):
                raise

    async def remove(self, place: Place) -> None:
        """Take the message at *place* away."""
        await self._bot.delete_message(place.chat_id, place.message_id)

    async def _cover(self, album: Album, wanted: Appearance) -> Asset | None:
        if not album.covered:
            return None
        return await self._shelf.find_cover(
            album.month, album.covered, wanted.canvas, language=spoken(), theme=wanted.theme
        )

    async def _collages(self, album: Album, wanted: Appearance) -> list[Asset]:
        return [
            await self._shelf.get(entry, wanted.canvas, language=entry.spoken_in(spoken()), theme=wanted.theme)
            for entry in album.entries
        ]

    async def _send_text(
        self, address: Address, message: Message, reply_to: int | None, markup: dict[str, object] | None
    ) -> Place:
        # Most of what we send are texts, and building the library's own values of a question and its answer takes
        # longer than sending the one and reading the other.
        said = {
            "chat_id": address.chat_id,
            "text": message.text.html,
            "parse_mode": ParseMode.HTML,
            "message_thread_id": _thread(address),
            "disable_notification": self._quiet,
            "reply_markup": markup,
            "reply_parameters": _reply_json(reply_to),
            "link_preview_options": _NO_PREVIEW_JSON,
        }
        told = {name: value for name, value in said.items() if value is not None}
        return _place_of(await self._say("sendMessage", told))

    async def _say(self, method: str, said: dict[str, object]) -> Any:
        """Make a request at the pace of everything that is sent, in the short way of our transport."""
        pace = self._bot.rate_limiter if isinstance(self._bot, ExtBot) else None
        if pace is None:
            return await self._post(method, said)
        return await pace.process_request(self._post, (method, said), {}, method, said, None)

    async def _post(self, method: str, said: dict[str, object]) -> Any:
        transport = self._bot.request
        if not isinstance(transport, Transport):
            raise TypeError("the bot has to be built with our own transport")
        return await transport.say(f"{self._bot.base_url}/{method}", said)

    async def _send_album(self, address: Address, files: Sequence[File]) -> Sequence[Sent]:
        if len(files) == 1:
            return [await self._send_photo(address, files[0], Message(Rich()))]
        # Without captions: the list that follows says more, and Telegram would show at most one of them.
        media = [InputMediaPhoto(file) for file in files]
        return await self._bot.send_media_group(
            address.chat_id,
            media,
            message_thread_id=_thread(address),
            disable_notification=self._quiet,
            allow_paid_broadcast=self._paid,
        )

    async def _send_file(self, address: Address, file: File, name: str, reply_to: int | None) -> Sent:
        return await self._bot.send_document(
            address.chat_id,
            file,
            filename=name,
            message_thread_id=_thread(address),
            disable_notification=self._quiet,
            reply_parameters=_reply(reply_to),
        )

    async def _send_photo(self, address: Address, file: File, message: Message) -> Sent:
        return await self._bot.send_photo(
            address.chat_id,
            file,
            caption=message.text.html or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=_thread(address),
            disable_notification=self._quiet,
            allow_paid_broadcast=self._paid,
            reply_markup=keyboard(message.buttons),
        )


def _place_of(sent: Any) -> Place:
    """Where a message stands that the server shows as it is on the wire."""
    return Place(sent["chat"]["id"], sent["message_id"])


def _thread(address: Address) -> int | None:
    # The General topic has no id of its own: it is addressed as the chat itself.
    return address.thread_id or None


def _reply(message_id: int | None) -> ReplyParameters | None:
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None


def _reply_json(message_id: int | None) -> dict[str, object] | None:
    reply = _reply(message_id)
    return reply.to_dict() if reply else None
