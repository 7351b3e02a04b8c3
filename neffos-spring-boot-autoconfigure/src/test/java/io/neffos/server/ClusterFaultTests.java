package io.neffos.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.RoomInfo;
import io.neffos.Scope;
import io.neffos.exchange.Broker;
import io.neffos.exchange.CutProxy;
import io.neffos.exchange.StackExchange;
import io.neffos.testkit.LogTap;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three servers and their broker, of which one or the other fails: the third server
 * reaches the broker through a proxy that can be cut. Clients a and d are on the first
 * server, b is on the second and c on the third.
 */
abstract class ClusterFaultTests {

	private final List<Object> told = Collections.synchronizedList(new ArrayList<>());

	private CutProxy proxy;

	private TestServer test;

	private WireClient a;

	private WireClient b;

	private WireClient c;

	private WireClient d;

	abstract Broker broker();

	abstract StackExchange exchange(String host, int port);

	@BeforeEach
	void open() {
		this.proxy = new CutProxy(broker());
		AtomicInteger made = new AtomicInteger();
		TestServer.inCluster(() -> (made.getAndIncrement() == 2) ? exchange(this.proxy.host(), this.proxy.port())
				: exchange(broker().host(), broker().port()));
		try {
			this.test = new TestServer(TestServer.namespaces((namespaces) -> namespaces.namespace("chat", (events) -> {
			})), TestServer.SETTINGS, (builder) -> builder.roomEvents(this.told::add));
		}
		finally {
			TestServer.inCluster(null);
		}
		this.a = this.test.client("chat").join("chat", "lobby");
		this.b = this.test.client("chat").join("chat", "lobby");
		this.c = this.test.client("chat").join("chat", "lobby");
		this.d = this.test.client("chat").join("chat", "lobby");
		awaitWhole(4);
	}

	@AfterEach
	void close() {
		if (this.test != null) {
			this.test.close();
		}
		this.proxy.close();
	}

	private DefaultNeffosServer server(int number) {
		return this.test.servers().get(number);
	}

	private void awaitWhole(int members) {
		for (DefaultNeffosServer server : this.test.servers()) {
			await().untilAsserted(() -> {
				assertThat(server.clusterStats().isAvailable()).isTrue();
				assertThat(server.servers()).hasSize(3);
				RoomInfo lobby = server.room("chat", "lobby");
				assertThat((lobby != null) ? lobby.size() : 0).isEqualTo(members);
			});
		}
	}

	private void emit(int server, String body) {
		server(server).namespace("chat").room("lobby").emit("tick", body);
	}

	private static void expect(String body, WireClient... clients) {
		for (WireClient client : clients) {
			client.expect(";chat;lobby;tick;0;0;" + body);
		}
	}

	private void nothingMore() {
		List.of(this.a, this.b, this.c, this.d).forEach(WireClient::expectNothing);
	}

	@Test
	void brokerThatDiesAndReturnsCostsOnlyWhatWasSentMeanwhile() {
		emit(0, "before");
		expect("before", this.a, this.b, this.c, this.d);
		broker().stop();
		await().untilAsserted(
				() -> assertThat(this.test.servers()).noneMatch((server) -> server.clusterStats().isAvailable()));
		emit(0, "meanwhile");
		expect("meanwhile", this.a, this.d);
		WireClient late = this.test.client("chat").join("chat", "lobby");
		late.say(";chat;lobby;tick;0;0;late");
		expect("late", late, this.b);
		assertThat(server(0).clusterStats().refused()).isPositive();
		broker().start();
		awaitWhole(5);
		assertThat(server(0).clusterStats().reconnects()).isOne();
		for (int server = 0; server < 3; server++) {
			emit(server, "after" + server);
			expect("after" + server, this.a, this.b, this.c, this.d, late);
		}
		late.expectNothing();
		nothingMore();
	}

	@Test
	void brokerThatStandsStillIsNoticedAndHoldsUpNobodyHere() {
		broker().pause();
		try {
			emit(0, "still");
			expect("still", this.a, this.d);
			WireClient late = this.test.client("chat").join("chat", "elsewhere");
			late.say(";chat;elsewhere;tick;0;0;here");
			late.expect(";chat;elsewhere;tick;0;0;here");
			await().untilAsserted(
					() -> assertThat(this.test.servers()).noneMatch((server) -> server.clusterStats().isAvailable()));
		}
		finally {
			broker().resume();
		}
		awaitWhole(4);
		// What was on its way may arrive late, but not twice.
		assertThat(this.b.drain().stream().filter((frame) -> frame.endsWith(";still")).count()).isLessThanOrEqualTo(1);
		this.c.drain();
		emit(1, "again");
		expect("again", this.a, this.b, this.c, this.d);
		nothingMore();
	}

	@Test
	void serverThatIsCutOffIsGoneAfterItsLeaseAndComesBackWhole() {
		this.c.join("chat", "den");
		await().untilAsserted(() -> assertThat(this.told).contains(new RoomCreated("chat", "den")));
		this.proxy.cut();
		await().untilAsserted(() -> {
			assertThat(server(0).servers()).hasSize(2);
			assertThat(server(1).servers()).hasSize(2);
			assertThat(server(0).room("chat", "lobby").size()).isEqualTo(3);
			assertThat(server(1).room("chat", "den")).isNull();
			assertThat(server(2).servers()).hasSize(1);
			assertThat(this.told).contains(new RoomDestroyed("chat", "den"));
		});
		assertThat(this.told).filteredOn(new RoomDestroyed("chat", "den")::equals).hasSize(1);
		emit(0, "two");
		expect("two", this.a, this.b, this.d);
		emit(2, "one");
		expect("one", this.c);
		this.proxy.heal();
		awaitWhole(4);
		await().untilAsserted(() -> assertThat(server(1).room("chat", "den")).isNotNull());
		emit(2, "three");
		expect("three", this.a, this.b, this.c, this.d);
		nothingMore();
	}

	@Test
	@Timeout(180)
	void nothingIsLostTwiceOrLeftWhileMembersAndAServerComeAndGo() throws Exception {
		try (ClusterLoad load = new ClusterLoad(this.test, 60, 136)) {
			load.broadcast("whole", 300);
			load.expect("whole", 0, 1, 2);
			this.proxy.cut();
			await().untilAsserted(() -> assertThat(server(2).clusterStats().isAvailable()).isFalse());
			load.broadcast("parted", 300);
			load.expectAmong("parted", 0, 1);
			load.expectAmong("parted", 2);
			this.proxy.heal();
			load.stopChurn();
			awaitWhole(4);
			load.awaitAgreement();
			load.broadcast("again", 300);
			load.expect("again", 0, 1, 2);
			load.expectNothingTwice();
			load.leaveAll();
		}
		for (WireClient client : List.of(this.a, this.b, this.c, this.d)) {
			client.drain();
			client.vanish();
		}
		for (DefaultNeffosServer server : this.test.servers()) {
			await().untilAsserted(() -> {
				assertThat(server.rooms("chat")).isEmpty();
				assertThat(server.connectionCount()).isZero();
				// All servers, the own one and the namespace.
				assertThat(server.clusterStats().subscriptions()).isEqualTo(3);
			});
		}
		assertThat(this.test.timers()).isZero();
	}

	@Test
	void outageIsToldOnce() {
		try (LogTap log = new LogTap()) {
			broker().stop();
			await().untilAsserted(
					() -> assertThat(this.test.servers()).noneMatch((server) -> server.clusterStats().isAvailable()));
			for (int i = 0; i < 1000; i++) {
				emit(0, "" + i);
			}
			assertThat(server(0).clusterStats().refused()).isGreaterThanOrEqualTo(1000);
			assertThat(log.texts()).filteredOn((text) -> text.contains("broker is not reached")).hasSize(3);
			broker().start();
		}
		awaitWhole(4);
		assertThat(server(0).connectionCount(Scope.CLUSTER)).isEqualTo(4);
	}

}
