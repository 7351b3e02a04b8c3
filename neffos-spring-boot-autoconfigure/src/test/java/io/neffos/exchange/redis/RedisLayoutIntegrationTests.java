package io.neffos.exchange.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SslOptions;
import io.neffos.exchange.BrokerProcess;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The exchange over what Redis can be: behind TLS, a cluster of nodes, and one that
 * Sentinel looks after.
 */
class RedisLayoutIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final RedisFixture fixture = new RedisFixture();

	private final List<AutoCloseable> open = new ArrayList<>();

	private final RecordingListener toldA = new RecordingListener();

	private final RecordingListener toldB = new RecordingListener();

	@AfterEach
	void closeAll() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
		this.fixture.close();
	}

	private <T extends AutoCloseable> T closing(T one) {
		this.open.add(one);
		return one;
	}

	private StackExchange start(RedisConfiguration where, @Nullable ClientOptions tls, RecordingListener told) {
		StackExchange exchange = closing(this.fixture.exchange(where, (client) -> {
			if (tls != null) {
				client.useSsl().and().clientOptions(tls);
			}
		}, RedisFixture.SETTINGS));
		exchange.start(told);
		return exchange;
	}

	private static void subscribe(StackExchange exchange, String channel) {
		assertThat(exchange.subscribe(channel)).as(channel).succeedsWithin(PATIENCE);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Test
	void overTls() throws Exception {
		Path directory = BrokerProcess.directory("tls");
		makeCertificate(directory);
		int port = BrokerProcess.freePort();
		closing(RedisBroker.ours("--tls-port", String.valueOf(port), "--tls-cert-file",
				directory.resolve("certificate.pem").toString(), "--tls-key-file",
				directory.resolve("key.pem").toString(), "--tls-ca-cert-file",
				directory.resolve("certificate.pem").toString(), "--tls-auth-clients", "no"));
		ClientOptions trusting = ClientOptions.builder()
			.sslOptions(SslOptions.builder().trustManager(directory.resolve("certificate.pem").toFile()).build())
			.build();
		StackExchange exchange = start(new RedisStandaloneConfiguration("127.0.0.1", port), trusting, this.toldA);
		subscribe(exchange, "x");
		assertThat(exchange.publish("x", new byte[1024 * 1024])).isTrue();
		assertThat(exchange.publish("x", bytes("encrypted"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldA.on("x").contains("encrypted"));
		assertThat(this.toldA.count()).isEqualTo(2);
	}

	private static void makeCertificate(Path directory) throws Exception {
		Path store = directory.resolve("store.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "redis", "-keyalg", "RSA", "-keysize", "2048", "-validity", "2", "-dname",
				"CN=localhost", "-ext", "san=ip:127.0.0.1,dns:localhost", "-storetype", "PKCS12", "-keystore",
				store.toString(), "-storepass", "changeit")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, "changeit".toCharArray());
		}
		Key key = keys.getKey("redis", "changeit".toCharArray());
		writePem(directory.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
		writePem(directory.resolve("certificate.pem"), "CERTIFICATE", keys.getCertificate("redis").getEncoded());
	}

	private static void writePem(Path file, String what, byte[] bytes) throws IOException {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes);
		Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
	}

	@Test
	void overACluster() {
		List<RedisBroker> nodes = startCluster();
		RedisClusterConfiguration where = new RedisClusterConfiguration(
				nodes.stream().map((node) -> node.host() + ":" + node.port()).toList());
		StackExchange a = start(where, null, this.toldA);
		StackExchange b = start(where, null, this.toldB);
		int channels = 200;
		IntStream.range(0, channels).forEach((i) -> subscribe(b, "c." + i));
		for (int round = 0; round < 5; round++) {
			for (int i = 0; i < channels; i++) {
				assertThat(a.publish("c." + i, bytes("message " + round))).isTrue();
			}
		}
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 5 * channels);
		for (int i = 0; i < channels; i++) {
			assertThat(this.toldB.on("c." + i)).containsExactly("message 0", "message 1", "message 2", "message 3",
					"message 4");
		}
		assertThat(connections(nodes)).as("whatever the number of nodes").isEqualTo(4);
		assertThat(a.details()).containsEntry("mode", "cluster");

		RedisBroker home = nodes.stream().filter((node) -> node.channels("c.") > 0).findFirst().orElseThrow();
		List<RedisBroker> others = nodes.stream().filter((node) -> node != home).toList();
		home.stop();
		await().atMost(PATIENCE).until(() -> this.toldB.states().size() == 3 && a.isAvailable() && b.isAvailable());
		assertThat(others.stream().mapToInt((node) -> node.channels("c.")).sum()).isEqualTo(channels);
		assertThat(a.publish("c.7", bytes("from the others"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("c.7").contains("from the others"));
		assertThat(connections(others)).isEqualTo(4);
	}

	private static int connections(List<RedisBroker> nodes) {
		return nodes.stream().mapToInt(RedisBroker::clients).sum();
	}

	/** Three nodes without replicas, which share all slots. */
	private List<RedisBroker> startCluster() {
		List<RedisBroker> nodes = new ArrayList<>();
		List<Integer> buses = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int bus = BrokerProcess.freePort();
			buses.add(bus);
			nodes.add(closing(RedisBroker.ours("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
					"--cluster-port", String.valueOf(bus), "--cluster-node-timeout", "2000")));
		}
		nodes.get(0).ask("CLUSTER ADDSLOTSRANGE 0 5460");
		nodes.get(1).ask("CLUSTER ADDSLOTSRANGE 5461 10922");
		nodes.get(2).ask("CLUSTER ADDSLOTSRANGE 10923 16383");
		for (int i = 1; i < 3; i++) {
			nodes.get(0).ask("CLUSTER MEET 127.0.0.1 " + nodes.get(i).port() + " " + buses.get(i));
		}
		await().atMost(PATIENCE)
			.until(() -> nodes.stream()
				.map((node) -> node.ask("CLUSTER INFO"))
				.allMatch((info) -> info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3")
						&& info.contains("cluster_slots_ok:16384")));
		return nodes;
	}

	@Test
	void followsSentinelToTheNextMaster() throws IOException {
		RedisBroker master = closing(RedisBroker.ours());
		RedisBroker replica = closing(
				RedisBroker.ours("--replicaof", "127.0.0.1 " + master.port(), "--repl-diskless-sync-delay", "0"));
		int port = BrokerProcess.freePort();
		Path directory = BrokerProcess.directory("sentinel");
		Path configuration = Files.writeString(directory.resolve("sentinel.conf"), """
				port %d
				bind 127.0.0.1
				sentinel monitor main 127.0.0.1 %d 1
				sentinel down-after-milliseconds main 500
				sentinel failover-timeout main 3000
				""".formatted(port, master.port()));
		BrokerProcess sentinel = closing(new BrokerProcess(
				List.of(String.valueOf(BrokerProcess.find("redis-server")), configuration.toString(), "--sentinel"),
				port, directory));
		sentinel.start();
		await().atMost(PATIENCE).until(() -> replica.ask("INFO replication").contains("master_link_status:up"));
		RedisSentinelConfiguration where = new RedisSentinelConfiguration().master("main").sentinel("127.0.0.1", port);
		StackExchange a = start(where, null, this.toldA);
		StackExchange b = start(where, null, this.toldB);
		subscribe(b, "x");
		assertThat(a.details()).containsEntry("mode", "sentinel").containsEntry("address", "main of 127.0.0.1:" + port);
		await().atMost(PATIENCE).until(() -> knowsReplica(port, replica));
		master.stop();
		await().atMost(PATIENCE).until(() -> this.toldB.states().size() == 3 && a.isAvailable() && b.isAvailable());
		assertThat(replica.channels("x")).isEqualTo(1);
		assertThat(a.publish("x", bytes("by the new master"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("by the new master"));
		assertThat(this.toldB.count()).isEqualTo(1);
	}

	private static boolean knowsReplica(int sentinelPort, RedisBroker replica) {
		return RedisBroker.ask("127.0.0.1", sentinelPort, "SENTINEL REPLICAS main")
			.contains("127.0.0.1:" + replica.port());
	}

}
