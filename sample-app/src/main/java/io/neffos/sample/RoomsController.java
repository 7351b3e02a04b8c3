package io.neffos.sample;

import java.util.List;

import io.neffos.NeffosServer;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rooms over HTTP: {@code NeffosServer} is a bean like any other. Open to everybody here;
 * a real application would protect it.
 */
@RestController
@RequestMapping("/api/rooms")
class RoomsController {

	private final NeffosServer server;

	RoomsController(NeffosServer server) {
		this.server = server;
	}

	@GetMapping
	List<RoomSize> rooms() {
		return RoomSize.listOf(this.server);
	}

	@PostMapping("/{room}/announcements")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void announce(@PathVariable String room, @RequestBody Line line) {
		this.server.namespace("chat").room(room).emit("announcement", line);
	}

}
