package io.neffos.test.app;

import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;

/** A namespace that needs nothing. */
@NeffosNamespace("plain")
class Plain {

	@OnEvent("echo")
	String echo(String text) {
		return text;
	}

}
