package io.neffos.test.app;

import io.neffos.NeffosServer;
import io.neffos.test.AutoConfigureNeffosTester;
import io.neffos.test.NeffosTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link AutoConfigureNeffosTester} without a web server. */
@SpringBootTest
@AutoConfigureNeffosTester
class MockEnvironmentTests {

	@Autowired
	private NeffosTester tester;

	@Autowired
	private NeffosServer server;

	@Test
	void wholeApplicationIsThereInMemory() {
		assertThat(this.server.namespaces()).containsExactlyInAnyOrder("chat", "plain");
		this.tester.as(() -> "ann").connect("chat").ask("whoami", null).expect("ann 2");
		this.tester.connect("chat")
			.join("lobby")
			.emit("say", new Chat.Line("ANN"))
			.expect("said", new Chat.Line("hello ann"));
	}

}
