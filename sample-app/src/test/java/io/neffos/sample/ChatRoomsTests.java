package io.neffos.sample;

import java.util.List;

import io.neffos.NeffosServer;
import io.neffos.test.NeffosTest;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestNamespace;
import io.neffos.test.TestRoom;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat by itself, in memory: no web server, and none of the other namespaces.
 */
@NeffosTest(ChatRooms.class)
class ChatRoomsTests {

	@Autowired
	private NeffosTester tester;

	@Autowired
	private NeffosServer server;

	@Test
	void onlyTheChatIsThere() {
		assertThat(this.server.namespaces()).containsExactly("chat");
		this.tester.dial().expectRefusedConnect("lab", "bad namespace");
	}

	@Test
	void membersHearWhatIsSaidAndOthersDoNot() {
		TestRoom ann = chat("ann").join("talk");
		TestRoom bob = chat("bob").join("talk");
		this.tester.settle();
		TestNamespace cid = chat("cid");
		ann.emit("say", new Line("hello"));
		for (TestRoom member : List.of(ann, bob)) {
			assertThat(member.skipTo("said").as(ChatRooms.Said.class)).satisfies((said) -> {
				assertThat(said.from()).isEqualTo("ann");
				assertThat(said.text()).isEqualTo("hello");
			});
			member.namespace().expectNoMore();
		}
		cid.expectNoMore();
	}

	@Test
	void longLinesAreCut() {
		TestRoom ann = chat("ann").join("talk");
		ann.emit("say", new Line("x".repeat(2000) + "y"));
		assertThat(ann.skipTo("said").as(ChatRooms.Said.class).text()).isEqualTo("x".repeat(2000));
	}

	@Test
	void everybodyInTheChatLearnsWhichRoomsThereAre() {
		TestNamespace ann = chat("ann");
		TestRoom talk = chat("bob").join("talk");
		ann.expect("rooms", List.of(new RoomSize("talk", 1)));
		talk.leave();
		ann.expect("rooms", "[]");
		ann.expectNoMore();
	}

	@Test
	void theVipRoomHasADoor() {
		TestNamespace ann = chat("ann");
		ann.expectRefusedJoin("vip", "vip room is restricted");
		assertThat(ann.rooms()).isEmpty();
		TestRoom zoe = chat("vip-zoe").join("vip");
		zoe.expect("presence", new Noticeboard.Presence(List.of("vip-zoe")));
	}

	@Test
	void workdayAnswersOrSaysWhatIsWrong() {
		TestNamespace ann = chat("ann");
		ann.ask("workday", "2026-11-22").expect("SUNDAY");
		ann.ask("workday", "today").expectRefused("not a date: use yyyy-mm-dd");
	}

	private TestNamespace chat(String name) {
		return this.tester.header(Visitor.HEADER, name).connect("chat");
	}

}
