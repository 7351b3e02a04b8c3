package io.neffos.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.NSConn;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A client that waits for the server to connect a namespace (protocol section 7.2). */
class WaitConnectTests {

	private final EventLog log = new EventLog();

	private final CompletableFuture<Throwable> inHandler = new CompletableFuture<>();

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
	}).namespace("news", (events) -> {
	}), (client) -> client.namespace("chat", (events) -> events.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> {
		this.mayEnd.await(20, TimeUnit.SECONDS);
		this.log.event(ns, msg);
	}).on("wait", (ns, msg) -> {
		try {
			ns.conn().waitConnect("news");
		}
		catch (Throwable ex) {
			this.inHandler.complete(ex);
		}
	})).namespace("news", (events) -> {
	}));

	@AfterEach
	void stop() {
		this.mayEnd.countDown();
		this.sides.close();
	}

	@Test
	void completesWhenTheServerHasConnectedAndTheHandlersKnow() throws Exception {
		NeffosClient client = this.sides.dial();
		CompletableFuture<NSConn> waiting = client.conn().waitConnectAsync("chat");
		this.sides.onServer(client).connect("chat");
		assertThat(waiting).isNotDone();
		this.mayEnd.countDown();
		assertThat(waiting.get(20, TimeUnit.SECONDS)).isSameAs(client.namespace("chat"));
		this.log.saw("NamespaceConnected");
		this.sides.expectNothingLeft(client);
	}

	@Test
	void completesAtOnceWhenConnectedAlready() {
		this.mayEnd.countDown();
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		assertThat(client.waitConnect("chat", Duration.ofSeconds(20))).isSameAs(chat);
		assertThat(client.conn().waitConnectAsync("chat")).isCompletedWithValue(chat);
		this.sides.expectNothingLeft(client);
	}

	@Test
	void completesWhenTheClientItselfConnects() throws Exception {
		this.mayEnd.countDown();
		NeffosClient client = this.sides.dial();
		CompletableFuture<NSConn> waiting = client.conn().waitConnectAsync("chat");
		CompletableFuture<NSConn> another = client.conn().waitConnectAsync("chat");
		NSConn chat = client.connect("chat");
		assertThat(waiting.get(20, TimeUnit.SECONDS)).isSameAs(chat);
		assertThat(another.get(20, TimeUnit.SECONDS)).isSameAs(chat);
	}

	@Test
	void endsWhenNobodyConnects() {
		NeffosClient client = this.sides.dial();
		assertThatExceptionOfType(AskTimeoutException.class)
			.isThrownBy(() -> client.waitConnect("chat", Duration.ofMillis(20)))
			.withMessage("No end of the wait for namespace chat on connection c1 within 20 ms");
		assertThat(this.sides.line().wire()).containsExactly("--> M", "<-- Ac1");
		this.sides.expectNothingLeft(client);
	}

	@Test
	void endsWithTheConnection() {
		NeffosClient client = this.sides.dial((builder) -> builder.reconnect(ReconnectPolicy.NEVER));
		CompletableFuture<NSConn> waiting = client.conn().waitConnectAsync("chat");
		this.sides.onServer(client).close();
		assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOf(WriteClosedException.class)
			.hasMessage("The connection closed before the namespace was connected");
		assertThatExceptionOfType(WriteClosedException.class)
			.isThrownBy(() -> client.waitConnect("chat", Duration.ofSeconds(20)))
			.withMessage("The connection is closed");
		client.closed().join();
		this.sides.expectNothingLeft(client);
	}

	@Test
	void undeclaredNamespaceIsAMistake() {
		NeffosClient client = this.sides.dial();
		assertThatExceptionOfType(BadNamespaceException.class).isThrownBy(() -> client.conn().waitConnect("nowhere"))
			.withMessageContaining("'nowhere' is not declared on this side");
		this.sides.expectNothingLeft(client);
	}

	@Test
	void handlersMayNotWait() throws Exception {
		this.mayEnd.countDown();
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		this.sides.onServer(chat).emit("wait", null);
		assertThat(this.inHandler.get(20, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("A handler cannot wait");
		this.sides.synchronize(chat);
		this.sides.expectNothingLeft(client);
	}

}
