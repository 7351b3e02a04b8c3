package io.neffos;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A message: an event with a body, in a namespace and perhaps in a room. Immutable; the
 * methods named like a field and taking its value return a changed copy, so that a
 * message to send reads {@code Message.to(room).event("say").body(line)}.
 * <p>
 * A body is {@code byte[]}, {@link CharSequence}, or an object that the server's
 * {@link BodyCodec} writes when the message is sent. Arrays are not copied: whoever hands
 * one over does not change it afterwards.
 *
 * @since 0.1.0
 */
public final class Message {

	private static final byte[] NO_BYTES = new byte[0];

	private final String namespace;

	private final String room;

	private final String event;

	private final @Nullable Object payload;

	private final @Nullable String to;

	private final @Nullable String key;

	private final @Nullable String error;

	private final boolean binary;

	private final boolean nativeMessage;

	private final boolean local;

	private final boolean forced;

	private final @Nullable Origin origin;

	private Message(Builder builder) {
		this.namespace = builder.namespace;
		this.room = builder.room;
		this.event = builder.event;
		this.payload = builder.payload;
		this.to = builder.to;
		this.key = builder.key;
		this.error = builder.error;
		this.binary = builder.binary;
		this.nativeMessage = builder.nativeMessage;
		this.local = builder.local;
		this.forced = builder.forced;
		this.origin = builder.origin;
	}

	/**
	 * A message of an event, for any namespace.
	 * @param event the event
	 * @return the message
	 */
	public static Message of(String event) {
		return builder().event(event).build();
	}

	/**
	 * A message of an event with a body, for any namespace.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return the message
	 */
	public static Message of(String event, @Nullable Object body) {
		return builder().event(event).body(body).build();
	}

	/**
	 * A message for a room, in the room's namespace.
	 * @param room the room
	 * @return the message, still without event and body
	 */
	public static Message to(Room room) {
		return builder().namespace(room.nsConn().namespace()).room(room.name()).build();
	}

	/**
	 * A native message: the body goes out as a whole WebSocket message without neffos
	 * structure, to connections of the namespace with the empty name (protocol section
	 * 12).
	 * @param body the body
	 * @return the message
	 */
	public static Message nativeMessage(Object body) {
		return builder().event(SystemEvents.NATIVE_MESSAGE).body(body).nativeMessage(true).build();
	}

	/**
	 * Build a message field by field.
	 * @return a builder with empty fields
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The namespace.
	 * @return its name, perhaps empty
	 */
	public String namespace() {
		return this.namespace;
	}

	/**
	 * A copy in another namespace.
	 * @param name the namespace
	 * @return the copy
	 */
	public Message namespace(String name) {
		return toBuilder().namespace(name).build();
	}

	/**
	 * The room.
	 * @return its name, empty when the message is not for a room
	 */
	public String room() {
		return this.room;
	}

	/**
	 * A copy for another room.
	 * @param name the room, empty for none
	 * @return the copy
	 */
	public Message room(String name) {
		return toBuilder().room(name).build();
	}

	/**
	 * The event.
	 * @return its name
	 */
	public String event() {
		return this.event;
	}

	/**
	 * A copy with another event.
	 * @param name the event
	 * @return the copy
	 */
	public Message event(String name) {
		return toBuilder().event(name).build();
	}

	/**
	 * The body as bytes.
	 * @return the bytes, not copied; of length 0 when there is no body
	 * @throws IllegalStateException if the body is an object that is not written yet,
	 * which a received message never has
	 */
	public byte[] body() {
		if (this.payload == null) {
			return NO_BYTES;
		}
		if (this.payload instanceof byte[] bytes) {
			return bytes;
		}
		if (this.payload instanceof CharSequence text) {
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}
		throw new IllegalStateException("The body is a " + this.payload.getClass().getName()
				+ " that is written when the message is sent; use payload()");
	}

	/**
	 * The body as text.
	 * @return the body read as UTF-8
	 */
	public String text() {
		return (this.payload instanceof CharSequence text) ? text.toString()
				: new String(body(), StandardCharsets.UTF_8);
	}

	/**
	 * The body as an object.
	 * @param <T> the type wanted
	 * @param type the type wanted
	 * @return the object, read by the server's {@link BodyCodec}
	 * @throws NeffosException if the body is not such an object
	 * @throws IllegalStateException if this message was not received
	 */
	public <T> T as(Class<T> type) {
		return type.cast(as((Type) type));
	}

	/**
	 * The body as an object of a generic type.
	 * @param type the type wanted
	 * @return the object, read by the server's {@link BodyCodec}
	 * @throws NeffosException if the body is not such an object
	 * @throws IllegalStateException if this message was not received
	 */
	public Object as(Type type) {
		if (this.origin == null) {
			throw new IllegalStateException("Only a received message can be read as an object");
		}
		return this.origin.codec().decode(body(), type);
	}

	/**
	 * The body as it was given.
	 * @return {@code byte[]}, {@link CharSequence}, an object to be written, or
	 * {@code null}
	 */
	public @Nullable Object payload() {
		return this.payload;
	}

	/**
	 * A copy with another body.
	 * @param body {@code byte[]}, {@link CharSequence}, an object for the
	 * {@link BodyCodec}, or {@code null} for none
	 * @return the copy
	 */
	public Message body(@Nullable Object body) {
		return toBuilder().body(body).build();
	}

	/**
	 * Whether the message travels in a binary WebSocket message.
	 * @return {@code false} for text
	 */
	public boolean isBinary() {
		return this.binary;
	}

	/**
	 * A copy that travels as binary or as text. A body that is not UTF-8 must be binary.
	 * @param value {@code true} for binary
	 * @return the copy
	 */
	public Message binary(boolean value) {
		return toBuilder().binary(value).build();
	}

	/**
	 * Whether the message has no neffos structure (protocol section 12).
	 * @return {@code true} for a native message
	 */
	public boolean isNative() {
		return this.nativeMessage;
	}

	/**
	 * The one id a broadcast is for.
	 * @return the id, or {@code null} for everybody
	 */
	public @Nullable String to() {
		return this.to;
	}

	/**
	 * A copy that reaches only connections with one id, when it is broadcast.
	 * @param connId the id, or {@code null} for everybody
	 * @return the copy
	 */
	public Message to(@Nullable String connId) {
		return toBuilder().to(connId).build();
	}

	/**
	 * With {@link Overflow#CONFLATE}, what the message is about: for a connection that
	 * does not keep up it replaces a message with the same key, namespace, room and event
	 * that still waits, and no other. It does not travel, so a received message has none.
	 * @return the key, or {@code null} if all messages of the event are about the same
	 */
	public @Nullable String key() {
		return this.key;
	}

	/**
	 * A copy about something else, such as the symbol of a stock whose price it tells.
	 * @param value the key, or {@code null} for none
	 * @return the copy
	 */
	public Message key(@Nullable String value) {
		return toBuilder().key(value).build();
	}

	/**
	 * The error text of an error message. Such a message has no body.
	 * @return the text, or {@code null} when this is no error
	 */
	public @Nullable String error() {
		return this.error;
	}

	/**
	 * Whether this is an error message. Answers to one are never sent.
	 * @return {@code true} if {@link #error()} is set
	 */
	public boolean isError() {
		return this.error != null;
	}

	/**
	 * Whether an event was caused by this side itself rather than asked for by the other
	 * one (protocol section 8).
	 * @return {@code true} if this side acted
	 */
	public boolean isLocal() {
		return this.local;
	}

	/**
	 * Whether an event of leaving cannot be refused because the connection or the
	 * namespace is going away (protocol section 8).
	 * @return {@code true} if a refusal has no effect
	 */
	public boolean isForced() {
		return this.forced;
	}

	/**
	 * Whether the sender waits for an answer.
	 * @return {@code true} until its one answer was given
	 */
	public boolean isAsk() {
		return this.origin != null && this.origin.awaitsAnswer();
	}

	/**
	 * Answer this message, now or later, from any thread. The first answer counts, be it
	 * given here or by the value of the handler.
	 * @param body the body of the answer, or {@code null} for an empty one
	 * @return {@code false} if nothing was sent: this was no ask, it is answered already,
	 * or the connection is closed
	 */
	public boolean reply(@Nullable Object body) {
		return this.origin != null && this.origin.answer(body, null);
	}

	/**
	 * Answer this message with an error, now or later, from any thread.
	 * @param text the text for the asker
	 * @return {@code false} if nothing was sent
	 */
	public boolean replyError(String text) {
		return this.origin != null && this.origin.answer(null, text);
	}

	/**
	 * Build a changed copy.
	 * @return a builder with the fields of this message, how to answer it included
	 */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.namespace = this.namespace;
		builder.room = this.room;
		builder.event = this.event;
		builder.payload = this.payload;
		builder.to = this.to;
		builder.key = this.key;
		builder.error = this.error;
		builder.binary = this.binary;
		builder.nativeMessage = this.nativeMessage;
		builder.local = this.local;
		builder.forced = this.forced;
		builder.origin = this.origin;
		return builder;
	}

	/**
	 * Names, never the body.
	 */
	@Override
	public String toString() {
		return "Message[namespace=" + this.namespace + ", room=" + this.room + ", event=" + this.event
				+ (isError() ? ", error" : "") + (this.binary ? ", binary" : "") + "]";
	}

	/**
	 * Where a received message came from: what reads its body and what answers it.
	 *
	 * @since 0.1.0
	 */
	public interface Origin {

		/**
		 * What reads the body as an object.
		 * @return the codec
		 */
		BodyCodec codec();

		/**
		 * Whether an answer is still awaited.
		 * @return {@code true} until the first answer
		 */
		boolean awaitsAnswer();

		/**
		 * Answer the message.
		 * @param body the body of the answer, or {@code null}
		 * @param error the error text, or {@code null} if it is no error
		 * @return {@code false} if nothing was sent
		 */
		boolean answer(@Nullable Object body, @Nullable String error);

	}

	/**
	 * Builds a {@link Message}. Not for concurrent use.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private String namespace = "";

		private String room = "";

		private String event = "";

		private @Nullable Object payload;

		private @Nullable String to;

		private @Nullable String key;

		private @Nullable String error;

		private boolean binary;

		private boolean nativeMessage;

		private boolean local;

		private boolean forced;

		private @Nullable Origin origin;

		private Builder() {
		}

		/**
		 * Set the namespace.
		 * @param name its name
		 * @return this builder
		 */
		public Builder namespace(String name) {
			this.namespace = name;
			return this;
		}

		/**
		 * Set the room.
		 * @param name its name, empty for none
		 * @return this builder
		 */
		public Builder room(String name) {
			this.room = name;
			return this;
		}

		/**
		 * Set the event.
		 * @param name its name
		 * @return this builder
		 */
		public Builder event(String name) {
			this.event = name;
			return this;
		}

		/**
		 * Set the body.
		 * @param body the body, or {@code null}
		 * @return this builder
		 */
		public Builder body(@Nullable Object body) {
			this.payload = body;
			return this;
		}

		/**
		 * Set the one id a broadcast is for.
		 * @param connId the id, or {@code null}
		 * @return this builder
		 */
		public Builder to(@Nullable String connId) {
			this.to = connId;
			return this;
		}

		/**
		 * Say what it is about, see {@link Message#key()}.
		 * @param value the key, or {@code null}
		 * @return this builder
		 */
		public Builder key(@Nullable String value) {
			this.key = value;
			return this;
		}

		/**
		 * Make it an error.
		 * @param text the text, or {@code null} for no error
		 * @return this builder
		 */
		public Builder error(@Nullable String text) {
			this.error = text;
			return this;
		}

		/**
		 * Choose binary or text.
		 * @param value {@code true} for binary
		 * @return this builder
		 */
		public Builder binary(boolean value) {
			this.binary = value;
			return this;
		}

		/**
		 * Make it a native message.
		 * @param value {@code true} for a native message
		 * @return this builder
		 */
		public Builder nativeMessage(boolean value) {
			this.nativeMessage = value;
			return this;
		}

		/**
		 * Mark it as caused by this side.
		 * @param value {@code true} if this side acted
		 * @return this builder
		 */
		public Builder local(boolean value) {
			this.local = value;
			return this;
		}

		/**
		 * Mark it as not to be refused.
		 * @param value {@code true} if a refusal has no effect
		 * @return this builder
		 */
		public Builder forced(boolean value) {
			this.forced = value;
			return this;
		}

		/**
		 * Say where it came from.
		 * @param value what reads and answers it
		 * @return this builder
		 */
		public Builder origin(@Nullable Origin value) {
			this.origin = value;
			return this;
		}

		/**
		 * Build the message.
		 * @return the message
		 */
		public Message build() {
			return new Message(this);
		}

	}

}
