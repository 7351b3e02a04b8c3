package io.neffos.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.neffos.client.NeffosClient;
import io.neffos.client.ReconnectPolicy;
import io.neffos.engine.Side;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Plays the server of a conversation, and the application of its clients, for ours. */
final class ClientReplay extends Replay {

	private final ExecutorService handlers = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final Map<String, ClientCalls> clients = new HashMap<>();

	private final String scenario;

	ClientReplay(Transcript transcript) {
		super(Side.CLIENT);
		this.scenario = transcript.scenario();
		this.timer.setRemoveOnCancelPolicy(true);
	}

	@Override
	void open(Step step) {
		throw new IllegalArgumentException("A client dials when it is called: " + step);
	}

	@Override
	void call(Step step, List<Step> later) throws InterruptedException {
		String conn = step.conn();
		if (step.text().equals("Dial")) {
			Line line = add(conn, Tokens.ofClient());
			this.clients.put(conn,
					new ClientCalls(this.scenario, new Results(journal(), conn),
							NeffosClient.builder()
								.uri("ws://localhost/neffos")
								.header(Journal.NAME, conn)
								.namespaces(new LabClient(this.scenario, journal()).namespaces())
								.handlers(this.handlers)
								.timer(this.timer)
								.reconnect(ReconnectPolicy.NEVER)
								.dialer(new Dialled(line))));
		}
		if (step.text().equals("close")) {
			settle(conn);
		}
		Objects.requireNonNull(this.clients.get(conn)).make(step, later);
	}

	@Override
	void info(Step step) {
		throw new IllegalArgumentException("Nothing of this kind is known of clients: " + step);
	}

	@Override
	void awaitEnd() throws Exception {
		for (String conn : lines().keySet()) {
			settle(conn);
		}
		for (ClientCalls calls : this.clients.values()) {
			NeffosClient client = calls.client();
			if (client != null && client.state() != NeffosClient.State.CONNECTED) {
				client.closed().get(Journal.PATIENCE_SECONDS, TimeUnit.SECONDS);
				assertThat(client.conn().namespaces()).isEmpty();
			}
		}
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> assertThat(this.timer.getQueue()).isEmpty());
	}

	@Override
	public void close() {
		for (ClientCalls calls : this.clients.values()) {
			NeffosClient client = calls.client();
			if (client != null) {
				client.close();
			}
		}
		this.handlers.shutdown();
		this.timer.shutdownNow();
	}

	/** Opens the one connection of a client. */
	private record Dialled(Line line) implements Dialer {

		@Override
		public CompletableFuture<DialedSocket> dial(DialRequest request) {
			return CompletableFuture.completedFuture(this.line);
		}

		@Override
		public CompletableFuture<@Nullable Void> probe(DialRequest request) {
			throw new IllegalStateException("A client that does not come back has nothing to probe");
		}

	}

}
