package io.neffos.client.jdk;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageParts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of a connection, against what is being delivered. */
class DeliveryTests {

	private final RecordingListener listener = new RecordingListener();

	private final MessageParts parts = new MessageParts(this.listener, 100);

	private final Delivery delivery = new Delivery();

	@Test
	void nobodyToDeliverToBeforeTheStart() {
		assertThat(this.delivery.enter()).isNull();
		this.delivery.start(this.parts);
		assertThat(this.delivery.enter()).isSameAs(this.parts);
	}

	@Test
	void endWaitsForTheMessageBeingDelivered() throws Exception {
		this.delivery.start(this.parts);
		MessageParts entered = this.delivery.enter();
		this.delivery.end(new CloseReason(4001, "first"));
		entered.onText("whole", true);
		this.listener.expect("text whole");
		assertThat(this.listener.rest()).isEmpty();
		this.delivery.leave();
		this.listener.expect("close 4001 first");
	}

	@Test
	void nothingFollowsTheEnd() throws Exception {
		this.delivery.start(this.parts);
		this.delivery.end(new CloseReason(4001, "first"));
		this.delivery.end(new CloseReason(4002, "second"));
		assertThat(this.delivery.enter()).isNull();
		this.listener.expect("close 4001 first");
		assertThat(this.listener.rest()).isEmpty();
	}

	@Test
	void endBeforeTheStartIsToldOnce() throws Exception {
		this.delivery.end(new CloseReason(4001, "first"));
		this.delivery.end(new CloseReason(4002, "second"));
		this.delivery.start(this.parts);
		this.listener.expect("close 4001 first");
		assertThat(this.listener.rest()).isEmpty();
	}

}
