package io.neffos.replay;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.neffos.HandshakeInfo;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.engine.Side;
import io.neffos.testkit.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Plays the clients of a conversation, and the application of the server, for ours. */
final class ServerReplay extends Replay {

	private static final Pattern MEMBERS = Pattern.compile("members of (\\S+): (\\d+)");

	private final Tokens tokens = Tokens.ofServer();

	private final LabServer lab;

	private final TestServer server;

	private final ServerCalls calls;

	ServerReplay(Transcript transcript) {
		super(Side.SERVER);
		this.lab = new LabServer(transcript.scenario(), journal(), this::neffos);
		this.server = new TestServer(this.lab.namespaces());
		this.calls = new ServerCalls(journal(), this.server.server());
	}

	private NeffosServer neffos() {
		return this.server.server();
	}

	@Override
	void awaitEnd() {
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
			assertThat(neffos().connectionCount()).isZero();
			assertThat(this.server.timers()).isZero();
		});
		this.server.close();
	}

	@Override
	void open(Step step) {
		String name = step.conn();
		Map<String, List<String>> headers = new HashMap<>();
		headers.put(Journal.NAME, List.of(name));
		step.source()
			.path("headers")
			.propertyStream()
			.forEach((header) -> headers.put(header.getKey(), List.of(header.getValue().asString())));
		HandshakeInfo handshake = new HandshakeInfo(URI.create("ws://localhost/neffos"), headers, null, null, null);
		String id = name.contains("#") ? name.substring(0, name.indexOf('#')) : name;
		Line line = add(name, this.tokens);
		line.start(this.server.server().open(line, handshake, id));
	}

	@Override
	void call(Step step, List<Step> later) {
		this.calls.make(step, this.lab.conn("c1"), expires(later));
	}

	@Override
	void info(Step step) throws InterruptedException {
		Matcher matcher = MEMBERS.matcher(step.text());
		if (matcher.matches()) {
			RoomInfo room = neffos().room("default", matcher.group(1));
			assertThat((room != null) ? room.size() : 0).as(context(step))
				.isEqualTo(Integer.parseInt(matcher.group(2)));
		}
		else if (step.text().startsWith("OnConnect returns")) {
			this.lab.goOn();
		}
		else {
			compare(step);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

}
