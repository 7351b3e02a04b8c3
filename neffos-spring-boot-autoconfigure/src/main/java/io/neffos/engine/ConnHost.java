package io.neffos.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

import io.neffos.BodyCodec;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.protocol.Frame;
import io.neffos.protocol.WaitToken;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * What a connection needs from the place that holds it. Called by any thread, without a
 * lock of the engine.
 */
public interface ConnHost {

	/**
	 * Which end of its connections this is.
	 * @return the side
	 */
	Side side();

	/**
	 * Timeouts and bounds.
	 * @return the settings
	 */
	EngineSettings settings();

	/**
	 * The namespaces that are declared.
	 * @return the namespaces
	 */
	Namespaces namespaces();

	/**
	 * What reads and writes bodies.
	 * @return the codec
	 */
	BodyCodec codec();

	/**
	 * What runs handlers.
	 * @return the executor
	 */
	Executor executor();

	/**
	 * What ends waits. Its tasks are short and run no user code.
	 * @return the timer
	 */
	ScheduledExecutorService timer();

	/**
	 * The one source of tokens of this side.
	 * @return the issuer
	 */
	WaitToken.Issuer tokens();

	/**
	 * Is told what happens.
	 * @return the observer
	 */
	NeffosObserver observer();

	/**
	 * What carries traces from thread to thread.
	 * @return the tracing
	 */
	default Tracing tracing() {
		return Tracing.NONE;
	}

	/**
	 * A connection was acknowledged.
	 * @param conn the connection
	 */
	void acknowledged(EngineConn conn);

	/**
	 * A connection can no longer answer.
	 * @param conn the connection
	 */
	void unreachable(EngineConn conn);

	/**
	 * A connection has ended and the handlers of its end have run.
	 * @param conn the connection
	 * @param reason the code and text, sent or received
	 * @param cause who or what ended it
	 */
	void ended(EngineConn conn, CloseReason reason, CloseCause cause);

	/**
	 * An answer arrived that no ask of its connection waits for.
	 * @param answer the answer
	 * @param conn where it came from
	 * @return whether an ask of the whole server took it
	 */
	boolean answered(Frame answer, EngineConn conn);

	/**
	 * A namespace was connected.
	 * @param member the connection within the namespace
	 */
	void entered(Member member);

	/**
	 * A namespace was disconnected.
	 * @param member the connection within the namespace
	 */
	void exited(Member member);

	/**
	 * The name of a room as this side holds it already, so that a thousand members share
	 * one text.
	 * @param namespace the namespace
	 * @param room the name as it arrived
	 * @return an equal text
	 */
	default String roomName(String namespace, String room) {
		return room;
	}

	/**
	 * A room was joined.
	 * @param member the membership
	 * @param room the name of the room
	 * @return what to wait for, or {@code null} for nothing
	 */
	@Nullable Joining joined(Member member, String room);

	/**
	 * A room was left.
	 * @param member the membership
	 * @param room the name of the room
	 * @return what to wait for before anything else happens, or {@code null}
	 */
	@Nullable CompletionStage<?> left(Member member, String room);

	/**
	 * Who is in a room.
	 * @param namespace the namespace
	 * @param room the room
	 * @return a snapshot
	 */
	List<NSConn> members(String namespace, String room);

	/**
	 * How many are in a room.
	 * @param namespace the namespace
	 * @param room the room
	 * @return the count
	 */
	int size(String namespace, String room);

	/**
	 * Send a message to those it is addressed to.
	 * @param exclude who is left out
	 * @param message the message
	 */
	void broadcast(Exclude exclude, Message message);

	/**
	 * Send a message of a member to all members of its room.
	 * @param namespace the namespace
	 * @param room the room
	 * @param frame the message, encoded
	 */
	void relay(String namespace, String room, WireFrame frame);

}
