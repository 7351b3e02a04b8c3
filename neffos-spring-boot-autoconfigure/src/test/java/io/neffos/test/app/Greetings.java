package io.neffos.test.app;

import java.util.Locale;

import org.springframework.stereotype.Service;

/** What no slice makes. */
@Service
class Greetings {

	String greet(String name) {
		return "hello " + name.toLowerCase(Locale.ROOT);
	}

}
