package io.neffos.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import io.neffos.BodyCodec;
import io.neffos.NeffosException;
import org.jspecify.annotations.Nullable;

/** Bodies as tests give them and compare them. Stateless but for the codec. */
final class Bodies {

	private final BodyCodec codec;

	Bodies(BodyCodec codec) {
		this.codec = codec;
	}

	byte[] encode(@Nullable Object body) {
		if (body == null) {
			return new byte[0];
		}
		if (body instanceof byte[] bytes) {
			return bytes.clone();
		}
		if (body instanceof CharSequence text) {
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}
		return this.codec.encode(body);
	}

	<T> T decode(byte[] body, Class<T> type) {
		return type.cast(this.codec.decode(body, type));
	}

	/**
	 * Whether bytes are what was expected: the same as what would be sent, which is how
	 * lists and arrays are compared too; or equal when read as an object.
	 */
	boolean isEqual(@Nullable Object expected, byte[] actual) {
		if (Arrays.equals(encode(expected), actual)) {
			return true;
		}
		if (expected == null || expected instanceof byte[] || expected instanceof CharSequence) {
			return false;
		}
		try {
			return expected.equals(this.codec.decode(actual, type(expected)));
		}
		catch (NeffosException ex) {
			return false;
		}
	}

	/** Nothing can be read as one of the classes of {@code Map.of()}. */
	private static Class<?> type(Object expected) {
		return (expected instanceof Map) ? Map.class : expected.getClass();
	}

	static String describe(@Nullable Object body) {
		if (body == null) {
			return "no body";
		}
		return (body instanceof byte[] bytes) ? Transcript.bytes(bytes) : Transcript.quote(body.toString());
	}

}
