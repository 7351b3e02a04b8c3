package io.neffos.client;

import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Room;

/** A program with a client and nothing else: the one of the README. */
final class StandaloneChat {

	private StandaloneChat() {
	}

	public static void main(String[] args) {
		Namespaces namespaces = Namespaces.builder()
			.namespace("chat",
					(events) -> events.on("said", (ns, msg) -> System.out.println(msg.room() + ": " + msg.text())))
			.build();
		NeffosClient client = NeffosClient.builder().uri(args[0]).namespaces(namespaces).dial();
		NSConn chat = client.connect("chat");
		Room lobby = chat.joinRoom("lobby");
		lobby.emit("said", "hello");
		System.out.println(chat.ask("echo", "still there?").text());
		lobby.leave();
		client.close();
		client.closed().join();
	}

}
