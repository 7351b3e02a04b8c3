package io.neffos.client;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

import io.neffos.BodyCodec;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.engine.ConnHost;
import io.neffos.engine.EngineConn;
import io.neffos.engine.EngineSettings;
import io.neffos.engine.Joining;
import io.neffos.engine.Member;
import io.neffos.engine.Side;
import io.neffos.observe.NeffosObserver;
import io.neffos.protocol.Frame;
import io.neffos.protocol.WaitToken;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** A client, as its connection sees it: there is nobody else. */
record ClientHost(DefaultNeffosClient client, ClientParts parts, WaitToken.Issuer tokens) implements ConnHost {

	private static final String SERVER_ONLY = "A client knows its own connection only: ask the server who is in a room,"
			+ " and send it an event that it broadcasts";

	@Override
	public Side side() {
		return Side.CLIENT;
	}

	@Override
	public EngineSettings settings() {
		return this.parts.settings();
	}

	@Override
	public Namespaces namespaces() {
		return this.parts.namespaces();
	}

	@Override
	public BodyCodec codec() {
		return this.parts.codec();
	}

	@Override
	public Executor executor() {
		return this.parts.handlers();
	}

	@Override
	public ScheduledExecutorService timer() {
		return this.parts.timer();
	}

	@Override
	public NeffosObserver observer() {
		return this.parts.observer();
	}

	@Override
	public void acknowledged(EngineConn conn) {
		this.parts.observer().opened(conn);
	}

	@Override
	public void unreachable(EngineConn conn) {
		this.client.unreachable(conn);
	}

	@Override
	public void ended(EngineConn conn, CloseReason reason, CloseCause cause) {
		this.parts.observer().closed(conn, reason, cause);
		this.client.ended(conn, reason, cause);
	}

	@Override
	public boolean answered(Frame answer, EngineConn conn) {
		return false;
	}

	@Override
	public void entered(Member member) {
	}

	@Override
	public void exited(Member member) {
	}

	@Override
	public @Nullable Joining joined(Member member, String room) {
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> left(Member member, String room) {
		return null;
	}

	@Override
	public List<NSConn> members(String namespace, String room) {
		throw new UnsupportedOperationException(SERVER_ONLY);
	}

	@Override
	public int size(String namespace, String room) {
		throw new UnsupportedOperationException(SERVER_ONLY);
	}

	@Override
	public void broadcast(Exclude exclude, Message message) {
		throw new UnsupportedOperationException(SERVER_ONLY);
	}

	@Override
	public void relay(String namespace, String room, WireFrame frame) {
		throw new UnsupportedOperationException(SERVER_ONLY);
	}

}
