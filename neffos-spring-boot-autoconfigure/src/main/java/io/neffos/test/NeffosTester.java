package io.neffos.test;

import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.function.Supplier;

import io.neffos.BodyCodec;
import io.neffos.HandshakeInfo;
import io.neffos.NeffosServer;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;

/**
 * Tests a server from the outside: opens connections, speaks to it as a client does, and
 * says what it expects.
 *
 * <pre class="code">
 * NeffosTester tester = NeffosTester.of(server);
 * TestRoom ann = tester.connect("chat").join("lobby");
 * TestRoom bob = tester.connect("chat").join("lobby");
 * ann.emit("say", "hello");
 * bob.expect("said", "hello");
 * tester.connect("chat").expectRefusedJoin("vip", "vip room is restricted");
 * tester.expectNoMore();
 * </pre>
 *
 * What is expected is waited for, at most as long as {@link #patience patience} lasts;
 * nothing waits for time to pass. An expectation that is not met throws an
 * {@link AssertionError} that says what was expected, what came in its place, and all
 * that was said on the connection. Messages are taken in the order in which they arrive
 * in a namespace of a connection: an expectation of one that is not the next fails at
 * once.
 * <p>
 * Requests of the server (to connect, to join, to leave, to disconnect) are answered with
 * yes, unless the test has said otherwise; asks of the application wait for the test to
 * {@linkplain TestNamespace#expectAsk answer}.
 * <p>
 * Immutable: the methods that set something return a changed copy, and copies share their
 * connections, which {@link #close()} closes. Safe for concurrent use, and meant to be a
 * bean.
 *
 * @since 0.1.0
 */
public final class NeffosTester implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Connections connections;

	private final Supplier<Link> link;

	private final DialSettings settings;

	private final Duration patience;

	private final BodyCodec codec;

	private NeffosTester(Connections connections, Supplier<Link> link, DialSettings settings, Duration patience,
			BodyCodec codec) {
		this.connections = connections;
		this.link = link;
		this.settings = settings;
		this.patience = patience;
		this.codec = codec;
	}

	/**
	 * A tester of a server in this process, without network; see {@link MemoryDialer}.
	 * @param server a server of this library
	 * @return a tester that sends and reads texts and bytes
	 * @throws IllegalArgumentException if connections in memory cannot be opened at this
	 * kind of server
	 */
	public static NeffosTester of(NeffosServer server) {
		Link link = Link.inMemory(MemoryDialer.to(server), server);
		return of(() -> link);
	}

	/**
	 * A tester of a server at an address.
	 * @param uri an address that begins with {@code ws} or {@code wss}
	 * @param dialer what opens connections
	 * @return a tester that sends and reads texts and bytes
	 */
	public static NeffosTester at(URI uri, Dialer dialer) {
		Link link = new Link(dialer, uri, null);
		return of(() -> link);
	}

	/**
	 * A tester of a server at an address, which is called with an HTTP client of the JDK
	 * as it comes: it trusts the certificates that the JVM trusts, and follows no
	 * redirects.
	 * @param uri an address that begins with {@code ws} or {@code wss}
	 * @return a tester that sends and reads texts and bytes
	 */
	public static NeffosTester at(URI uri) {
		return at(uri, Link.network());
	}

	/** A tester that asks where to dial each time it dials. */
	static NeffosTester of(Supplier<Link> link) {
		return new NeffosTester(new Connections(), link, DialSettings.NONE, PATIENCE, BodyCodec.none());
	}

	/**
	 * A tester whose connections are made as somebody. In memory only: over a network it
	 * is the server that finds out who connects, see {@link #header}.
	 * @param user who, or {@code null} for nobody
	 * @return a changed copy
	 */
	public NeffosTester as(@Nullable Principal user) {
		return with(this.settings.as(user));
	}

	/**
	 * A tester whose connections send one more header with the HTTP request.
	 * @param name its name
	 * @param value its value
	 * @return a changed copy
	 */
	public NeffosTester header(String name, String value) {
		return with(this.settings.header(name, value));
	}

	/**
	 * A tester whose connections send one more parameter in the address, as browsers do,
	 * which cannot send headers: {@code parameter("X-Websocket-Header-Token", "secret")}
	 * is the header {@code Token} where {@code neffos.handshake.header-parameters} says
	 * so. In memory nothing turns parameters into headers, and handlers find them in
	 * {@link HandshakeInfo#uri()}.
	 * @param name its name
	 * @param value its value, any text
	 * @return a changed copy
	 */
	public NeffosTester parameter(String name, String value) {
		return with(this.settings.parameter(name, value));
	}

	/**
	 * A tester whose connections offer one more subprotocol. See
	 * {@link TestConn#subprotocol()}.
	 * @param name its name
	 * @return a changed copy
	 */
	public NeffosTester subprotocol(String name) {
		return with(this.settings.subprotocol(name));
	}

	/**
	 * A tester with another patience.
	 * @param duration how long what is expected may take, more than 0; 5 seconds unless
	 * changed
	 * @return a changed copy
	 */
	public NeffosTester patience(Duration duration) {
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException("Patience must be more than 0");
		}
		return new NeffosTester(this.connections, this.link, this.settings, duration, this.codec);
	}

	/**
	 * A tester that sends and reads objects. With Spring Boot the application's codec is
	 * set already.
	 * @param value what writes and reads bodies that are neither text nor bytes
	 * @return a changed copy
	 */
	public NeffosTester codec(BodyCodec value) {
		return new NeffosTester(this.connections, this.link, this.settings, this.patience, value);
	}

	private NeffosTester with(DialSettings value) {
		return new NeffosTester(this.connections, this.link, value, this.patience, this.codec);
	}

	/**
	 * Open a connection, and be acknowledged. Not for a server that only takes native
	 * messages, which acknowledges nobody.
	 * @return the connection, connected to no namespace
	 * @throws AssertionError if it could not be opened or was refused
	 */
	public TestConn dial() {
		Wire wire = open();
		wire.ack().expectAccepted(wire);
		return new TestConn(wire, this.connections);
	}

	/**
	 * Open a connection and connect it to a namespace.
	 * @param namespace its name
	 * @return the namespace of the new connection
	 * @throws AssertionError if anything of it was refused
	 */
	public TestNamespace connect(String namespace) {
		return dial().connect(namespace);
	}

	/**
	 * Open a connection, and expect that the server refuses to acknowledge it.
	 * @param text the text of the refusal
	 * @throws AssertionError if the connection was let in, refused with another text, or
	 * could not be opened at all
	 */
	public void expectRefused(String text) {
		Wire wire = open();
		wire.ack().expectRefused(wire, text);
	}

	/**
	 * Open a connection, and expect an HTTP answer that is no WebSocket. Not in memory,
	 * where there is no HTTP.
	 * @param status the HTTP status
	 * @throws AssertionError if the connection was opened, or the status was another
	 */
	public void expectHttpStatus(int status) {
		this.settings.expectHttpStatus(this.link.get(), this.patience, status);
	}

	private Wire open() {
		Wire wire = new Wire(this.settings.dial(this.link.get(), this.patience), this.patience, new Bodies(this.codec));
		this.connections.add(wire);
		wire.start();
		return wire;
	}

	/**
	 * Wait until the server has handled all that the connections of this tester and of
	 * its copies have sent: the handlers have returned, and what they sent to these
	 * connections has arrived, to however many of them; also what they did because of the
	 * answers that this side gave by itself. To check mocks and databases after this is
	 * safe.
	 * <p>
	 * Not waited for is what others do: handlers of other clients, threads and timers of
	 * the application, what a handler has left to a future, and the handlers of the end
	 * of a connection. Between the rounds of a server that never stops to send by itself
	 * this gives up waiting for silence, and returns.
	 * @throws AssertionError if a handler does not return, or waits for an answer of the
	 * test
	 */
	public void settle() {
		this.connections.settle();
	}

	/**
	 * {@linkplain #settle() Settle}, then expect that no connection has messages that
	 * were not expected.
	 * @throws AssertionError if there is one
	 */
	public void expectNoMore() {
		this.connections.settle();
		this.connections.expectEmpty();
	}

	/**
	 * Close all connections of this tester and of its copies with code 1000, and wait, at
	 * most 2 seconds and if the server is in this process, until it does not list them
	 * any more and the handlers of their end have run. So the next test hears nothing of
	 * them. The tester can be used again.
	 */
	@Override
	public void close() {
		this.connections.close(this.link);
	}

}
