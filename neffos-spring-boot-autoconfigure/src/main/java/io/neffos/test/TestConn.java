package io.neffos.test;

import java.nio.charset.StandardCharsets;

import io.neffos.Conn;
import io.neffos.SystemEvents;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a {@link NeffosTester}, acknowledged. Safe for concurrent use; methods
 * that wait do so at most as long as the tester's patience.
 *
 * @since 0.1.0
 */
public final class TestConn implements AutoCloseable {

	private final Wire wire;

	private final Connections connections;

	TestConn(Wire wire, Connections connections) {
		this.wire = wire;
		this.connections = connections;
	}

	/**
	 * The id that the server chose.
	 * @return the id, as {@link Conn#id()} on the server
	 */
	public String id() {
		return this.wire.id();
	}

	/**
	 * The subprotocol that was agreed.
	 * @return its name, or {@code null}
	 */
	public @Nullable String subprotocol() {
		return this.wire.socket().subprotocol();
	}

	/**
	 * Connect to a namespace, and wait for the answer.
	 * @param namespace its name
	 * @return the namespace
	 * @throws AssertionError if it is refused
	 */
	public TestNamespace connect(String namespace) {
		TestNamespace result = namespace(namespace);
		result.requests().connect().expectAccepted();
		return result;
	}

	/**
	 * Ask to connect to a namespace, and expect a refusal.
	 * @param namespace its name
	 * @param text the text of the refusal; {@code bad namespace} from a server that does
	 * not declare it
	 * @throws AssertionError if it is accepted, or refused with another text
	 */
	public void expectRefusedConnect(String namespace, String text) {
		namespace(namespace).requests().connect().expectRefused(text);
	}

	/**
	 * A namespace, connected or not; to say, for example, what the answers to the server
	 * will be before it asks.
	 * @param namespace its name
	 * @return the namespace
	 */
	public TestNamespace namespace(String namespace) {
		return new TestNamespace(this, this.wire, namespace);
	}

	/**
	 * Expect that the server asks to connect to a namespace, perhaps it has already.
	 * Whether the answer was yes is said by {@link #refuseConnect}.
	 * @param namespace its name
	 * @return the namespace
	 * @throws AssertionError if the server does not ask
	 */
	public TestNamespace expectConnect(String namespace) {
		TestNamespace result = namespace(namespace);
		result.requests().expect(SystemEvents.NAMESPACE_CONNECT, "");
		return result;
	}

	/**
	 * From now on refuse when the server asks to connect to a namespace.
	 * @param namespace its name
	 * @param text the text of the refusal
	 * @return this connection
	 */
	public TestConn refuseConnect(String namespace, String text) {
		namespace(namespace).requests().refuse(SystemEvents.NAMESPACE_CONNECT, "", text);
		return this;
	}

	/**
	 * Send a text message as it is: a native message, or a frame that no client of good
	 * manners would send.
	 * @param message the whole message
	 * @return this connection
	 */
	public TestConn send(String message) {
		this.wire.sendRaw(message.getBytes(StandardCharsets.UTF_8), false);
		return this;
	}

	/**
	 * Send a binary message as it is.
	 * @param message the whole message
	 * @return this connection
	 */
	public TestConn send(byte[] message) {
		this.wire.sendRaw(message, true);
		return this;
	}

	/**
	 * Expect that a native message is the next message of the namespace without a name,
	 * where native messages arrive.
	 * @return the message, which is taken
	 * @throws AssertionError if something else is next, or nothing comes
	 */
	public TestMessage expectNative() {
		return namespace("").expect(SystemEvents.NATIVE_MESSAGE);
	}

	/**
	 * Expect the next native message, and its body.
	 * @param body the body, see {@link TestMessage#body}
	 * @return the message, which is taken
	 * @throws AssertionError if something else is next, its body another, or nothing
	 * comes
	 */
	public TestMessage expectNative(@Nullable Object body) {
		return expectNative().body(body);
	}

	/**
	 * {@linkplain NeffosTester#settle() Settle} all connections of the tester, then
	 * expect that this one has no messages that were not expected, in any namespace.
	 * Requests to connect, join, leave or disconnect are not messages.
	 * @throws AssertionError if there is one
	 */
	public void expectNoMore() {
		this.connections.settle();
		this.wire.expectEmpty();
	}

	void settle() {
		this.connections.settle();
	}

	/**
	 * Expect that the server closes this connection, or that it was closed already.
	 * @return code and text of the close, code 1006 if there was no close frame
	 * @throws AssertionError if it stays open
	 */
	public CloseReason expectClosed() {
		CloseReason reason = this.wire.awaitUntil(this.wire::closed, false);
		if (reason == null) {
			throw this.wire.missing("the connection to be closed");
		}
		return reason;
	}

	/**
	 * Expect that the server closes this connection with a code.
	 * @param code the close code
	 * @return code and text of the close
	 * @throws AssertionError if it stays open, or is closed with another code
	 */
	public CloseReason expectClosed(int code) {
		CloseReason reason = expectClosed();
		if (reason.code() != code) {
			throw this.wire.failure("Expected the connection to be closed with " + code + "\nbut it was closed with "
					+ reason.code() + " " + Transcript.quote(reason.reason()));
		}
		return reason;
	}

	/**
	 * Whether neither side has closed this connection.
	 * @return {@code false} once it is closed
	 */
	public boolean isOpen() {
		return this.wire.isOpen();
	}

	/**
	 * Close this connection with code 1000, after all that was sent. The handlers of its
	 * end run on the server soon after.
	 */
	@Override
	public void close() {
		this.wire.close(new CloseReason(CloseReason.NORMAL, ""));
	}

	/**
	 * Let this connection end without a close frame, as if the network was lost. In
	 * memory only.
	 * @throws IllegalStateException if the connection is not in memory
	 */
	public void vanish() {
		if (this.wire.socket() instanceof MemorySocket memory) {
			memory.vanish();
			return;
		}
		throw new IllegalStateException("Only a connection in memory can vanish: use close()");
	}

	/**
	 * The id, and whether it is open.
	 */
	@Override
	public String toString() {
		return "TestConn[" + id() + (isOpen() ? "]" : ", closed]");
	}

}
