package io.neffos.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.Conn;
import io.neffos.NSConn;
import org.jspecify.annotations.Nullable;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What operations that have ended may have left behind inside a connection. */
public final class Leftovers {

	private Leftovers() {
	}

	/**
	 * No ask waits, nothing is under way, and the rooms are counted right, or will be
	 * when the threads that end things have done so: who waits for a future may go on
	 * before the tables are cleared. A timeout would take longer.
	 */
	public static void none(Conn conn) {
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(of(conn))
				.as("left behind in " + conn + (conn.isClient() ? " of the client" : " of the server"))
				.isEmpty());
	}

	private static List<String> of(Conn conn) {
		List<String> left = new ArrayList<>();
		Integer asks = ReflectionTestUtils.invokeMethod(field(field(conn, "asks"), "pending"), "size");
		add(left, "asks", (asks != null) ? asks : 0);
		Object namespaces = field(conn, "namespaces");
		add(left, "connects", size(field(namespaces, "connecting")));
		add(left, "waits", size(field(field(namespaces, "waiters"), "waiting")));
		int rooms = 0;
		for (NSConn ns : conn.namespaces()) {
			add(left, "joins in " + ns.namespace(), size(field(field(ns, "rooms"), "joining")));
			rooms += ns.rooms().size();
		}
		add(left, "rooms counted", ((AtomicInteger) field(conn, "rooms")).get() - rooms);
		return left;
	}

	private static Object field(Object target, String name) {
		Object value = ReflectionTestUtils.getField(target, name);
		assertThat(value).isNotNull();
		return value;
	}

	private static int size(@Nullable Object table) {
		return (table instanceof Map<?, ?> map) ? map.size() : ((Collection<?>) table).size();
	}

	private static void add(List<String> left, String what, int count) {
		if (count != 0) {
			left.add(count + " " + what);
		}
	}

}
