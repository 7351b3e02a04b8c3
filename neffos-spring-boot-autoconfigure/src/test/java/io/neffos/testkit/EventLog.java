package io.neffos.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.SystemEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What handlers have seen, in order: {@code +} says local, {@code !} says forced. */
public final class EventLog {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	/** Log an event, as a handler. */
	public void event(NSConn ns, Message msg) {
		add(msg.event().replace("_On", "") + (msg.room().isEmpty() ? "" : " " + msg.room()) + (msg.isLocal() ? "+" : "")
				+ (msg.isForced() ? "!" : ""));
	}

	/** Log every system event of namespaces and rooms. */
	public Events.Builder system(Events.Builder events) {
		return events.on(SystemEvents.NAMESPACE_CONNECT, this::event)
			.on(SystemEvents.NAMESPACE_CONNECTED, this::event)
			.on(SystemEvents.NAMESPACE_DISCONNECT, this::event)
			.on(SystemEvents.ROOM_JOIN, this::event)
			.on(SystemEvents.ROOM_JOINED, this::event)
			.on(SystemEvents.ROOM_LEAVE, this::event)
			.on(SystemEvents.ROOM_LEFT, this::event);
	}

	public void add(String line) {
		this.lines.add(line);
	}

	public void clear() {
		this.lines.clear();
	}

	public List<String> lines() {
		return this.lines;
	}

	/** Exactly this was seen so far. */
	public void saw(String... expected) {
		assertThat(this.lines).containsExactly(expected);
	}

	/** Wait until exactly this was seen. */
	public void awaits(String... expected) {
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> saw(expected));
	}

}
