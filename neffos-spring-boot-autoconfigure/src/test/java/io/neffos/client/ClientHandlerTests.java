package io.neffos.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client's handlers: one at a time, in order (B10), and what is kept with a connection.
 */
class ClientHandlerTests {

	private static final int MANY = 500;

	private final EventLog log = new EventLog();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
	}).namespace("news", (events) -> {
	}), (client) -> {
		for (String name : List.of("chat", "news")) {
			client.namespace(name, (events) -> events.on("count", (ns, msg) -> {
				this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
				this.log.add(msg.text());
				LockSupport.parkNanos(1);
				this.running.decrementAndGet();
			}));
		}
	});

	@AfterEach
	void stop() {
		this.sides.close();
	}

	@Test
	void oneAtATimeInTheOrderOfTheServer() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		NSConn news = client.connect("news");
		NSConn chatOnServer = this.sides.onServer(chat);
		NSConn newsOnServer = this.sides.onServer(news);
		for (int i = 0; i < MANY; i++) {
			((i % 3 == 0) ? newsOnServer : chatOnServer).emit("count", String.valueOf(i));
		}
		this.sides.synchronize(chat);
		assertThat(this.log.lines()).isEqualTo(IntStream.range(0, MANY).mapToObj(String::valueOf).toList());
		assertThat(this.most).hasValue(1);
	}

	@Test
	void attributesAreOfOneConnectionOnOneSide() {
		NeffosClient client = this.sides.dial();
		NeffosClient other = this.sides.dial();
		Conn conn = client.conn();
		conn.set("name", "value");
		assertThat(conn.increment("count")).isEqualTo(1);
		assertThat(conn.increment("count")).isEqualTo(2);
		assertThat(conn.decrement("count")).isEqualTo(1);
		assertThat(conn.get("name", String.class)).isEqualTo("value");
		assertThat(other.conn().get("name")).isNull();
		assertThat(this.sides.onServer(client).get("name")).isNull();
		assertThat(this.sides.onServer(client).isClient()).isFalse();
		conn.set("name", null);
		assertThat(conn.get("name")).isNull();
	}

}
