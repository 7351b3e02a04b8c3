package io.neffos;

import java.lang.reflect.Type;

/**
 * Turns objects into message bodies and back. Bodies are bytes on the wire and in the
 * engine; a codec is consulted only for objects that are neither {@code byte[]} nor
 * {@link CharSequence}.
 * <p>
 * Implementations are safe for concurrent use, do not block, and run on the thread that
 * sends or reads.
 *
 * @since 0.1.0
 */
public interface BodyCodec {

	/**
	 * Turn an object into a body.
	 * @param value the object, never {@code null}
	 * @return the bytes; UTF-8 when the message is to be sent as text
	 * @throws NeffosException if the object cannot be written
	 */
	byte[] encode(Object value);

	/**
	 * Turn a body into an object.
	 * @param body the bytes
	 * @param type the type wanted
	 * @return an object of that type
	 * @throws NeffosException if the bytes are not such an object
	 */
	Object decode(byte[] body, Type type);

	/**
	 * A codec for applications without a JSON library: refuses every object and names the
	 * type it was given.
	 * @return the codec
	 */
	static BodyCodec none() {
		return NoBodyCodec.INSTANCE;
	}

}
