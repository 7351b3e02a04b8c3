package io.neffos.test.app;

import java.net.URI;

import io.neffos.test.AutoConfigureNeffosTester;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestConn;
import io.neffos.test.TestNamespace;
import io.neffos.test.TestRoom;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link AutoConfigureNeffosTester} with a web server, and a protected one. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "server.servlet.context-path=/app", "spring.mvc.servlet.path=/mvc", "neffos.path=/live",
				"neffos.handshake.subprotocols=v2", "spring.security.user.name=ann",
				"spring.security.user.password=secret" })
@AutoConfigureNeffosTester
class PortTests {

	private static final String ANN = "Basic YW5uOnNlY3JldA==";

	@Autowired
	private NeffosTester tester;

	@LocalServerPort
	private int port;

	@Test
	void membersOfARoomHearEachOther() {
		NeffosTester anns = this.tester.header("Authorization", ANN);
		TestRoom one = anns.connect("chat").join("lobby");
		TestRoom two = anns.connect("chat").join("lobby");
		one.emit("say", new Chat.Line("ANN"));
		one.expect("said", new Chat.Line("hello ann"));
		two.expect("said", new Chat.Line("hello ann"));
		anns.expectNoMore();
		one.leave();
		two.emit("any", "relayed").expect("any", "relayed");
		one.namespace().expectNoMore();
	}

	@Test
	void handshakeIsReal() {
		this.tester.expectHttpStatus(401);
		TestNamespace ns = this.tester.header("Authorization", ANN).subprotocol("v2").connect("chat");
		assertThat(ns.ask("whoami", null).text()).startsWith("ann ");
		assertThat(ns.conn().subprotocol()).isEqualTo("v2");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.tester::dial)
			.withMessageContaining("ws://localhost:" + this.port + "/app/mvc/live")
			.withMessageContaining("401");
	}

	@Test
	void connectionsEnd() {
		TestConn conn = NeffosTester.at(URI.create("ws://localhost:" + this.port + "/app/mvc/live"))
			.header("Authorization", ANN)
			.dial();
		assertThatIllegalStateException().isThrownBy(conn::vanish).withMessageContaining("in memory");
		conn.close();
		conn.expectClosed(1000);
	}

	@Test
	void whoConnectsIsTheServersBusiness() {
		assertThatIllegalStateException().isThrownBy(() -> this.tester.as(() -> "ann").dial())
			.withMessageContaining("header");
	}

}
