package io.neffos.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.engine.Mailbox.Pause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Order, one at a time, pauses and help, with threads and without. */
@Timeout(30)
class MailboxTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/** An executor by hand: what it was given runs when the test says so. */
	private final Queue<Runnable> handed = new ArrayDeque<>();

	private final List<String> log = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	private Mailbox byHand() {
		return new Mailbox(this.handed::add, () -> this.log.add("rejected"));
	}

	private Mailbox threaded() {
		return new Mailbox(this.threads, () -> this.log.add("rejected"));
	}

	private void runHanded() {
		for (Runnable next = this.handed.poll(); next != null; next = this.handed.poll()) {
			next.run();
		}
	}

	private Mailbox.Task task(String name) {
		return () -> {
			this.log.add(name);
			return null;
		};
	}

	@Test
	void runsWhatManyThreadsSendInTheOrderOfEachAndOneAtATime() throws Exception {
		Mailbox mailbox = threaded();
		int producers = 8;
		int each = 5_000;
		int[] last = new int[producers];
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger broken = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(producers * each);
		for (int p = 0; p < producers; p++) {
			int producer = p;
			this.threads.execute(() -> {
				for (int i = 1; i <= each; i++) {
					int number = i;
					mailbox.execute(() -> {
						if (inside.incrementAndGet() != 1 || ++last[producer] != number) {
							broken.incrementAndGet();
						}
						inside.decrementAndGet();
						done.countDown();
						return null;
					});
				}
			});
		}
		done.await();
		assertThat(broken).hasValue(0);
	}

	@Test
	void asksForAThreadOnlyOnceWhileTasksWait() {
		Mailbox mailbox = byHand();
		mailbox.execute(task("a"));
		mailbox.execute(task("b"));
		assertThat(this.handed).hasSize(1);
		runHanded();
		mailbox.enqueue(task("c"));
		assertThat(this.handed).isEmpty();
		mailbox.wake();
		runHanded();
		assertThat(this.log).containsExactly("a", "b", "c");
	}

	@Test
	void pauseHoldsUpWhatFollowsAndHoldsNoThread() {
		Mailbox mailbox = byHand();
		CompletableFuture<Void> first = new CompletableFuture<>();
		CompletableFuture<Void> second = new CompletableFuture<>();
		mailbox.execute(() -> new Pause(first, () -> {
			this.log.add("after first");
			return new Pause(second, task("after second"), false);
		}, false));
		mailbox.execute(task("next"));
		runHanded();
		assertThat(this.log).isEmpty();
		first.complete(null);
		runHanded();
		assertThat(this.log).containsExactly("after first");
		second.completeExceptionally(new IllegalStateException("however it did"));
		runHanded();
		assertThat(this.log).containsExactly("after first", "after second", "next");
	}

	@Test
	void pauseOnWhatIsCompleteGoesOnAtOnce() {
		Mailbox mailbox = byHand();
		mailbox.execute(() -> new Pause(CompletableFuture.completedFuture(1), task("a"), false));
		mailbox.execute(task("b"));
		this.handed.remove().run();
		assertThat(this.handed).isEmpty();
		assertThat(this.log).containsExactly("a", "b");
	}

	@Test
	void pausesWakeUpWhoeverCompletesThem() throws Exception {
		Mailbox mailbox = threaded();
		int count = 2_000;
		CountDownLatch done = new CountDownLatch(count);
		for (int i = 0; i < count; i++) {
			CompletableFuture<Void> stage = new CompletableFuture<>();
			this.threads.execute(() -> stage.complete(null));
			mailbox.execute(() -> new Pause(stage, () -> {
				done.countDown();
				return null;
			}, false));
		}
		done.await();
	}

	@Test
	void runsOnTheCallerWhenTheExecutorRefuses() {
		Mailbox mailbox = new Mailbox((task) -> {
			throw new RejectedExecutionException();
		}, () -> this.log.add("rejected"));
		mailbox.execute(task("a"));
		CompletableFuture<Void> stage = new CompletableFuture<>();
		mailbox.execute(() -> new Pause(stage, task("b"), false));
		stage.complete(null);
		assertThat(this.log).containsExactly("rejected", "a", "rejected", "rejected", "b");
	}

	@Test
	void givesTheThreadToOthersAfterABatch() {
		Mailbox busy = byHand();
		Mailbox other = byHand();
		for (int i = 0; i < 99; i++) {
			busy.execute(task("busy"));
		}
		other.execute(task("other"));
		runHanded();
		assertThat(this.log).hasSize(100);
		assertThat(this.log.indexOf("other")).isEqualTo(64);
	}

	@Test
	void failingTaskDoesNotStopOthers() {
		Mailbox mailbox = byHand();
		mailbox.execute(() -> {
			throw new IllegalStateException("thrown on purpose by a test");
		});
		mailbox.execute(task("next"));
		runHanded();
		assertThat(this.log).containsExactly("next");
	}

	@Test
	void waitingTaskRunsStepsButNoOtherTasks() throws Exception {
		Mailbox mailbox = threaded();
		CompletableFuture<Void> awaited = new CompletableFuture<>();
		CountDownLatch waiting = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		mailbox.execute(() -> {
			waiting.countDown();
			help(mailbox, awaited);
			this.log.add("waited");
			return null;
		});
		waiting.await();
		mailbox.execute(task("queued"));
		mailbox.step(() -> {
			this.log.add("step");
			awaited.complete(null);
			return null;
		});
		mailbox.execute(() -> {
			end.countDown();
			return null;
		});
		end.await();
		assertThat(this.log).containsExactly("step", "waited", "queued");
	}

	@Test
	void stepKeepsItsPlaceWhenNobodyWaits() {
		Mailbox mailbox = byHand();
		mailbox.execute(task("a"));
		mailbox.step(task("step"));
		mailbox.execute(task("b"));
		runHanded();
		assertThat(this.log).containsExactly("a", "step", "b");
	}

	@Test
	void whatAStepPausedForReachesTheTaskThatWaits() throws Exception {
		Mailbox mailbox = threaded();
		CompletableFuture<Void> awaited = new CompletableFuture<>();
		CompletableFuture<Void> stage = new CompletableFuture<>();
		CountDownLatch paused = new CountDownLatch(1);
		CompletableFuture<Void> end = new CompletableFuture<>();
		mailbox.execute(() -> {
			help(mailbox, awaited);
			end.complete(null);
			return null;
		});
		mailbox.step(() -> {
			paused.countDown();
			return new Pause(stage, () -> {
				awaited.complete(null);
				return null;
			}, false);
		});
		paused.await();
		stage.complete(null);
		end.get();
	}

	@Test
	void whatAStepPausedForHoldsUpWhatFollowsAlsoWhenTheWaitIsOver() throws Exception {
		Mailbox mailbox = byHand();
		CompletableFuture<Void> awaited = new CompletableFuture<>();
		CompletableFuture<Void> stage = new CompletableFuture<>();
		CountDownLatch paused = new CountDownLatch(1);
		mailbox.execute(() -> {
			help(mailbox, awaited);
			this.log.add("waited");
			return null;
		});
		mailbox.step(() -> {
			paused.countDown();
			return new Pause(stage, task("after the pause"), false);
		});
		mailbox.execute(task("next"));
		Future<?> drain = this.threads.submit(this.handed.remove());
		paused.await();
		awaited.complete(null);
		mailbox.step(task("step"));
		drain.get();
		assertThat(this.log).containsExactly("waited");
		stage.complete(null);
		runHanded();
		assertThat(this.log).containsExactly("waited", "after the pause", "next", "step");
	}

	@Test
	void onlyStepsRunDuringThePauseOfAHandler() {
		Mailbox mailbox = byHand();
		CompletableFuture<Void> stage = new CompletableFuture<>();
		CompletableFuture<Void> stepStage = new CompletableFuture<>();
		mailbox.execute(() -> new Pause(stage, task("after the handler"), true));
		mailbox.execute(task("next"));
		runHanded();
		mailbox.step(task("step"));
		runHanded();
		assertThat(this.log).containsExactly("step");
		mailbox.step(() -> new Pause(stepStage, task("after the step"), false));
		runHanded();
		stage.complete(null);
		mailbox.step(task("held up"));
		runHanded();
		assertThat(this.log).containsExactly("step");
		stepStage.complete(null);
		runHanded();
		assertThat(this.log).containsExactly("step", "after the step", "after the handler", "next", "held up");
	}

	@Test
	void whatIsAskedInlineByAnotherThreadReachesTheTaskThatWaits() throws Exception {
		Mailbox mailbox = threaded();
		CompletableFuture<Void> awaited = new CompletableFuture<>();
		CompletableFuture<Void> end = new CompletableFuture<>();
		mailbox.execute(() -> {
			help(mailbox, awaited);
			end.complete(null);
			return null;
		});
		mailbox.executeInline(() -> {
			awaited.complete(null);
			return null;
		});
		end.get();
	}

	@Test
	void inlineRunsAtOnceWithinATask() {
		Mailbox mailbox = byHand();
		mailbox.execute(() -> {
			mailbox.executeInline(task("inline"));
			this.log.add("task");
			return null;
		});
		runHanded();
		assertThat(this.log).containsExactly("inline", "task");
		assertThat(mailbox.isOwner()).isFalse();
	}

	@Test
	void waitEndsByTimeAndByInterrupt() throws Exception {
		Mailbox mailbox = threaded();
		CompletableFuture<Throwable> timedOut = new CompletableFuture<>();
		CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
		mailbox.execute(() -> {
			try {
				mailbox.help(new CompletableFuture<>(), 1, false);
			}
			catch (InterruptedException | TimeoutException ex) {
				timedOut.complete(ex);
			}
			Thread.currentThread().interrupt();
			try {
				mailbox.help(new CompletableFuture<>(), 0, true);
			}
			catch (InterruptedException | TimeoutException ex) {
				interrupted.complete(ex);
			}
			return null;
		});
		assertThat(timedOut.get()).isInstanceOf(TimeoutException.class);
		assertThat(interrupted.get()).isInstanceOf(InterruptedException.class);
	}

	@Test
	void noStepIsLostBetweenThreads() throws Exception {
		Mailbox mailbox = threaded();
		int count = 5_000;
		CountDownLatch done = new CountDownLatch(count);
		for (int i = 0; i < count; i++) {
			CompletableFuture<Void> awaited = new CompletableFuture<>();
			mailbox.execute(() -> {
				help(mailbox, awaited);
				done.countDown();
				return null;
			});
			this.threads.execute(() -> mailbox.step(() -> {
				awaited.complete(null);
				return null;
			}));
		}
		done.await();
	}

	@Test
	void discardDropsWhatMayBeDroppedAlsoAtTheEndOfABatch() {
		Mailbox mailbox = byHand();
		for (int i = 0; i < 70; i++) {
			Mailbox.Discardable offered = () -> {
				this.log.add("offered");
				return null;
			};
			mailbox.execute(offered);
		}
		mailbox.execute(task("end"));
		this.handed.remove().run();
		mailbox.discardOffered();
		runHanded();
		assertThat(this.log.subList(64, this.log.size())).containsExactly("end");
	}

	private static void help(Mailbox mailbox, CompletableFuture<?> future) {
		try {
			mailbox.help(future, 0, true);
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void ownerIsTheThreadOfTheTask() throws Exception {
		Mailbox mailbox = threaded();
		CompletableFuture<Boolean> inside = new CompletableFuture<>();
		mailbox.execute(() -> {
			inside.complete(mailbox.isOwner());
			return null;
		});
		assertThat(inside.get()).isTrue();
		assertThat(mailbox.isOwner()).isFalse();
	}

}
