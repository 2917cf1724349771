"""A mail server at loopback that behaves as it is told: it takes letters, keeps silent, is busy, refuses, or takes one and never says so."""

from __future__ import annotations

import email
import socketserver
import threading
import time
from email.message import Message


class MailServer(socketserver.ThreadingTCPServer):
    """`mood`: good, silent, busy (450), full (552), no_such_mailbox (550), stranger (535 at sign-in), swallowing (takes the letter, never answers)."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, mood: str = "good", port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.mood, self.letters, self.calls = mood, list[Message](), 0
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> MailServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.calls += 1
        if self.server.mood == "silent":
            time.sleep(30)
            return
        self.say("220 loopback")
        while line := self.rfile.readline():
            words = line.decode().upper().strip()
            if words.startswith("EHLO"):
                self.say("250-loopback\r\n250 AUTH PLAIN")
            elif words.startswith("AUTH"):
                self.say("535 who are you" if self.server.mood == "stranger" else "235 welcome")
            elif words.startswith("RCPT"):
                self.say({"busy": "450 later", "no_such_mailbox": "550 nobody"}.get(self._mood(words), "250 ok"))
            elif words == "DATA":
                self.say("354 go on")
                self._take()
            elif words == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def _mood(self, words: str) -> str:
        return "good" if "GOOD@" in words else self.server.mood

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
            lines.append(line)
        if self.server.mood == "full":
            self.say("552 no room")
            return
        self.server.letters.append(email.message_from_bytes(b"".join(lines)))
        if self.server.mood == "swallowing":
            time.sleep(30)
        self.say("250 taken")
