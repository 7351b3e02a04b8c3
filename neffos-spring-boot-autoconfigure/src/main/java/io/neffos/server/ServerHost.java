package io.neffos.server;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

import io.neffos.BodyCodec;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Scope;
import io.neffos.engine.ConnHost;
import io.neffos.engine.EngineConn;
import io.neffos.engine.EngineSettings;
import io.neffos.engine.Joining;
import io.neffos.engine.Member;
import io.neffos.engine.Side;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.protocol.Frame;
import io.neffos.protocol.WaitToken;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** The server, as its connections see it. */
record ServerHost(DefaultNeffosServer server, ServerParts parts, ServerAsks asks) implements ConnHost {

	@Override
	public Side side() {
		return Side.SERVER;
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
		return this.parts.executor();
	}

	@Override
	public ScheduledExecutorService timer() {
		return this.parts.timer();
	}

	@Override
	public WaitToken.Issuer tokens() {
		return this.parts.tokens();
	}

	@Override
	public NeffosObserver observer() {
		return this.parts.observer();
	}

	@Override
	public Tracing tracing() {
		return this.parts.tracing();
	}

	@Override
	public void acknowledged(EngineConn conn) {
		this.server.acknowledged(conn);
	}

	@Override
	public void unreachable(EngineConn conn) {
		this.server.unreachable(conn);
	}

	@Override
	public void ended(EngineConn conn, CloseReason reason, CloseCause cause) {
		this.server.ended(conn, reason, cause);
	}

	@Override
	public boolean answered(Frame answer, EngineConn conn) {
		return this.asks.answered(answer, conn);
	}

	@Override
	public void entered(Member member) {
		this.server.index(member.nsConn().namespace()).enter(member);
	}

	@Override
	public void exited(Member member) {
		this.server.index(member.nsConn().namespace()).exit(member);
	}

	@Override
	public String roomName(String namespace, String room) {
		return this.server.index(namespace).roomName(room);
	}

	@Override
	public @Nullable Joining joined(Member member, String room) {
		return this.server.index(member.nsConn().namespace()).join(member, room);
	}

	@Override
	public @Nullable CompletionStage<?> left(Member member, String room) {
		return this.server.index(member.nsConn().namespace()).leave(member, room);
	}

	@Override
	public List<NSConn> members(String namespace, String room) {
		return this.server.index(namespace).members(room);
	}

	@Override
	public int size(String namespace, String room) {
		return this.server.roomSize(namespace, room, Scope.CLUSTER);
	}

	@Override
	public void broadcast(Exclude exclude, Message message) {
		this.server.broadcast(exclude, message);
	}

	@Override
	public void relay(String namespace, String room, WireFrame frame) {
		this.server.relay(namespace, room, frame);
	}

}
