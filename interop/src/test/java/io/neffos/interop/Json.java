package io.neffos.interop;

import java.util.List;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the servers say in JSON. */
final class Json {

	private static final JsonMapper MAPPER = new JsonMapper();

	private Json() {
	}

	static JsonNode read(String json) {
		return MAPPER.readTree(json);
	}

	static List<String> texts(String json) {
		return texts(read(json));
	}

	static List<String> texts(String json, String property) {
		return texts(read(json).path(property));
	}

	private static List<String> texts(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).map((text) -> text.asString("")).toList();
	}

}
