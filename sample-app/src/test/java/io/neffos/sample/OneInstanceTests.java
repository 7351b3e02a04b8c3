package io.neffos.sample;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OneInstanceTests {

	@Test
	void withoutBrokerTheSampleStartsAndIsUp() throws Exception {
		try (Instance alone = new Instance(List.of())) {
			assertThat(alone.get("/actuator/health")).startsWith("{\"components\":")
				.contains("\"status\":\"UP\"")
				.doesNotContain("redis", "neffosExchange", "DOWN");
			alone.visitor("ann").ask("where", null).expect(TwoInstancesTests.place("", ""));
		}
	}

}
