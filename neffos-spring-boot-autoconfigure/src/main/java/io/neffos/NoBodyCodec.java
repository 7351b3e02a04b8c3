package io.neffos;

import java.lang.reflect.Type;

/** Refuses objects: only bytes and texts can be sent and read. */
enum NoBodyCodec implements BodyCodec {

	INSTANCE;

	@Override
	public byte[] encode(Object value) {
		throw new NeffosException("No body codec for " + value.getClass().getName()
				+ ": send byte[] or a CharSequence, or configure a BodyCodec (Jackson is used when it is present)");
	}

	@Override
	public Object decode(byte[] body, Type type) {
		throw new NeffosException("No body codec for " + type.getTypeName()
				+ ": read body() or text(), or configure a BodyCodec (Jackson is used when it is present)");
	}

}
