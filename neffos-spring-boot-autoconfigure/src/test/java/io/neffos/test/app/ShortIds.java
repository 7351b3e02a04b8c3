package io.neffos.test.app;

import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.ConnIdGenerator;
import io.neffos.HandshakeInfo;

import org.springframework.stereotype.Component;

/** What serves namespaces, and is made by slices too. */
@Component
class ShortIds implements ConnIdGenerator {

	private final AtomicInteger last = new AtomicInteger();

	@Override
	public String generate(HandshakeInfo handshake) {
		return "c" + this.last.incrementAndGet();
	}

}
