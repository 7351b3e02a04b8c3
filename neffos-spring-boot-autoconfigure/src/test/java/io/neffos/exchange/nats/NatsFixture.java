package io.neffos.exchange.nats;

import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/** Exchanges to test with. */
public final class NatsFixture {

	static final int BUFFER = 512 * 1024;

	private NatsFixture() {
	}

	public static NatsExchange exchange(String host, int port) {
		return exchange(settings("nats://" + host + ":" + port, NatsSettings.Login.NONE, null, false));
	}

	static NatsExchange exchange(NatsSettings settings) {
		return new NatsExchange(settings, (task) -> {
			Thread thread = new Thread(task, "test-exchange");
			thread.setDaemon(true);
			return thread;
		});
	}

	static NatsSettings settings(String address, NatsSettings.Login login, @Nullable SSLContext ssl, boolean patient) {
		return new NatsSettings(List.of(address), login, ssl, "test", Duration.ofSeconds(2), Duration.ofSeconds(2),
				4 * 1024 * 1024, patient);
	}

	/** With a small buffer. */
	static NatsExchange small(String host, int port) {
		return exchange(new NatsSettings(List.of("nats://" + host + ":" + port), NatsSettings.Login.NONE, null, "test",
				Duration.ofSeconds(2), Duration.ofSeconds(2), BUFFER, false));
	}

}
