package io.neffos.autoconfigure;

import java.lang.reflect.Type;

import io.neffos.BodyCodec;
import io.neffos.NeffosException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.ObjectMapper;

/**
 * Bodies as JSON, read and written by the application's own Jackson. What it throws tells
 * where a body is wrong, and never quotes it.
 */
final class JacksonBodyCodec implements BodyCodec {

	private final ObjectMapper mapper;

	JacksonBodyCodec(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public byte[] encode(Object value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new NeffosException("Cannot write " + value.getClass().getName() + " as JSON", ex);
		}
	}

	@Override
	public Object decode(byte[] body, Type type) {
		Object value;
		try {
			value = this.mapper.readValue(body, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			// Without the cause: Jackson's texts quote the body, and this one is logged.
			throw new NeffosException("The body is not JSON for " + type.getTypeName() + position(ex));
		}
		if (value == null) {
			throw new NeffosException("The body is null, not JSON for " + type.getTypeName());
		}
		return value;
	}

	private static String position(JacksonException ex) {
		TokenStreamLocation location = ex.getLocation();
		return (location != null && location.getColumnNr() > 0)
				? " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")" : "";
	}

}
