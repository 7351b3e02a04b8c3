package io.neffos.engine;

import java.nio.charset.StandardCharsets;

import io.neffos.BodyCodec;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.Overflow;
import io.neffos.SystemEvents;
import io.neffos.protocol.Frame;
import io.neffos.testkit.TestServer;
import io.neffos.transport.Expendable;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What may be dropped of what is sent. */
class OutgoingTests {

	private static final Message PRICE = Message.builder().namespace("chat").room("a").event("price").body("1").build();

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOSE")
	void anEventMayBeDropped(Overflow overflow) {
		WireFrame frame = Outgoing.event(PRICE, BodyCodec.none(), overflow);
		assertThat(frame.text()).isEqualTo(";chat;a;price;0;0;1");
		Expendable rule = rule(PRICE, overflow);
		assertThat(rule).isNotNull();
		assertThat(rule.namespace()).isEqualTo("chat");
		assertThat(Outgoing.overflow(rule.policy())).isEqualTo(overflow);
		assertThat(rule.key() != null).isEqualTo(overflow == Overflow.CONFLATE);
		assertThat(rule(Message.nativeMessage("1"), overflow)).isNotNull();
	}

	@ParameterizedTest
	@EnumSource
	void whatIsNoEventMayNotBeDropped(Overflow overflow) {
		assertThat(rule(PRICE.toBuilder().error("no").build(), overflow)).isNull();
		assertThat(rule(PRICE.event(SystemEvents.ROOM_LEAVE), overflow)).isNull();
		assertThat(Outgoing.encode(PRICE, "$1", BodyCodec.none()).expendable()).isNull();
		assertThat(rule(PRICE, Overflow.CLOSE)).isNull();
	}

	@Test
	void messagesAboutTheSameHaveTheSameKey() {
		Object key = key(PRICE);
		assertThat(key(PRICE.body("2").binary(true))).isEqualTo(key);
		assertThat(key(PRICE.namespace("other"))).isNotEqualTo(key);
		assertThat(key(PRICE.room("b"))).isNotEqualTo(key);
		assertThat(key(PRICE.event("volume"))).isNotEqualTo(key);
		assertThat(key(PRICE.key("ACME"))).isNotEqualTo(key);
		assertThat(key(PRICE.key("ACME"))).isEqualTo(key(PRICE.key("ACME").body("3").event("price")));
		assertThat(key(PRICE.key("ACME").key(null))).isEqualTo(key);
	}

	@Test
	void aRelayedMessageMayBeDroppedToo() {
		Frame frame = Frame.request("", "chat", "a", "price", "1".getBytes(StandardCharsets.UTF_8), false);
		WireFrame relayed = Outgoing.relay(frame, Overflow.CONFLATE);
		assertThat(relayed.text()).isEqualTo(";chat;a;price;0;0;1");
		assertThat(relayed.expendable()).isEqualTo(rule(PRICE, Overflow.CONFLATE));
		assertThat(Outgoing.relay(frame, Overflow.CLOSE).expendable()).isNull();
	}

	@Test
	void aNamespaceChoosesForItselfOrLeavesItToTheServer() {
		EngineSettings settings = TestServer.settings(EngineSettings.DEFAULTS).overflow(Overflow.DROP_NEWEST).build();
		assertThat(settings.overflow(null)).isEqualTo(Overflow.DROP_NEWEST);
		assertThat(settings.overflow(Events.builder().build())).isEqualTo(Overflow.DROP_NEWEST);
		assertThat(settings.overflow(Events.builder().overflow(Overflow.CLOSE).build())).isEqualTo(Overflow.CLOSE);
	}

	private static @Nullable Expendable rule(Message message, Overflow overflow) {
		return Outgoing.event(message, BodyCodec.none(), overflow).expendable();
	}

	private static @Nullable Object key(Message message) {
		Expendable rule = rule(message, Overflow.CONFLATE);
		assertThat(rule).isNotNull();
		return rule.key();
	}

}
