package io.neffos.sample;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in real browsers, against the application on a real port.
 */
@EnabledIf(value = "io.neffos.sample.Chromium#isThere", disabledReason = Chromium.NEEDED)
class ChatPageIntegrationTests {

	private static final Chromium CHROMIUM = new Chromium();

	private ConfigurableApplicationContext application;

	private int port;

	@BeforeEach
	void start() {
		this.application = startOn(0);
		this.port = this.application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@AfterEach
	void stop() {
		CHROMIUM.leavePages();
		this.application.close();
	}

	@AfterAll
	static void quit() throws IOException {
		CHROMIUM.close();
	}

	@Test
	void twoVisitorsTalk() throws Exception {
		ChatPage ann = CHROMIUM.laptop(this.port).enter("Ann");
		ChatPage bob = CHROMIUM.laptop(this.port).enter("Bob");
		assertThat(ann.text("[data-testid=no-room]")).contains("No room joined yet");
		ann.join("lobby").awaitRoom("lobby");
		await().untilAsserted(() -> assertThat(bob.size("lobby")).isEqualTo("1"));
		bob.join("lobby").awaitRoom("lobby");
		await().untilAsserted(() -> assertThat(ann.members()).containsExactlyInAnyOrder("Ann", "Bob"));
		ann.say("hello <b>Bob</b> <img src=x onerror=document.body.remove()>");
		List<String> said = List.of("hello <b>Bob</b> <img src=x onerror=document.body.remove()>");
		await().untilAsserted(() -> assertThat(bob.messages("lobby")).isEqualTo(said));
		await().untilAsserted(() -> assertThat(ann.ownMessages("lobby")).isEqualTo(said));
		assertThat(bob.ownMessages("lobby")).isEmpty();
		bob.write("I am wri");
		await().untilAsserted(() -> assertThat(ann.text("[data-testid=typing]")).isEqualTo("Bob is typing"));
		assertThat(bob.text("[data-testid=typing]")).isEmpty();
		bob.say("ting");
		await().untilAsserted(() -> assertThat(ann.messages("lobby")).hasSize(2).last().isEqualTo("I am writing"));
		await().untilAsserted(() -> assertThat(ann.text("[data-testid=typing]")).isEmpty());
	}

	@Test
	void messagesInOtherRoomsCountAsUnread() throws Exception {
		ChatPage ann = CHROMIUM.laptop(this.port).enter("Ann");
		ChatPage bob = CHROMIUM.laptop(this.port).enter("Bob");
		ann.join("lobby").awaitRoom("lobby");
		ann.joinOther("attic").awaitRoom("attic");
		bob.join("lobby").awaitRoom("lobby");
		bob.say("one");
		bob.say("two");
		await().untilAsserted(() -> assertThat(ann.unread("lobby")).isEqualTo("2"));
		assertThat(ann.unread("attic")).isEmpty();
		ann.openTab("lobby");
		await().untilAsserted(() -> assertThat(ann.unread("lobby")).isEmpty());
		assertThat(ann.messages("lobby")).containsExactly("one", "two");
	}

	@Test
	void roomsAreLeftOneByOneAndAllAtOnce() throws Exception {
		ChatPage ann = CHROMIUM.laptop(this.port).enter("Ann");
		ChatPage bob = CHROMIUM.laptop(this.port).enter("Bob");
		bob.join("lobby").awaitRoom("lobby");
		for (String room : List.of("lobby", "games")) {
			ann.join(room).awaitRoom(room);
		}
		ann.joinOther("attic").awaitRoom("attic");
		await().untilAsserted(() -> assertThat(bob.members()).containsExactlyInAnyOrder("Ann", "Bob"));
		ann.leave("games");
		await().untilAsserted(() -> assertThat(ann.tabs()).containsExactly("lobby", "attic"));
		await().untilAsserted(() -> assertThat(bob.size("games")).isEqualTo("0"));
		ann.click("[data-testid=leave-all]");
		await().untilAsserted(() -> assertThat(ann.tabs()).isEmpty());
		await().untilAsserted(() -> assertThat(bob.members()).containsExactly("Bob"));
		// A room that is not suggested is gone with its last member.
		await().untilAsserted(
				() -> assertThat(bob.texts("[data-testid=room-row] .name")).containsExactly("lobby", "games", "vip"));
	}

	@Test
	void theVipRoomRefusesAndAdmits() throws Exception {
		ChatPage ann = CHROMIUM.laptop(this.port).enter("Ann");
		ChatPage zoe = CHROMIUM.laptop(this.port).enter("vip-Zoë");
		ann.join("vip");
		await().untilAsserted(() -> assertThat(ann.refusal("vip")).isEqualTo("Refused: vip room is restricted"));
		assertThat(ann.tabs()).isEmpty();
		zoe.join("vip").awaitRoom("vip");
		await().untilAsserted(() -> assertThat(zoe.members()).containsExactly("vip-Zoë"));
		await().untilAsserted(() -> assertThat(ann.size("vip")).isEqualTo("1"));
	}

	@Test
	void theServerAnswers() throws Exception {
		ChatPage ann = CHROMIUM.laptop(this.port).enter("Ann");
		ann.ask("2026-11-23");
		await().untilAsserted(() -> assertThat(ann.text("[data-testid=answer]")).isEqualTo("MONDAY"));
		ann.ask("tomorrow");
		await()
			.untilAsserted(() -> assertThat(ann.text("[data-testid=answer]")).isEqualTo("not a date: use yyyy-mm-dd"));
	}

	@Test
	void roomsComeBackAfterTheServerRestarts() throws Exception {
		ChatPage ann = CHROMIUM.laptop(this.port).enter("Ann");
		ann.join("lobby").awaitRoom("lobby");
		ann.join("games").awaitRoom("games");
		ann.say("before");
		await().untilAsserted(() -> assertThat(ann.messages("games")).containsExactly("before"));
		this.application.close();
		await().untilAsserted(() -> assertThat(ann.banner()).startsWith("Connection lost. Attempt "));
		assertThat(ann.text("[data-testid=link]")).isEqualTo("Reconnecting");
		this.application = startOn(this.port);
		await().untilAsserted(() -> assertThat(ann.banner()).isEqualTo("Back online. Restored lobby, games."));
		await().untilAsserted(() -> assertThat(ann.members()).containsExactly("Ann"));
		ann.say("after");
		await().untilAsserted(() -> assertThat(ann.messages("games")).containsExactly("before", "after"));
	}

	@Test
	void aPhoneShowsOnePanelAtATime() throws Exception {
		ChatPage ann = CHROMIUM.phone(this.port).enter("Ann");
		ChatPage bob = CHROMIUM.laptop(this.port).enter("Bob");
		assertThat(ann.text("[data-testid=rooms]")).contains("lobby");
		assertThat(ann.text("[data-testid=no-room]")).isEmpty();
		ann.join("lobby").awaitRoom("lobby");
		assertThat(ann.text("[data-testid=rooms]")).isEmpty();
		ann.click("[data-testid=show-people]");
		await().untilAsserted(() -> assertThat(ann.members()).containsExactly("Ann"));
		bob.join("lobby").awaitRoom("lobby");
		bob.say("a word without a break ".repeat(5) + "w".repeat(200));
		await().untilAsserted(() -> assertThat(ann.text("[data-testid=unread-total]")).isEqualTo("1"));
		ann.click("[data-testid=show-chat]");
		await().untilAsserted(() -> assertThat(ann.text("[data-testid=unread-total]")).isEmpty());
		assertThat(ann.messages("lobby")).hasSize(1);
		assertThat(ann.script("return document.documentElement.scrollWidth <= innerWidth && innerWidth === 390"))
			.isEqualTo(true);
	}

	private static ConfigurableApplicationContext startOn(int port) {
		// Selenium warns of every browser that is newer than its debugging protocol,
		// which is not used here.
		return SpringApplication.run(SampleApplication.class, "--server.port=" + port, "--spring.main.banner-mode=off",
				"--logging.level.org.openqa.selenium=error");
	}

}
