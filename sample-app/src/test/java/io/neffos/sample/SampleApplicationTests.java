package io.neffos.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import io.neffos.test.AutoConfigureNeffosTester;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestConn;
import io.neffos.test.TestNamespace;
import io.neffos.test.TestRoom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample on a real port, spoken to as its page does: names come as parameters.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureNeffosTester
class SampleApplicationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private NeffosTester tester;

	@LocalServerPort
	private int port;

	@Autowired
	private JsonMapper json;

	@Test
	void membersSeeEachOtherAndWhatIsSaid() {
		TestRoom ann = client("ann").connect("chat").join("talk");
		TestNamespace bobInChat = client("bob").connect("chat");
		ann.skipTo("presence").body("{\"members\":[\"ann\"]}");
		TestRoom bob = bobInChat.join("talk");
		assertThat(members(ann)).containsExactlyInAnyOrder("ann", "bob");
		assertThat(members(bob)).containsExactlyInAnyOrder("ann", "bob");
		long before = System.currentTimeMillis();
		ann.emit("say", "{\"text\":\"a;b <b>\"}");
		for (TestRoom member : List.of(ann, bob)) {
			Map<?, ?> said = member.skipTo("said").as(Map.class);
			assertThat(said.get("from")).isEqualTo("ann");
			assertThat(said.get("text")).isEqualTo("a;b <b>");
			assertThat((Long) said.get("at")).isBetween(before, System.currentTimeMillis());
		}
		ann.leave();
		bob.skipTo("presence").body("{\"members\":[\"bob\"]}");
	}

	@Test
	void everybodyLearnsTheSizesOfRooms() throws Exception {
		TestNamespace ann = client("ann").connect("chat");
		TestRoom bob = client("bob").connect("chat").join("counted");
		ann.skipTo("rooms", (sizes) -> sizes.text().contains("{\"name\":\"counted\",\"size\":1}"));
		assertThat(get("/api/rooms").body()).contains("{\"name\":\"counted\",\"size\":1}");
		bob.namespace().conn().close();
		ann.skipTo("rooms", (sizes) -> !sizes.text().contains("counted"));
		assertThat(get("/api/rooms").body()).doesNotContain("counted");
	}

	@Test
	void theVipRoomHasADoor() {
		client("ann").connect("chat").expectRefusedJoin("vip", "vip room is restricted");
		client("vip-zoe").connect("chat").join("vip").skipTo("presence").body("{\"members\":[\"vip-zoe\"]}");
	}

	@Test
	void workdayAnswersOrSaysWhatIsWrong() {
		TestNamespace ann = client("ann").connect("chat");
		ann.ask("workday", "2026-11-23").expect("MONDAY");
		ann.ask("workday", "tomorrow").expectRefused("not a date: use yyyy-mm-dd");
	}

	@Test
	void announcementsOverHttpReachTheRoom() throws Exception {
		TestRoom news = client("ann").connect("chat").join("news");
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(uri("/api/rooms/news/announcements"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"text\":\"hello all\"}"))
			.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(202);
		news.skipTo("announcement").body("{\"text\":\"hello all\"}");
	}

	@Test
	void aNamespaceWithoutHandlersRelaysToItsRooms() {
		TestRoom ann = client("ann").connect("default").join("relayed");
		TestRoom bob = client("bob").connect("default").join("relayed");
		ann.emit("typing", "{\"name\":\"ann\"}");
		bob.expect("typing", "{\"name\":\"ann\"}");
		ann.expect("typing", "{\"name\":\"ann\"}");
		this.tester.expectNoMore();
	}

	@Test
	void namesAreBoundedAndHaveADefault() {
		client("n".repeat(33)).connect("lab").ask("name", null).expect("n".repeat(32));
		client(" zo\u00eb\u202e\u0007 ").connect("lab").ask("name", null).expect("zo\u00eb");
		TestNamespace none = this.tester.connect("lab");
		none.ask("name", null).expect("guest-" + none.conn().id().substring(0, 4));
	}

	@Test
	void namespacesAreClosedUnknownOrOpen() {
		TestConn ann = client("ann");
		ann.connect("stage").ask("ping", null).expect("pong");
		ann.expectRefusedConnect("closed", "closed for today");
		ann.expectRefusedConnect("nowhere", "bad namespace");
	}

	@Test
	void nativeMessagesAreAnswered() {
		TestConn ann = client("ann").connect("").conn();
		ann.send("bare text").expectNative("native:bare text");
		ann.send(new byte[] { 'c', 'b', 'a' }).expectNative("abc");
	}

	@Test
	void theLabActsOnTheClient() {
		TestNamespace ann = client("ann").connect("lab");
		ann.emit("invite", "bench").expectJoin("bench");
		ann.expect("invited", "bench");
		ann.ask("rooms", null).expect("[\"bench\"]");
		ann.expectRefusedJoin("deny-x", "not this room");
		ann.join("sticky-x").expectRefusedLeave("stay");
		ann.emit("kick", null);
		assertThat(ann.conn().expectClosed(4001).reason()).isEqualTo("kicked");
	}

	@Test
	void actuatorCountsRoomsAndMembers() throws Exception {
		TestConn ann = client("ann").connect("chat").join("watched").namespace().conn();
		Map<?, ?> server = json(get("/actuator/neffos").body());
		assertThat((Integer) server.get("connections")).isPositive();
		assertThat(get("/actuator/neffos/chat").body()).contains("\"watched\":1");
		assertThat(json(get("/actuator/neffos/chat/watched").body()))
			.isEqualTo(Map.of("size", 1, "members", List.of(ann.id())));
		assertThat(get("/actuator/metrics/neffos.rooms?tag=namespace:chat").statusCode()).isEqualTo(200);
		ann.close();
		await().until(() -> get("/actuator/neffos/chat/watched").statusCode() == 404);
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

	private TestConn client(String name) {
		return this.tester.parameter("X-Websocket-Header-" + Visitor.HEADER, name).dial();
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

	private static List<String> members(TestRoom room) {
		return room.skipTo("presence").as(Noticeboard.Presence.class).members();
	}

}
