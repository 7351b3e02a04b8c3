package io.neffos.test.app;

import java.security.Principal;

import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.Payload;

/** A namespace with a collaborator. */
@NeffosNamespace("chat")
class Chat {

	private final Greetings greetings;

	Chat(Greetings greetings) {
		this.greetings = greetings;
	}

	@OnRoomJoin("vip")
	void admit(NSConn ns) {
		if (ns.conn().handshake().principal() == null) {
			throw new RefusedException("vip room is restricted");
		}
	}

	@OnEvent("say")
	void say(Room room, @Payload @Valid Line line) {
		room.emit("said", new Line(this.greetings.greet(line.text())));
	}

	@OnEvent("whoami")
	String whoami(@Nullable Principal user, NSConn ns) {
		return ((user != null) ? user.getName() : "nobody") + " " + ns.conn().id().length();
	}

	record Line(@NotBlank String text) {
	}

}
