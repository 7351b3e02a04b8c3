package io.neffos.sample;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnNativeMessage;

/**
 * WebSocket messages without neffos structure, beside those with it.
 */
@NeffosNamespace("")
class Native {

	@OnNativeMessage
	void answer(NSConn conn, Message message) {
		Object body = message.isBinary() ? reversed(message.body()) : "native:" + message.text();
		conn.conn().write(Message.nativeMessage(body).binary(message.isBinary()));
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] result = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			result[i] = bytes[bytes.length - 1 - i];
		}
		return result;
	}

}
