package io.neffos.server;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

import io.neffos.BodyCodec;
import io.neffos.Events;
import io.neffos.Namespaces;
import io.neffos.engine.EngineSettings;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.protocol.WaitToken;

/** What a server is made of. */
record ServerParts(Namespaces namespaces, EngineSettings settings, BodyCodec codec, Executor executor,
		ScheduledExecutorService timer, NeffosObserver observer, Tracing tracing, WaitToken.Issuer tokens) {

	Events events(String namespace) {
		return Objects.requireNonNull(this.namespaces.events(namespace));
	}

}
