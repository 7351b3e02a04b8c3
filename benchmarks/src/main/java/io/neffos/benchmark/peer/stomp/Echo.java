package io.neffos.benchmark.peer.stomp;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/** Answers on the asker's own queue. */
@Controller
class Echo {

	@MessageMapping("/echo")
	@SendToUser(destinations = "/queue/echo", broadcast = false)
	String echo(String body) {
		return body;
	}

}
