package io.neffos.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ObjIntConsumer;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.WriteClosedException;
import io.neffos.cluster.Call;
import io.neffos.cluster.ClusterHost;
import io.neffos.cluster.Delivery;
import io.neffos.cluster.Outcome;
import io.neffos.cluster.Outcome.Status;
import io.neffos.engine.EngineConn;
import io.neffos.engine.Member;
import io.neffos.engine.Outgoing;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.protocol.NativeMode;
import io.neffos.transport.WireFrame;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Does for other servers what concerns the connections of this one. */
final class RemoteService implements ClusterHost {

	private static final Log logger = LogFactory.getLog(RemoteService.class);

	private final ServerParts parts;

	private final LocalReach reach;

	private final ServerAsks asks;

	RemoteService(ServerParts parts, LocalReach reach, ServerAsks asks) {
		this.parts = parts;
		this.reach = reach;
		this.asks = asks;
	}

	@Override
	public void deliver(Delivery delivery) {
		if (!this.reach.hasAnybody(delivery.namespace(), delivery.room(), delivery.to())
				|| this.parts.namespaces().events(delivery.namespace()) == null) {
			return;
		}
		WireFrame frame = Outgoing.foreign(delivery.bytes(), delivery.binary(), delivery.plain(), delivery.key(),
				this.parts.settings().overflow(this.parts.events(delivery.namespace())));
		this.reach.send(delivery.namespace(), delivery.room(), delivery.to(), exclude(delivery), frame);
	}

	private static Exclude exclude(Delivery delivery) {
		return delivery.excluded().isEmpty() ? Exclude.nobody() : new Exclude(Set.of(), delivery.excluded());
	}

	@Override
	public CompletableFuture<Outcome> serve(Call call) {
		try {
			return switch (call.kind()) {
				case ASK -> ask(call);
				case MEMBERS -> CompletableFuture.completedFuture(members(call.target()));
				default -> command(call);
			};
		}
		catch (RuntimeException ex) {
			logger.warn("What another server asked for failed [kind=" + call.kind() + ", namespace="
					+ call.target().namespace() + ", room=" + call.target().room() + "]", ex);
			return CompletableFuture.completedFuture(Outcome.failed(Status.FAILED, ErrorTexts.INTERNAL_ERROR));
		}
	}

	private CompletableFuture<Outcome> ask(Call call) {
		Delivery target = call.target();
		Set<Member> members = this.reach.candidates(target.namespace(), target.room(), target.to(), exclude(target));
		Frame question = target.plain() ? Frame.nativeMessage(target.bytes(), target.binary())
				: FrameCodec.decode(target.bytes(), target.binary(), NativeMode.OFF);
		if (members.isEmpty() || question == null) {
			return CompletableFuture.completedFuture(Outcome.ABSENT);
		}
		String token = this.parts.tokens().next();
		CompletableFuture<Message> answer = this.asks.ask(token, Outgoing.ask(question, token), members,
				question.event(), call.timeout());
		this.parts.observer().sent(target.namespace(), members.size());
		CompletableFuture<Outcome> outcome = answer.handle((message, failure) -> (failure != null) ? failed(failure)
				: Outcome.answer(message.body(), message.isBinary()));
		outcome.whenComplete((said, failure) -> answer.cancel(false));
		return outcome;
	}

	private Outcome members(Delivery target) {
		NamespaceIndex index = this.reach.namespaces().get(target.namespace());
		List<NSConn> members = (index != null) ? index.members(target.room()) : List.of();
		return members.isEmpty() ? Outcome.ABSENT
				: Outcome.members(members.stream().map((member) -> member.conn().id()).toList());
	}

	private CompletableFuture<Outcome> command(Call call) {
		String id = call.target().to();
		List<EngineConn> conns = (id != null) ? this.reach.table().get(id) : List.of();
		if (conns.isEmpty()) {
			return CompletableFuture.completedFuture(Outcome.ABSENT);
		}
		CompletableFuture<?>[] all = conns.stream()
			.map((conn) -> command(call, conn))
			.toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(all)
			.handle((done, failure) -> (failure != null) ? failed(failure) : Outcome.DONE);
	}

	private CompletableFuture<?> command(Call call, EngineConn conn) {
		String namespace = call.target().namespace();
		if (call.kind() == Call.Kind.CLOSE) {
			conn.close(call.code(), call.reason());
			return CompletableFuture.completedFuture(null);
		}
		if (call.kind() == Call.Kind.CONNECT) {
			return conn.connectAsync(namespace, call.timeout());
		}
		NSConn ns = conn.namespace(namespace);
		if (ns == null) {
			return CompletableFuture.failedFuture(new BadNamespaceException(ErrorTexts.BAD_NAMESPACE));
		}
		if (call.kind() == Call.Kind.DISCONNECT) {
			return ns.disconnectAsync();
		}
		if (call.kind() == Call.Kind.JOIN) {
			return ns.joinRoomAsync(call.target().room(), call.timeout());
		}
		Room room = ns.room(call.target().room());
		return (room != null) ? room.leaveAsync(call.timeout())
				: CompletableFuture.failedFuture(new BadRoomException(ErrorTexts.BAD_ROOM));
	}

	private static Outcome failed(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		String text = (cause.getMessage() != null) ? cause.getMessage() : "";
		Status status = (cause instanceof RefusedException) ? Status.REFUSED
				: (cause instanceof AskTimeoutException) ? Status.TIMEOUT
						: (cause instanceof WriteClosedException) ? Status.CLOSED
								: (cause instanceof BadNamespaceException) ? Status.BAD_NAMESPACE
										: (cause instanceof BadRoomException) ? Status.BAD_ROOM : Status.FAILED;
		if (status == Status.FAILED) {
			logger.warn("What another server asked for failed", cause);
			return Outcome.failed(Status.FAILED, ErrorTexts.INTERNAL_ERROR);
		}
		return Outcome.failed(status, text);
	}

	@Override
	public int roomSize(String namespace, String room) {
		NamespaceIndex index = this.reach.namespaces().get(namespace);
		return (index != null) ? index.size(room) : 0;
	}

	@Override
	public void rooms(String namespace, ObjIntConsumer<String> each) {
		NamespaceIndex index = this.reach.namespaces().get(namespace);
		if (index != null) {
			index.eachRoom(each);
		}
	}

	@Override
	public int connections() {
		return this.reach.table().size();
	}

	@Override
	public int connections(String namespace) {
		NamespaceIndex index = this.reach.namespaces().get(namespace);
		return (index != null) ? index.everybody().size() : 0;
	}

	@Override
	public void roomCreated(String namespace, String room) {
		life(namespace, room, true);
	}

	@Override
	public void roomDestroyed(String namespace, String room) {
		life(namespace, room, false);
	}

	private void life(String namespace, String room, boolean created) {
		NamespaceIndex index = this.reach.namespaces().get(namespace);
		if (index != null) {
			index.clusterLife(room, created);
		}
	}

}
