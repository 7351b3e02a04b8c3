package io.neffos.protocol;

/**
 * How native messages, whole WebSocket messages without neffos structure, are told from
 * frames. Both peers of a connection have to agree on it (protocol section 12).
 *
 * @since 0.1.0
 */
public enum NativeMode {

	/** No native messages: what has fewer than six separators is invalid. */
	OFF,

	/**
	 * What has fewer than six separators is native, and so is a frame whose event is
	 * {@value FrameCodec#NATIVE_EVENT}; anything else is a frame.
	 */
	MIXED,

	/**
	 * Everything is native, well-formed frames and acknowledgements too; there is no
	 * acknowledgement in this mode.
	 */
	ONLY

}
