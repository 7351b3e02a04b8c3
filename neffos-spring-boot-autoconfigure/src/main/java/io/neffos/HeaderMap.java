package io.neffos;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Headers, found by their names in any letter case. Immutable, and small: a server has
 * one for each connection for as long as it lasts. Values that many clients send alike
 * are kept once.
 */
final class HeaderMap extends AbstractMap<String, List<String>> {

	/**
	 * Headers whose values tell nothing of who sent them. A secret is never shared, so
	 * that it is gone when its connection is.
	 */
	private static final Set<String> COMMON = Set.of("accept", "accept-encoding", "accept-language", "cache-control",
			"connection", "host", "origin", "pragma", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site",
			"sec-websocket-extensions", "sec-websocket-protocol", "sec-websocket-version", "upgrade", "user-agent");

	private static final SharedStrings SHARED = new SharedStrings();

	/** In the order of the alphabet. */
	private final List<String> names;

	private final List<List<String>> values;

	private HeaderMap(List<String> names, List<List<String>> values) {
		this.names = List.copyOf(names);
		this.values = List.copyOf(values);
	}

	static HeaderMap copyOf(Map<String, List<String>> headers) {
		Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> sorted.merge(name, values, HeaderMap::concat));
		List<String> names = new ArrayList<>(sorted.size());
		List<List<String>> all = new ArrayList<>(sorted.size());
		sorted.forEach((name, values) -> {
			names.add(SHARED.share(name));
			boolean common = COMMON.contains(name.toLowerCase(Locale.ROOT));
			all.add((common && values.size() == 1) ? List.of(SHARED.share(values.get(0))) : List.copyOf(values));
		});
		return new HeaderMap(names, all);
	}

	private static List<String> concat(List<String> some, List<String> more) {
		List<String> result = new ArrayList<>(some);
		result.addAll(more);
		return result;
	}

	private int find(@Nullable Object name) {
		return (name instanceof String text) ? Collections.binarySearch(this.names, text, String.CASE_INSENSITIVE_ORDER)
				: -1;
	}

	@Override
	public @Nullable List<String> get(@Nullable Object name) {
		int index = find(name);
		return (index >= 0) ? this.values.get(index) : null;
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return find(name) >= 0;
	}

	@Override
	public int size() {
		return this.names.size();
	}

	@Override
	public Set<Entry<String, List<String>>> entrySet() {
		return new Entries();
	}

	private final class Entries extends AbstractSet<Entry<String, List<String>>> {

		@Override
		public Iterator<Entry<String, List<String>>> iterator() {
			return new Iterator<>() {

				private int next;

				@Override
				public boolean hasNext() {
					return this.next < size();
				}

				@Override
				public Entry<String, List<String>> next() {
					if (!hasNext()) {
						throw new NoSuchElementException();
					}
					int index = this.next++;
					return Map.entry(HeaderMap.this.names.get(index), HeaderMap.this.values.get(index));
				}

			};
		}

		@Override
		public int size() {
			return HeaderMap.this.names.size();
		}

	}

}
