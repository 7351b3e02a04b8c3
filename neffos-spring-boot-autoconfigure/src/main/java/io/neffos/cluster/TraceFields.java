package io.neffos.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The trace a message belongs to, as fields of an envelope. Bounded on both sides, so
 * that the baggage of an application does not become the load of its broker.
 */
final class TraceFields {

	/** So many are written and read. */
	static final int MAX_COUNT = 16;

	/** Characters of all that are written, names and values. */
	static final int MAX_SIZE = 8_192;

	private TraceFields() {
	}

	/** As many of the fields as are written, in their order. */
	static Map<String, String> bounded(Map<String, String> fields) {
		if (fields.isEmpty()) {
			return fields;
		}
		Map<String, String> result = new LinkedHashMap<>();
		int size = 0;
		for (Map.Entry<String, String> field : fields.entrySet()) {
			int more = field.getKey().length() + field.getValue().length();
			if (result.size() < MAX_COUNT && size + more <= MAX_SIZE) {
				result.put(field.getKey(), field.getValue());
				size += more;
			}
		}
		return result;
	}

	static void write(Map<String, String> fields, WireWriter writer) {
		writer.number(fields.size());
		fields.forEach((name, value) -> writer.text(name).text(value));
	}

	/**
	 * Read fields.
	 * @throws WireReader.MalformedException if there are too many
	 */
	static Map<String, String> read(WireReader reader) {
		int count = reader.count();
		if (count > MAX_COUNT) {
			throw new WireReader.MalformedException(count + " fields of a trace");
		}
		Map<String, String> result = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			result.put(reader.text(), reader.text());
		}
		return result;
	}

}
