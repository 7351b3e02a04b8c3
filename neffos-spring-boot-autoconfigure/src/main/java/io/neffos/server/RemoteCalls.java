package io.neffos.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.BodyCodec;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.RoomMember;
import io.neffos.WriteClosedException;
import io.neffos.cluster.Call;
import io.neffos.cluster.Cluster;
import io.neffos.cluster.Delivery;
import io.neffos.cluster.Outcome;
import io.neffos.cluster.Outcome.Status;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** Reaches connections of other servers. */
final class RemoteCalls {

	private static final byte[] NO_BYTES = new byte[0];

	/** A server that has such a connection says what became of it. */
	private static boolean isPresent(Outcome outcome) {
		return outcome.status() != Status.ABSENT;
	}

	/** An answer, which may be an error; that nobody answered is none. */
	private static boolean isAnswer(Outcome outcome) {
		return switch (outcome.status()) {
			case DONE, REFUSED, BAD_NAMESPACE, BAD_ROOM -> true;
			default -> false;
		};
	}

	private final Cluster cluster;

	private final BodyCodec codec;

	RemoteCalls(Cluster cluster, BodyCodec codec) {
		this.cluster = cluster;
		this.codec = codec;
	}

	/** Send a message to those of other servers that it is meant for. Never blocks. */
	void publish(Message message, Exclude exclude, WireFrame frame) {
		this.cluster.publish(delivery(message, exclude, frame));
	}

	/** Send a copy of a member's message to the members of its room elsewhere. */
	void relay(String namespace, String room, WireFrame frame) {
		this.cluster.publish(new Delivery(namespace, room, null, null, Set.of(), frame.binary(), false, frame.bytes()));
	}

	private static Delivery delivery(Message message, Exclude exclude, WireFrame frame) {
		return new Delivery(message.namespace(), message.room(), message.to(), message.key(), exclude.ids(),
				frame.binary(), message.isNative() && !message.isError(), frame.bytes());
	}

	/**
	 * Ask those of other servers that a message is meant for; the first answer counts.
	 * @return the answer; when it is cancelled, nothing waits for others any more
	 */
	CompletableFuture<Message> ask(Message message, Exclude exclude, WireFrame question, Duration timeout) {
		Call call = new Call(Call.Kind.ASK, delivery(message, exclude, question), 0, "", timeout);
		CompletableFuture<List<Outcome>> outcomes = this.cluster.call(call, null, RemoteCalls::isAnswer);
		CompletableFuture<Message> answer = outcomes.handle((said, failure) -> {
			if (said != null) {
				return answer(message, said);
			}
			throw (failure instanceof AskTimeoutException)
					? new AskTimeoutException("No answer to " + message.event()
							+ " from any connection of other servers within " + timeout.toMillis() + " ms")
					: new CompletionException(failure);
		});
		answer.whenComplete((settled, failure) -> outcomes.cancel(false));
		return answer;
	}

	private Message answer(Message question, List<Outcome> outcomes) {
		Outcome last = decisive(outcomes);
		if (last == null) {
			throw new WriteClosedException("Nobody is there to ask");
		}
		if (last.status() != Status.DONE) {
			throw toException(last);
		}
		return Message.builder()
			.namespace(question.namespace())
			.room(question.room())
			.event(question.event())
			.binary(last.binary())
			.nativeMessage(question.isNative())
			.body(last.body())
			.origin(new Answered(this.codec))
			.build();
	}

	/** Do something to a connection of another server. */
	CompletableFuture<@Nullable Void> command(Call.Kind kind, String id, String namespace, String room, int code,
			String reason, Duration timeout) {
		Delivery target = new Delivery(namespace, room, id, null, Set.of(), false, true, NO_BYTES);
		return this.cluster.call(new Call(kind, target, code, reason, timeout), null, RemoteCalls::isPresent)
			.thenApply((outcomes) -> {
				Outcome last = decisive(outcomes);
				if (last == null) {
					throw new WriteClosedException("No server has a connection with the id " + id);
				}
				if (last.status() != Status.DONE) {
					throw toException(last);
				}
				return null;
			});
	}

	/** The members that other servers have of a room. */
	CompletableFuture<List<RoomMember>> members(String namespace, String room, Duration timeout) {
		Delivery target = new Delivery(namespace, room, null, null, Set.of(), false, true, NO_BYTES);
		Collection<String> servers = this.cluster.serversWith(namespace, room);
		List<CompletableFuture<List<RoomMember>>> each = new ArrayList<>();
		for (String server : servers) {
			each.add(this.cluster
				.call(new Call(Call.Kind.MEMBERS, target, 0, "", timeout), server, RemoteCalls::isPresent)
				.thenApply((outcomes) -> outcomes.stream()
					.filter((outcome) -> outcome.status() == Status.DONE)
					.flatMap((outcome) -> outcome.ids().stream())
					.map((id) -> new RoomMember(id, server))
					.toList()));
		}
		return CompletableFuture.allOf(each.toArray(new CompletableFuture<?>[0])).thenApply((done) -> {
			List<RoomMember> all = new ArrayList<>();
			each.forEach((members) -> all.addAll(members.join()));
			return all;
		});
	}

	/** What counts of what was said: an answer if there is one, else any failure. */
	private static @Nullable Outcome decisive(List<Outcome> outcomes) {
		Outcome result = null;
		for (Outcome outcome : outcomes) {
			if (isAnswer(outcome) || (result == null && outcome.status() != Status.ABSENT)) {
				result = outcome;
			}
		}
		return result;
	}

	static NeffosException toException(Outcome outcome) {
		String text = outcome.text();
		return switch (outcome.status()) {
			case REFUSED -> new RefusedException(text);
			case TIMEOUT -> new AskTimeoutException(text);
			case BAD_NAMESPACE -> new BadNamespaceException(text);
			case BAD_ROOM -> new BadRoomException(text);
			case CLOSED -> new WriteClosedException(text);
			default -> new NeffosException("Failed at another server: " + text);
		};
	}

	/** Where an answer came from: it can be read and not be answered. */
	private record Answered(BodyCodec codec) implements Message.Origin {

		@Override
		public boolean awaitsAnswer() {
			return false;
		}

		@Override
		public boolean answer(@Nullable Object body, @Nullable String error) {
			return false;
		}

	}

}
