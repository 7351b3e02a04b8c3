package io.neffos.benchmark.peer.plain;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * Rooms as one writes them in an afternoon: a set of sessions for each, and a loop that
 * sends. It understands as much of the wire as the load generator speaks, so that it
 * moves the same bytes as our server, and checks nothing.
 */
class PlainRooms extends TextWebSocketHandler {

	private static final String DECORATED = "decorated";

	private static final int SEND_LIMIT_MILLIS = 10_000;

	private static final int BUFFER_LIMIT_BYTES = 1024 * 1024;

	private final Map<String, Set<WebSocketSession>> rooms = new ConcurrentHashMap<>();

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		session.getAttributes()
			.put(DECORATED, new ConcurrentWebSocketSessionDecorator(session, SEND_LIMIT_MILLIS, BUFFER_LIMIT_BYTES));
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
		String text = message.getPayload();
		WebSocketSession sender = decorated(session);
		if (text.equals("M")) {
			sender.sendMessage(new TextMessage("A" + session.getId()));
			return;
		}
		String[] fields = text.split(";", 7);
		switch (fields[3]) {
			case "_OnRoomJoin" -> {
				this.rooms.computeIfAbsent(fields[2], (name) -> ConcurrentHashMap.newKeySet()).add(sender);
				sender.sendMessage(reply(fields[0]));
			}
			case "_OnRoomLeave" -> {
				this.rooms.computeIfPresent(fields[2], (name, members) -> without(members, sender));
				sender.sendMessage(reply(fields[0]));
			}
			case "chat" -> {
				for (WebSocketSession member : this.rooms.getOrDefault(fields[2], Set.of())) {
					member.sendMessage(message);
				}
			}
			// The answer to a question is the question; that to a connect may be as well.
			default -> sender.sendMessage(message);
		}
	}

	private static WebSocketSession decorated(WebSocketSession session) {
		return (WebSocketSession) Objects.requireNonNull(session.getAttributes().get(DECORATED));
	}

	private static TextMessage reply(String token) {
		return new TextMessage(token + ";;;;;;");
	}

	private static @Nullable Set<WebSocketSession> without(Set<WebSocketSession> members, WebSocketSession gone) {
		members.remove(gone);
		return members.isEmpty() ? null : members;
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		WebSocketSession gone = decorated(session);
		for (String room : this.rooms.keySet()) {
			this.rooms.computeIfPresent(room, (name, members) -> without(members, gone));
		}
	}

}
