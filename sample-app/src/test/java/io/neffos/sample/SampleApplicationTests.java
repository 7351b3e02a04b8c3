package io.neffos.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample on a real port, spoken to on the wire.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SampleApplicationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private JsonMapper json;

	@Test
	void membersSeeEachOtherAndWhatIsSaid() throws Exception {
		try (WireClient ann = client("ann").connect("chat").join("chat", "talk");
				WireClient bob = client("bob").connect("chat")) {
			assertThat(json(ann.expectEvent("chat", "talk", "presence"))).isEqualTo(Map.of("members", List.of("ann")));
			bob.join("chat", "talk");
			assertThat(members(ann.expectEvent("chat", "talk", "presence"))).containsExactlyInAnyOrder("ann", "bob");
			assertThat(members(bob.expectEvent("chat", "talk", "presence"))).containsExactlyInAnyOrder("ann", "bob");
			long before = System.currentTimeMillis();
			ann.emit("chat", "talk", "say", "{\"text\":\"a;b <b>\"}");
			for (WireClient member : List.of(ann, bob)) {
				Map<?, ?> said = json(member.expectEvent("chat", "talk", "said"));
				assertThat(said.get("from")).isEqualTo("ann");
				assertThat(said.get("text")).isEqualTo("a;b <b>");
				assertThat((Long) said.get("at")).isBetween(before, System.currentTimeMillis());
			}
			assertThat(ann.ask("chat", "talk", "_OnRoomLeave", "")).isEqualTo(";;;;;");
			assertThat(json(bob.expectEvent("chat", "talk", "presence"))).isEqualTo(Map.of("members", List.of("bob")));
		}
	}

	@Test
	void everybodyLearnsTheSizesOfRooms() throws Exception {
		try (WireClient ann = client("ann").connect("chat"); WireClient bob = client("bob").connect("chat")) {
			bob.join("chat", "counted");
			await().until(() -> ann.expectEvent("chat", "", "rooms").contains("{\"name\":\"counted\",\"size\":1}"));
			assertThat(get("/api/rooms").body()).contains("{\"name\":\"counted\",\"size\":1}");
			bob.close();
			await().until(() -> !ann.expectEvent("chat", "", "rooms").contains("counted"));
			assertThat(get("/api/rooms").body()).doesNotContain("counted");
		}
	}

	@Test
	void theVipRoomHasADoor() throws Exception {
		try (WireClient ann = client("ann").connect("chat"); WireClient vip = client("vip-zoe").connect("chat")) {
			assertThat(ann.ask("chat", "vip", "_OnRoomJoin", ""))
				.isEqualTo("chat;vip;_OnRoomJoin;1;0;vip room is restricted");
			vip.join("chat", "vip");
			assertThat(json(vip.expectEvent("chat", "vip", "presence")))
				.isEqualTo(Map.of("members", List.of("vip-zoe")));
		}
	}

	@Test
	void workdayAnswersOrSaysWhatIsWrong() throws Exception {
		try (WireClient ann = client("ann").connect("chat")) {
			assertThat(ann.ask("chat", "", "workday", "2026-11-23")).isEqualTo("chat;;workday;0;0;MONDAY");
			assertThat(ann.ask("chat", "", "workday", "tomorrow"))
				.isEqualTo("chat;;workday;1;0;not a date: use yyyy-mm-dd");
		}
	}

	@Test
	void announcementsOverHttpReachTheRoom() throws Exception {
		try (WireClient ann = client("ann").connect("chat").join("chat", "news")) {
			HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(uri("/api/rooms/news/announcements"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"text\":\"hello all\"}"))
				.build(), BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(202);
			assertThat(json(ann.expectEvent("chat", "news", "announcement"))).isEqualTo(Map.of("text", "hello all"));
		}
	}

	@Test
	void aNamespaceWithoutHandlersRelaysToItsRooms() throws Exception {
		try (WireClient ann = client("ann").connect("default").join("default", "relayed");
				WireClient bob = client("bob").connect("default").join("default", "relayed")) {
			ann.emit("default", "relayed", "typing", "{\"name\":\"ann\"}");
			assertThat(bob.expectEvent("default", "relayed", "typing")).isEqualTo("{\"name\":\"ann\"}");
			assertThat(ann.expectEvent("default", "relayed", "typing")).isEqualTo("{\"name\":\"ann\"}");
		}
	}

	@Test
	void namesAreBoundedAndHaveADefault() throws Exception {
		try (WireClient tooLong = client("n".repeat(33)).connect("lab");
				WireClient odd = client(" zo\u00eb\u202e\u0007 ").connect("lab");
				WireClient none = client(null).connect("lab")) {
			assertThat(tooLong.ask("lab", "", "name", "")).isEqualTo("lab;;name;0;0;" + "n".repeat(32));
			assertThat(odd.ask("lab", "", "name", "")).isEqualTo("lab;;name;0;0;zo\u00eb");
			assertThat(none.ask("lab", "", "name", "")).isEqualTo("lab;;name;0;0;guest-" + none.id().substring(0, 4));
		}
	}

	@Test
	void namespacesAreClosedUnknownOrOpen() throws Exception {
		try (WireClient ann = client("ann").connect("stage")) {
			assertThat(ann.ask("stage", "", "ping", "")).isEqualTo("stage;;ping;0;0;pong");
			assertThat(ann.ask("closed", "", "_OnNamespaceConnect", ""))
				.isEqualTo("closed;;_OnNamespaceConnect;1;0;closed for today");
			assertThat(ann.ask("nowhere", "", "_OnNamespaceConnect", ""))
				.isEqualTo("nowhere;;_OnNamespaceConnect;1;0;bad namespace");
		}
	}

	@Test
	void nativeMessagesAreAnswered() throws Exception {
		try (WireClient ann = client("ann").connect("")) {
			ann.send("bare text");
			assertThat(ann.expect("native:")).isEqualTo("native:bare text");
			ann.sendBinary(new byte[] { 'c', 'b', 'a' });
			assertThat(ann.expect("a")).isEqualTo("abc");
		}
	}

	@Test
	void theLabActsOnTheClient() throws Exception {
		try (WireClient ann = client("ann").connect("lab")) {
			ann.emit("lab", "", "invite", "bench");
			String request = ann.expect("");
			assertThat(request).endsWith(";lab;bench;_OnRoomJoin;0;0;");
			ann.send(request.substring(0, request.indexOf(';')) + ";;;;;;");
			assertThat(ann.expectEvent("lab", "", "invited")).isEqualTo("bench");
			assertThat(ann.ask("lab", "", "rooms", "")).isEqualTo("lab;;rooms;0;0;[\"bench\"]");
			assertThat(ann.ask("lab", "deny-x", "_OnRoomJoin", "")).endsWith(";1;0;not this room");
			ann.join("lab", "sticky-x");
			assertThat(ann.ask("lab", "sticky-x", "_OnRoomLeave", "")).endsWith(";1;0;stay");
			ann.emit("lab", "", "kick", "");
			assertThat(ann.expect("close")).isEqualTo("close 4001 kicked");
		}
	}

	@Test
	void actuatorCountsRoomsAndMembers() throws Exception {
		try (WireClient ann = client("ann").connect("chat").join("chat", "watched")) {
			Map<?, ?> server = json(get("/actuator/neffos").body());
			assertThat((Integer) server.get("connections")).isPositive();
			assertThat(get("/actuator/neffos/chat").body()).contains("\"watched\":1");
			assertThat(json(get("/actuator/neffos/chat/watched").body()))
				.isEqualTo(Map.of("size", 1, "members", List.of(ann.id())));
			assertThat(get("/actuator/metrics/neffos.rooms?tag=namespace:chat").statusCode()).isEqualTo(200);
			ann.close();
			await().until(() -> get("/actuator/neffos/chat/watched").statusCode() == 404);
		}
	}

	@Test
	void thePageAndItsClientAreServed() throws Exception {
		assertThat(get("/").body()).contains("app.mjs");
		assertThat(get("/app.mjs").body()).contains("/neffos/client.mjs");
		HttpResponse<String> client = get("/neffos/client.mjs");
		assertThat(client.statusCode()).isEqualTo(200);
		assertThat(client.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/javascript"));
	}

	private WireClient client(String name) throws Exception {
		return new WireClient(this.port, name);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	private Map<?, ?> json(String text) {
		return this.json.readValue(text, Map.class);
	}

	private List<String> members(String presence) {
		return ((List<?>) json(presence).get("members")).stream().map(String::valueOf).toList();
	}

}
