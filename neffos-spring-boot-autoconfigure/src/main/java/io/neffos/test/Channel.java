package io.neffos.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.neffos.SystemEvents;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of one connection, as the client knows it: whether it is connected, its
 * rooms, what has arrived and was not expected yet, and how the server's requests are
 * answered. Guarded by its {@link Wire}.
 */
final class Channel {

	private final Deque<Frame> inbox = new ArrayDeque<>();

	private final List<Frame> requests = new ArrayList<>();

	private final Set<String> rooms = new LinkedHashSet<>();

	/** Texts by event and room. */
	private final Map<String, String> refusals = new HashMap<>();

	/** Bodies by event. */
	private final Map<String, byte[]> answers = new HashMap<>();

	private boolean connected;

	boolean isConnected() {
		return this.connected;
	}

	void connected() {
		this.connected = true;
	}

	void disconnected() {
		this.connected = false;
		this.rooms.clear();
	}

	Set<String> rooms() {
		return this.rooms;
	}

	Deque<Frame> inbox() {
		return this.inbox;
	}

	void refuse(String event, String room, String text) {
		this.refusals.put(event + ' ' + room, text);
	}

	void answer(String event, byte[] body) {
		this.answers.put(event, body);
	}

	/** The first request of the server of a kind, which is taken. */
	@Nullable Frame takeRequest(String event, String room) {
		for (Frame request : this.requests) {
			if (request.event().equals(event) && request.room().equals(room)) {
				this.requests.remove(request);
				return request;
			}
		}
		return null;
	}

	/**
	 * Take what is not an answer.
	 * @return what is to be sent in return, if anything
	 */
	byte @Nullable [] arrived(Frame frame) {
		if (!Transcript.isOfServer(frame.waitToken())) {
			this.inbox.add(frame);
			return null;
		}
		return switch (frame.event()) {
			case SystemEvents.NAMESPACE_CONNECT, SystemEvents.NAMESPACE_DISCONNECT, SystemEvents.ROOM_JOIN,
					SystemEvents.ROOM_LEAVE ->
				requested(frame);
			default -> asked(frame);
		};
	}

	private byte[] requested(Frame frame) {
		this.requests.add(frame);
		String refusal = this.refusals.get(frame.event() + ' ' + frame.room());
		if (refusal == null && frame.event().equals(SystemEvents.ROOM_JOIN) && !this.connected) {
			refusal = ErrorTexts.BAD_NAMESPACE;
		}
		if (refusal != null) {
			return FrameCodec.encode(Frame.error(frame, refusal));
		}
		switch (frame.event()) {
			case SystemEvents.NAMESPACE_CONNECT -> connected();
			case SystemEvents.NAMESPACE_DISCONNECT -> disconnected();
			case SystemEvents.ROOM_JOIN -> this.rooms.add(frame.room());
			default -> this.rooms.remove(frame.room());
		}
		return FrameCodec.emptyReply(frame.waitToken());
	}

	private byte @Nullable [] asked(Frame frame) {
		byte[] answer = this.answers.get(frame.event());
		if (answer == null) {
			this.inbox.add(frame);
			return null;
		}
		return FrameCodec.encode(Frame.reply(frame, answer, false));
	}

}
