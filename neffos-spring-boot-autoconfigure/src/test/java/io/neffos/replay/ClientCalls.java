package io.neffos.replay;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Room;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;

/** What the application of one Go client called. */
final class ClientCalls {

	private final Results results;

	private final NeffosClientBuilder builder;

	/** Where the application of the scenario talked; the calls do not say it. */
	private final String namespace;

	/** Kept when they are left, as the application of the original did. */
	private final Map<String, Room> rooms = new HashMap<>();

	private @Nullable NSConn ns;

	private volatile @Nullable NeffosClient client;

	ClientCalls(String scenario, Results results, NeffosClientBuilder builder) {
		this.results = results;
		this.builder = builder;
		this.namespace = switch (scenario) {
			case "disconnect-denied" -> "stuck";
			case "native-only", "native-mixed" -> "";
			default -> "default";
		};
	}

	@Nullable NeffosClient client() {
		return this.client;
	}

	/**
	 * Do what was recorded.
	 * @param call the recorded call
	 * @param later what was recorded after it
	 */
	void make(Step call, List<Step> later) {
		CompletableFuture<?> result = switch (call.text()) {
			case "Dial" -> this.builder.dialAsync().thenApply((dialled) -> {
				this.client = dialled;
				return "id=" + dialled.conn().id();
			});
			case "connect" -> conn().connectAsync(arg(call, 0));
			case "WaitServerConnect" -> conn().waitConnectAsync(arg(call, 0));
			case "disconnect", "disconnect (already disconnected)" -> ns().disconnectAsync();
			case "joinRoom" -> ns().joinRoomAsync(arg(call, 0));
			case "leaveAll" -> ns().leaveAllAsync();
			case "room.leave" -> room(arg(call, 0)).leaveAsync();
			case "room.emit" -> done(room(arg(call, 0)).emit(arg(call, 1), arg(call, 2)));
			case "emit" -> done(ns().emit(arg(call, 0), arg(call, 1)));
			case "emitBinary" -> done(ns().emitBinary(arg(call, 0), HexFormat.ofDelimiter(" ").parseHex(arg(call, 1))));
			case "ask" -> conn().askAsync(Message.of(arg(call, 0), arg(call, 1)).namespace(this.namespace),
					Replay.expires(later) ? ServerCalls.UNANSWERED : ServerCalls.LONG);
			case "write (not in that room)" ->
				done(conn().write(Message.of("news", "x").namespace(this.namespace).room(arg(call, 0))));
			case "write native" -> done(conn().write(Message.nativeMessage(arg(call, 0)).binary(isBinary(later))));
			case "close" -> close();
			default -> throw new IllegalArgumentException("Unknown call " + call);
		};
		this.results.report(call.text(), result);
	}

	private CompletableFuture<Boolean> close() {
		NeffosClient open = Objects.requireNonNull(this.client);
		open.close();
		return open.closed().thenApply((reason) -> true);
	}

	private static CompletableFuture<Boolean> done(boolean sent) {
		return CompletableFuture.completedFuture(sent);
	}

	/** Only the frame that followed tells it. */
	private static boolean isBinary(List<Step> later) {
		return later.stream().filter((step) -> step.kind() == Kind.SEND).findFirst().orElseThrow().isBinary();
	}

	private Conn conn() {
		return Objects.requireNonNull(this.client).conn();
	}

	private NSConn ns() {
		NSConn connected = conn().namespace(this.namespace);
		if (connected != null) {
			this.ns = connected;
		}
		return Objects.requireNonNull(this.ns);
	}

	private Room room(String name) {
		Room joined = ns().room(name);
		if (joined != null) {
			this.rooms.put(name, joined);
		}
		return Objects.requireNonNull(this.rooms.get(name));
	}

	private static String arg(Step call, int index) {
		return call.source().get("args").get(index).asString();
	}

}
