package io.neffos.autoconfigure.actuate;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.neffos.RoomInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Which part of a list of rooms is wanted.
 *
 * @param number the number of the page, from 0
 * @param size how many rooms it has
 */
record RoomPage(int number, int size) {

	private static final Comparator<Entry> LARGEST_FIRST = Comparator.comparingInt(Entry::size)
		.reversed()
		.thenComparing(Entry::name);

	static RoomPage of(@Nullable Integer number, @Nullable Integer size, int maxSize) {
		if (number != null && number < 0) {
			throw invalid("page", "0 or more");
		}
		if (size != null && size < 1) {
			throw invalid("size", "1 or more");
		}
		return new RoomPage((number != null) ? number : 0, (size != null) ? Math.min(size, maxSize) : maxSize);
	}

	private static InvalidEndpointRequestException invalid(String parameter, String legal) {
		String reason = "Parameter '%s' must be %s".formatted(parameter, legal);
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * The rooms of this page by name, largest first, and by name where they are equal.
	 */
	Selection select(List<? extends RoomInfo> rooms) {
		// Sizes change while they are compared, so each is read once; 0 is a room that
		// died.
		List<Entry> all = rooms.stream()
			.map((room) -> new Entry(room.name(), room.size()))
			.filter((room) -> room.size() > 0)
			.sorted(LARGEST_FIRST)
			.toList();
		Map<String, Integer> selected = new LinkedHashMap<>();
		all.stream()
			.skip((long) this.number * this.size)
			.limit(this.size)
			.forEach((room) -> selected.put(room.name(), room.size()));
		return new Selection(selected, all.size());
	}

	/**
	 * The rooms of a page.
	 *
	 * @param rooms their sizes by name
	 * @param total how many rooms there are on all pages
	 */
	record Selection(Map<String, Integer> rooms, int total) {

		boolean isCut() {
			return this.rooms.size() < this.total;
		}

	}

	private record Entry(String name, int size) {
	}

}
