package io.neffos.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A member of a room, which looks at the numbers of the {@link Ticks} it hears: whether
 * they come in order and without gaps, and how late.
 */
public final class Member implements PeerListener {

	private static final int SEPARATORS = 6;

	/** The field behind the third separator. */
	private static final int EVENT = 3;

	private static final int TICK = ByteBuffer.wrap("tick".getBytes(StandardCharsets.US_ASCII)).getInt();

	private final CompletableFuture<Member> joined = new CompletableFuture<>();

	private final String namespace;

	private final String room;

	private final int[] micros;

	private final Peer peer;

	private volatile String id = "";

	private volatile int last = -1;

	private final AtomicInteger heard = new AtomicInteger();

	private final AtomicInteger gaps = new AtomicInteger();

	private final AtomicInteger backwards = new AtomicInteger();

	/**
	 * Connect and join.
	 * @param ticks how many ticks there will be at most
	 */
	public Member(Swarm swarm, int receiveBuffer, String namespace, String room, int ticks) {
		this.namespace = namespace;
		this.room = room;
		this.micros = new int[ticks];
		this.peer = swarm.open(receiveBuffer, this);
	}

	@Override
	public void opened(Peer opened) {
		opened.send("M");
	}

	@Override
	public void message(Peer from, ByteBuffer payload) {
		if (this.id.isEmpty()) {
			this.id = StandardCharsets.UTF_8.decode(payload.position(payload.position() + 1)).toString();
			from.send("$1;" + this.namespace + ";;_OnNamespaceConnect;0;0;");
		}
		else if (payload.get(0) == '$') {
			String answer = StandardCharsets.UTF_8.decode(payload).toString();
			if (answer.equals("$1;;;;;;")) {
				from.send("$2;" + this.namespace + ";" + this.room + ";_OnRoomJoin;0;0;");
			}
			else if (answer.equals("$2;;;;;;")) {
				this.joined.complete(this);
			}
			else {
				this.joined.completeExceptionally(new AssertionError(answer));
			}
		}
		else if (payload.get(0) == ';') {
			event(payload);
		}
		else {
			String ask = StandardCharsets.UTF_8.decode(payload).toString();
			from.send(ask.substring(0, ask.indexOf(';')) + ";;;;;;");
		}
	}

	private void event(ByteBuffer payload) {
		boolean tick = false;
		for (int separators = 0; separators < SEPARATORS;) {
			separators += (payload.get() == ';') ? 1 : 0;
			tick |= separators == EVENT && payload.getInt(payload.position()) == TICK;
		}
		if (tick) {
			tick(payload);
		}
	}

	private void tick(ByteBuffer payload) {
		int number = (int) number(payload);
		this.micros[number] = (int) Math.max(1, (System.nanoTime() - number(payload)) / 1000);
		if (number <= this.last) {
			this.backwards.incrementAndGet();
		}
		else if (this.last >= 0) {
			this.gaps.addAndGet(number - this.last - 1);
		}
		this.heard.incrementAndGet();
		this.last = number;
	}

	private static long number(ByteBuffer from) {
		long number = 0;
		for (byte next = from.get(); next != ' '; next = from.get()) {
			number = 10 * number + next - '0';
		}
		return number;
	}

	@Override
	public void ended(Peer gone) {
		this.joined.completeExceptionally(new AssertionError(gone.end().join()));
	}

	/** Completes when this is a member. */
	public CompletableFuture<Member> joined() {
		return this.joined;
	}

	public Peer peer() {
		return this.peer;
	}

	/** The id of its connection. */
	public String id() {
		return this.id;
	}

	/** The number heard last. */
	public int last() {
		return this.last;
	}

	/** How many were heard. */
	public int heard() {
		return this.heard.get();
	}

	/** How many are missing between the first and the last that were heard. */
	public int gaps() {
		return this.gaps.get();
	}

	/** How many came twice, or after a later one. */
	public int backwards() {
		return this.backwards.get();
	}

	/** How late one was, in microseconds; 0 if it was not heard. */
	int micros(int number) {
		return this.micros[number];
	}

	@Override
	public String toString() {
		return this.id + " [last=" + this.last + ", heard=" + this.heard + ", gaps=" + this.gaps + ", backwards="
				+ this.backwards + ", end=" + this.peer.end().getNow("none") + "]";
	}

}
