package io.neffos.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** What an application keeps with a connection; costs nothing until it does. */
final class Attributes {

	private volatile @Nullable Map<String, Object> values;

	void set(String key, @Nullable Object value) {
		if (value != null) {
			values().put(key, value);
		}
		else {
			values().remove(key);
		}
	}

	@Nullable Object get(String key) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.get(key) : null;
	}

	long add(String key, long by) {
		return (Long) values().merge(key, by, (a, b) -> (Long) a + (Long) b);
	}

	private Map<String, Object> values() {
		Map<String, Object> map = this.values;
		if (map != null) {
			return map;
		}
		synchronized (this) {
			if (this.values == null) {
				this.values = new ConcurrentHashMap<>(4);
			}
			return this.values;
		}
	}

}
