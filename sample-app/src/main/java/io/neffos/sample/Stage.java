package io.neffos.sample;

import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;

/**
 * The namespace to which {@link Lab} can summon a client.
 */
@NeffosNamespace("stage")
class Stage {

	@OnEvent("ping")
	String ping() {
		return "pong";
	}

}
