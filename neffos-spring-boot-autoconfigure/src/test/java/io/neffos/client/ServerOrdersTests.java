package io.neffos.client;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the server makes a client do, and client handlers that fail meanwhile. */
class ServerOrdersTests {

	private final BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
	}).namespace("unknown", (events) -> {
	}), this::failing);

	private final LogTap log = new LogTap();

	private volatile String failing = "";

	private void failing(Namespaces.Builder client) {
		client.namespace("chat", (events) -> {
			for (String event : List.of(SystemEvents.NAMESPACE_CONNECT, SystemEvents.NAMESPACE_CONNECTED,
					SystemEvents.NAMESPACE_DISCONNECT, SystemEvents.ROOM_JOIN, SystemEvents.ROOM_JOINED,
					SystemEvents.ROOM_LEAVE, SystemEvents.ROOM_LEFT)) {
				events.on(event, (ns, msg) -> {
					if (this.failing.equals(event) || this.failing.equals("everything")) {
						throw new IllegalStateException("a secret");
					}
				});
			}
		});
	}

	@AfterEach
	void stop() {
		this.sides.close();
		this.log.close();
	}

	@Test
	void failureOfADecidingHandlerIsARefusalWithoutItsText() {
		NeffosClient client = this.sides.dial();
		Conn onServer = this.sides.onServer(client);
		this.failing = SystemEvents.NAMESPACE_CONNECT;
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> onServer.connect("chat"))
			.withMessage("internal error");
		assertThat(onServer.namespaces()).isEmpty();
		assertThat(client.conn().namespaces()).isEmpty();
		this.failing = SystemEvents.ROOM_JOIN;
		NSConn chat = onServer.connect("chat");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> chat.joinRoom("a"))
			.withMessage("internal error");
		assertThat(chat.rooms()).isEmpty();
		assertThat(client.namespace("chat").rooms()).isEmpty();
		assertThat(this.log.texts()).hasSize(2).allMatch((text) -> text.startsWith("Handler failed [conn=c1"));
		this.sides.synchronize(client.namespace("chat"));
		this.sides.expectNothingLeft(client);
	}

	@Test
	void failureOfOtherHandlersStopsNothing() {
		NeffosClient client = this.sides.dial();
		Conn onServer = this.sides.onServer(client);
		this.failing = SystemEvents.NAMESPACE_CONNECTED;
		NSConn chat = onServer.connect("chat");
		this.failing = SystemEvents.ROOM_JOINED;
		chat.joinRoom("a");
		chat.joinRoom("b");
		this.sides.synchronize(client.namespace("chat"));
		this.failing = "everything";
		chat.room("a").leave();
		assertThat(client.namespace("chat").rooms()).hasSize(1);
		chat.disconnect();
		assertThat(client.conn().namespaces()).isEmpty();
		assertThat(onServer.namespaces()).isEmpty();
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
		this.sides.expectNothingLeft(client);
	}

	@Test
	void namespaceThatTheClientDoesNotDeclare() {
		NeffosClient client = this.sides.dial();
		assertThatThrownBy(() -> this.sides.onServer(client).connectAsync("unknown").get(20, TimeUnit.SECONDS))
			.isInstanceOf(ExecutionException.class)
			.hasRootCauseMessage("bad namespace");
		assertThat(this.sides.frames()).endsWith("<-- T;unknown;;_OnNamespaceConnect;0;0;",
				"--> T;unknown;;_OnNamespaceConnect;1;0;bad namespace");
		this.sides.expectNothingLeft(client);
	}

}
