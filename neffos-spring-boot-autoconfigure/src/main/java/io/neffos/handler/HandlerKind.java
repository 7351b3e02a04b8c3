package io.neffos.handler;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.messaging.handler.annotation.MessageExceptionHandler;

import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.annotation.OnAnyEvent;
import io.neffos.annotation.OnConnect;
import io.neffos.annotation.OnDisconnect;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnLocalRoomCreated;
import io.neffos.annotation.OnLocalRoomDestroyed;
import io.neffos.annotation.OnNamespaceConnect;
import io.neffos.annotation.OnNamespaceConnected;
import io.neffos.annotation.OnNamespaceDisconnect;
import io.neffos.annotation.OnNativeMessage;
import io.neffos.annotation.OnRoomCreated;
import io.neffos.annotation.OnRoomDestroyed;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomJoined;
import io.neffos.annotation.OnRoomLeave;
import io.neffos.annotation.OnRoomLeft;

/**
 * The kinds of annotated methods, and what there is for their arguments when they are
 * called.
 */
enum HandlerKind {

	EVENT(OnEvent.class, Context.EVENT, Presence.USUAL, Presence.USUAL),

	ANY_EVENT(OnAnyEvent.class, Context.EVENT, Presence.OPTIONAL, Presence.OPTIONAL),

	NAMESPACE_CONNECT(OnNamespaceConnect.class, Context.EVENT, Presence.NEVER, Presence.USUAL),

	NAMESPACE_CONNECTED(OnNamespaceConnected.class, Context.EVENT, Presence.NEVER, Presence.NEVER),

	NAMESPACE_DISCONNECT(OnNamespaceDisconnect.class, Context.EVENT, Presence.NEVER, Presence.OPTIONAL),

	ROOM_JOIN(OnRoomJoin.class, Context.EVENT, Presence.NEVER, Presence.USUAL),

	ROOM_JOINED(OnRoomJoined.class, Context.EVENT, Presence.USUAL, Presence.NEVER),

	ROOM_LEAVE(OnRoomLeave.class, Context.EVENT, Presence.USUAL, Presence.OPTIONAL),

	ROOM_LEFT(OnRoomLeft.class, Context.EVENT, Presence.NEVER, Presence.NEVER),

	NATIVE_MESSAGE(OnNativeMessage.class, Context.EVENT, Presence.NEVER, Presence.USUAL),

	ROOM_CREATED(OnRoomCreated.class, Context.ROOM, Presence.NEVER, Presence.NEVER),

	ROOM_DESTROYED(OnRoomDestroyed.class, Context.ROOM, Presence.NEVER, Presence.NEVER),

	LOCAL_ROOM_CREATED(OnLocalRoomCreated.class, Context.ROOM, Presence.NEVER, Presence.NEVER),

	LOCAL_ROOM_DESTROYED(OnLocalRoomDestroyed.class, Context.ROOM, Presence.NEVER, Presence.NEVER),

	CONNECT(OnConnect.class, Context.CONN, Presence.NEVER, Presence.NEVER),

	DISCONNECT(OnDisconnect.class, Context.CONN, Presence.NEVER, Presence.NEVER),

	EXCEPTION(MessageExceptionHandler.class, Context.EVENT, Presence.OPTIONAL, Presence.NEVER);

	private final Class<? extends Annotation> annotation;

	private final Context context;

	private final Presence room;

	private final Presence body;

	HandlerKind(Class<? extends Annotation> annotation, Context context, Presence room, Presence body) {
		this.annotation = annotation;
		this.context = context;
		this.room = room;
		this.body = body;
	}

	Class<? extends Annotation> annotation() {
		return this.annotation;
	}

	/** Whether this is a kind of event handler rather than of another callback. */
	boolean isEvent() {
		return this.context == Context.EVENT && this != EXCEPTION;
	}

	/** Whether this is about the life of a room. */
	boolean isRoomLife() {
		return this.context == Context.ROOM;
	}

	/** The types that are there whatever happened. */
	Set<Class<?>> contextTypes() {
		return this.context.types();
	}

	boolean hasPrincipal() {
		return this.context != Context.ROOM;
	}

	Presence room() {
		return this.room;
	}

	Presence body() {
		return this.body;
	}

	/** The annotation as it is written. */
	String label() {
		return "@" + this.annotation.getSimpleName();
	}

	/** What methods of this kind may take, for the developer. */
	String legalArguments() {
		List<String> legal = new ArrayList<>();
		if (this == EXCEPTION) {
			legal.add("the exception");
		}
		this.context.types().stream().map(Class::getSimpleName).sorted().forEach(legal::add);
		if (this.room != Presence.NEVER) {
			legal.add((this.room == Presence.USUAL) ? "Room" : "Optional<Room> or @Nullable Room");
		}
		if (hasPrincipal()) {
			legal.add("Principal");
		}
		if (this.context != Context.CONN && this != NAMESPACE_CONNECT && this != NAMESPACE_CONNECTED
				&& this != NAMESPACE_DISCONNECT && this != NATIVE_MESSAGE && this != EXCEPTION) {
			legal.add("a @DestinationVariable of the room pattern");
		}
		if (this.body != Presence.NEVER) {
			legal.add("one @Payload" + ((this.body == Presence.OPTIONAL) ? " that may be absent" : ""));
		}
		return "A method with " + label() + " may take " + String.join(", ", legal)
				+ ", and what a HandlerMethodArgumentResolver bean of the application supports.";
	}

	/** Whether something is there when a method is called. */
	enum Presence {

		/** It cannot be there. */
		NEVER,

		/** It is absent in the course of normal events. */
		OPTIONAL,

		/** It is there unless the client made a mistake. */
		USUAL

	}

	private enum Context {

		EVENT, ROOM, CONN;

		Set<Class<?>> types() {
			return switch (this) {
				case EVENT -> Set.of(NSConn.class, Conn.class, Message.class, HandshakeInfo.class, NeffosServer.class);
				case ROOM -> Set.of(RoomInfo.class, NeffosServer.class);
				case CONN -> Set.of(Conn.class, HandshakeInfo.class, NeffosServer.class);
			};
		}

	}

}
