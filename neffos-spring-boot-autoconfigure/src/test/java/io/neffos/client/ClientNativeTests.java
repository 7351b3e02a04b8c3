package io.neffos.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.SystemEvents;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that are whole frames, mixed with others or alone (protocol section 12). */
class ClientNativeTests {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	private final CompletableFuture<NSConn> waited = new CompletableFuture<>();

	private final BothSides sides = new BothSides((builder) -> mixed(builder, this.serverLog),
			(builder) -> mixed(builder, this.clientLog));

	private final BothSides only = new BothSides((builder) -> nativeOnly(builder, this.serverLog),
			(builder) -> nativeOnly(builder, this.clientLog)
				.onConnect((conn) -> conn.waitConnectAsync("").thenAccept(this.waited::complete)));

	private static void mixed(Namespaces.Builder builder, EventLog log) {
		nativeOnly(builder, log).namespace("chat", (events) -> events.on("say", (ns, msg) -> log.add(msg.text())));
	}

	private static Namespaces.Builder nativeOnly(Namespaces.Builder builder, EventLog log) {
		return builder.namespace("",
				(events) -> events.on(SystemEvents.NATIVE_MESSAGE, (ns, msg) -> log.add("native " + msg.text())));
	}

	@AfterEach
	void stop() {
		this.sides.close();
		this.only.close();
	}

	@Test
	void mixedWithOthers() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		assertThat(client.write(Message.nativeMessage("too early"))).isFalse();
		client.connect("");
		assertThat(client.write(Message.nativeMessage("A;b"))).isTrue();
		chat.emit("say", "1");
		NSConn onServer = this.sides.onServer(chat);
		assertThat(onServer.conn().write(Message.nativeMessage("Hello"))).isTrue();
		onServer.emit("say", "2");
		this.sides.synchronize(chat);
		this.serverLog.saw("native A;b", "1");
		this.clientLog.saw("native Hello", "2");
		assertThat(this.sides.frames()).contains("--> A;b", "<-- Hello");
		this.sides.expectNothingLeft(client);
	}

	@Test
	void nativeOnlyNeedsNoAcknowledgement() throws Exception {
		NeffosClient client = this.only.dial();
		assertThat(client.isConnected()).isTrue();
		assertThat(client.namespace("")).isNotNull();
		assertThat(client.write(Message.nativeMessage("M"))).isTrue();
		this.serverLog.awaits("native M");
		this.only.server().server().forEachConn((conn) -> conn.write(Message.nativeMessage("A$1;x;;y;0;0;z")));
		this.clientLog.awaits("native A$1;x;;y;0;0;z");
		assertThat(this.only.line().wire()).containsExactly("--> M", "<-- A$1;x;;y;0;0;z");
		assertThat(this.waited.get(20, TimeUnit.SECONDS)).isSameAs(client.namespace(""));
	}

}
