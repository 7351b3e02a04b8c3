package io.neffos.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DirtyRooms}. */
class DirtyRoomsTests {

	private static final int ROOMS = 4;

	private static final int THREADS = 4;

	private static final int CHANGES = 50_000;

	private final DirtyRooms dirty = new DirtyRooms();

	@Test
	void handsOutAMarkOnceWithAllThatWasMarked() {
		List<String> taken = new ArrayList<>();
		this.dirty.mark("chat", "lobby", true);
		this.dirty.mark("chat", "lobby", false);
		this.dirty.mark("game", "lobby", false);
		this.dirty.drain((namespace, room, created) -> taken.add(namespace + "/" + room + ":" + created));
		this.dirty.drain((namespace, room, created) -> taken.add("again"));
		assertThat(taken).containsExactlyInAnyOrder("chat/lobby:true", "game/lobby:false");
	}

	/** Whoever takes the last mark of a room sees its last size. */
	@Test
	@Timeout(60)
	void losesNoMarkOfSeveralThreads() throws Exception {
		AtomicIntegerArray sizes = new AtomicIntegerArray(ROOMS);
		int[] seen = new int[ROOMS];
		CountDownLatch running = new CountDownLatch(THREADS);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> ends = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				Random random = new Random(thread);
				ends.add(threads.submit(() -> {
					for (int i = 0; i < CHANGES; i++) {
						int room = random.nextInt(ROOMS);
						sizes.incrementAndGet(room);
						this.dirty.mark("chat", String.valueOf(room), false);
					}
					running.countDown();
				}));
			}
			boolean isOver = false;
			while (!isOver) {
				isOver = running.getCount() == 0;
				this.dirty.drain(
						(namespace, room, created) -> seen[Integer.parseInt(room)] = sizes.get(Integer.parseInt(room)));
			}
			for (Future<?> end : ends) {
				end.get(10, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
		for (int room = 0; room < ROOMS; room++) {
			assertThat(seen[room]).isEqualTo(sizes.get(room));
		}
	}

}
