package io.neffos.autoconfigure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.NeffosServer;
import io.neffos.Scope;

/**
 * Gauges of how many connections, rooms and members there are now, on this server: those
 * of a cluster are the sums, which the monitoring system adds up.
 */
final class LevelMeters {

	private LevelMeters() {
	}

	static void register(MeterRegistry registry, NeffosServer server) {
		Gauge.builder("neffos.connections", server, (source) -> source.connectionCount(Scope.LOCAL))
			.description("Connections that are acknowledged and not closed")
			.baseUnit("connections")
			.strongReference(true)
			.register(registry);
		for (String namespace : server.namespaces()) {
			register(registry, server, namespace);
		}
	}

	private static void register(MeterRegistry registry, NeffosServer server, String namespace) {
		Gauge
			.builder("neffos.namespace.connections", server, (source) -> source.connectionCount(namespace, Scope.LOCAL))
			.description("Connections in the namespace")
			.baseUnit("connections")
			.tag(Tags.NAMESPACE, namespace)
			.strongReference(true)
			.register(registry);
		Gauge.builder("neffos.rooms", server, (source) -> source.roomCount(namespace, Scope.LOCAL))
			.description("Rooms that have members")
			.baseUnit("rooms")
			.tag(Tags.NAMESPACE, namespace)
			.strongReference(true)
			.register(registry);
		RoomSizes sizes = new RoomSizes(() -> server.rooms(namespace, Scope.LOCAL), registry.config().clock());
		Gauge.builder("neffos.room.memberships", sizes, (source) -> source.now().members())
			.description("Memberships: the sizes of all rooms, added up")
			.baseUnit("memberships")
			.tag(Tags.NAMESPACE, namespace)
			.strongReference(true)
			.register(registry);
		Gauge.builder("neffos.room.size.max", sizes, (source) -> source.now().largest())
			.description("Members of the largest room")
			.baseUnit("members")
			.tag(Tags.NAMESPACE, namespace)
			.strongReference(true)
			.register(registry);
		for (RoomSizes.Bucket bucket : RoomSizes.Bucket.values()) {
			Gauge.builder("neffos.room.size", sizes, (source) -> source.now().rooms(bucket))
				.description("Rooms by how many members they have")
				.baseUnit("rooms")
				.tag(Tags.NAMESPACE, namespace)
				.tag("bucket", bucket.range())
				.strongReference(true)
				.register(registry);
		}
	}

}
