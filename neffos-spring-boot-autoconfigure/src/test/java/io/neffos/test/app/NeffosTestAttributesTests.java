package io.neffos.test.app;

import io.neffos.NeffosServer;
import io.neffos.test.NeffosTest;
import io.neffos.test.NeffosTester;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the attributes of {@link NeffosTest}. */
class NeffosTestAttributesTests {

	@Nested
	@NeffosTest(properties = "neffos.rooms.relay=false",
			includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Greetings.class))
	class AllNamespaces {

		@Autowired
		private NeffosTester tester;

		@Autowired
		private NeffosServer server;

		@Value("${neffos.rooms.relay}")
		private boolean relay;

		@Test
		void allAreThere() {
			assertThat(this.server.namespaces()).containsExactlyInAnyOrder("chat", "plain");
			assertThat(this.relay).isFalse();
			this.tester.connect("chat")
				.join("lobby")
				.emit("say", new Chat.Line("ANN"))
				.expect("said")
				.body(new Chat.Line("hello ann"));
		}

	}

	@Nested
	@NeffosTest(excludeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Chat.class),
			excludeAutoConfiguration = JacksonAutoConfiguration.class)
	class WithoutSome {

		@Autowired
		private NeffosServer server;

		@Autowired
		private ApplicationContext context;

		@Test
		void theyAreNotThere() {
			assertThat(this.server.namespaces()).containsExactly("plain");
			assertThat(this.context.getBeanNamesForType(tools.jackson.databind.json.JsonMapper.class)).isEmpty();
		}

	}

	@Nested
	@NeffosTest(useDefaultFilters = false)
	@Import({ Chat.class, Greetings.class })
	class WithoutDefaults {

		@Autowired
		private NeffosServer server;

		@Autowired
		private ApplicationContext context;

		@Test
		void onlyImportsAreThere() {
			assertThat(this.server.namespaces()).containsExactly("chat");
			assertThat(this.context.getBeanNamesForType(ShortIds.class)).isEmpty();
		}

	}

}
