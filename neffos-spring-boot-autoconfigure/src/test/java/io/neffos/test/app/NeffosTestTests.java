package io.neffos.test.app;

import java.util.List;
import java.util.Map;

import io.neffos.NeffosServer;
import io.neffos.test.NeffosTest;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestMessage;
import io.neffos.test.TestRoom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;

/** Tests for {@link NeffosTest} with one namespace and a mock. */
@NeffosTest(Chat.class)
class NeffosTestTests {

	@Autowired
	private NeffosTester tester;

	@Autowired
	private NeffosServer server;

	@Autowired
	private ApplicationContext context;

	@MockitoBean
	private Greetings greetings;

	@Test
	void onlyTheNamespaceUnderTestAndWhatServesItIsThere() {
		assertThat(this.server.namespaces()).containsExactly("chat");
		assertThat(this.context.getBeanNamesForType(Plain.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(ShortIds.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(HandlerMapping.class)).isEmpty();
		assertThat(this.context.getEnvironment().getProperty("local.server.port")).isNull();
	}

	@Test
	void mockDoesTheWork() {
		given(this.greetings.greet("Ann")).willReturn("servus Ann");
		TestRoom ann = this.tester.connect("chat").join("lobby");
		TestRoom bob = this.tester.connect("chat").join("lobby");
		ann.emit("say", new Chat.Line("Ann"));
		bob.expect("said", "{\"text\":\"servus Ann\"}");
		ann.expect("said", new Chat.Line("servus Ann"));
		this.tester.expectNoMore();
		verify(this.greetings).greet("Ann");
	}

	@Test
	void bodiesAreValidated() {
		TestRoom lobby = this.tester.connect("chat").join("lobby");
		lobby.ask("say", new Chat.Line(" ")).expectRefused("invalid payload");
	}

	@Test
	void bodiesAreComparedAsTheCodecWritesThem() {
		TestRoom lobby = this.tester.connect("chat").join("lobby");
		lobby.emit("relayed", "[{\"text\":\"a\"},{\"text\":\"b\"}]");
		lobby.expect("relayed")
			.body(List.of(new Chat.Line("a"), new Chat.Line("b")))
			.body(new Chat.Line[] { new Chat.Line("a"), new Chat.Line("b") });
		lobby.emit("relayed", "{ \"b\" : 1, \"a\" : 2 }").expect("relayed", Map.of("a", 2, "b", 1));
		lobby.emit("relayed", "[{\"text\":\"a\"}]");
		TestMessage other = lobby.expect("relayed");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> other.body(List.of(new Chat.Line("b"))));
	}

	@Test
	void userIsWhomTheTestSays() {
		this.tester.connect("chat").expectRefusedJoin("vip", "vip room is restricted");
		NeffosTester ann = this.tester.as(() -> "ann");
		ann.connect("chat").join("vip");
		assertThat(ann.connect("chat").ask("whoami", null).text()).isEqualTo("ann 2");
	}

	@RepeatedTest(3)
	void eachTestFindsNobody() {
		this.tester.connect("chat").join("lobby");
		assertThat(this.server.room("chat", "lobby").size()).isEqualTo(1);
		assertThat(this.server.connectionCount()).isEqualTo(1);
	}

}
