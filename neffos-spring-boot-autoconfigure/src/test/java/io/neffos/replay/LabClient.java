package io.neffos.replay;

import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.SystemEvents;
import org.jspecify.annotations.Nullable;

/** The handlers of the Go client that the conversations were recorded with. */
final class LabClient {

	private final String scenario;

	private final Journal journal;

	LabClient(String scenario, Journal journal) {
		this.scenario = scenario;
		this.journal = journal;
	}

	Namespaces namespaces() {
		Namespaces.Builder builder = Namespaces.builder();
		switch (this.scenario) {
			case "any-event" -> builder.namespace("default", (events) -> events.on(SystemEvents.ANY_EVENT, this::log));
			case "native-only" -> builder.namespace("", (events) -> events.on(SystemEvents.NATIVE_MESSAGE, this::log));
			case "native-mixed", "odd-answers" -> builder.namespace("default", this::declare)
				.namespace("", (events) -> declare(events.on(SystemEvents.NATIVE_MESSAGE, this::log)));
			default -> builder.namespace("default", this::declare)
				.namespace("other", this::declare)
				.namespace("private", this::declare)
				.namespace("stuck", this::declare)
				.namespace("unknown", this::declare);
		}
		return builder.build();
	}

	private void declare(Events.Builder events) {
		for (String event : LabServer.SYSTEM_EVENTS) {
			events.on(event, this::system);
		}
		events.on("note", this::log).on("news", this::log).onAsk("question", this::answer);
	}

	private void log(NSConn ns, Message msg) {
		this.journal.event(ns.conn(), msg);
	}

	private void system(NSConn ns, Message msg) {
		log(ns, msg);
		if (msg.event().equals(SystemEvents.ROOM_JOIN) && msg.room().startsWith("cdeny")) {
			throw new RefusedException("client refuses the room");
		}
		if (msg.event().equals(SystemEvents.ROOM_JOIN) && msg.room().startsWith("ldeny")) {
			throw new RefusedException("client handler refuses after the server accepted");
		}
	}

	private @Nullable Object answer(NSConn ns, Message msg) {
		log(ns, msg);
		return switch (msg.text()) {
			case "quiet?" -> null;
			case "empty?" -> Reply.empty();
			case "emptyerror?" -> throw new RefusedException("");
			case "fail?" -> throw new RefusedException("client handler failed");
			default -> Reply.of("I am " + Journal.name(ns.conn()));
		};
	}

}
