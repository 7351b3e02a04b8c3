/**
 * A neffos client for browsers and Node 22 or newer, in one module without dependencies.
 *
 * ```js
 * import { dial } from '/neffos/client.mjs';
 *
 * const conn = await dial('/neffos', {
 * 	chat: {
 * 		say(nsConn, msg) { console.log(msg.room, msg.text()); },
 * 		sum(nsConn, msg) { const { a, b } = msg.json(); return a + b; },   // a returned value is the reply
 * 	},
 * }, { reconnect: true });
 * const chat = await conn.connect('chat');
 * const lobby = await chat.joinRoom('lobby');
 * lobby.emit('say', { text: 'hello' });
 * ```
 *
 * What holds everywhere:
 *
 * - Frames are handled in the order in which they arrive. A handler runs up to its first `await` before the next frame is
 *   looked at, and a namespace or room is stored before that too. Answers to our own requests wait for no handler.
 * - A handler may return a value or a promise. For a message that was asked, a value other than `undefined` and `null` is
 *   the reply, and a thrown (or returned) `Error` is the error reply. For any other message nothing is sent, and an error
 *   goes to `options.onError`. Error messages are never answered.
 * - Every request ends: with its answer, at its timeout, or at once when the connection is lost. A connect, join, leave or
 *   disconnect that is answered after its timeout still takes effect, so that both sides agree; its events tell.
 * - The same `Conn`, `NSConn` and `Room` objects live on after a reconnection.
 *
 * @module neffos
 */

// ---------------------------------------------------------------------------------------------------------------- events

/** Before a namespace is connected, on both sides; an error refuses it. */
export const OnNamespaceConnect = '_OnNamespaceConnect';
/** After a namespace was connected. */
export const OnNamespaceConnected = '_OnNamespaceConnected';
/** When a namespace was disconnected; cannot refuse. */
export const OnNamespaceDisconnect = '_OnNamespaceDisconnect';
/** Before a room is joined, on both sides; an error refuses it. */
export const OnRoomJoin = '_OnRoomJoin';
/** After a room was joined. */
export const OnRoomJoined = '_OnRoomJoined';
/** Before a room is left; an error refuses it when this side asked to leave (`isLocal`) and the leave is not forced. */
export const OnRoomLeave = '_OnRoomLeave';
/** After a room was left. */
export const OnRoomLeft = '_OnRoomLeft';
/** Any event without a handler of its own, the ones above included. */
export const OnAnyEvent = '_OnAnyEvent';
/** In namespace `""`: a message without neffos structure. */
export const OnNativeMessage = '_OnNativeMessage';

const SYSTEM_EVENTS = [OnNamespaceConnect, OnNamespaceConnected, OnNamespaceDisconnect, OnRoomJoin, OnRoomJoined,
	OnRoomLeave, OnRoomLeft, OnAnyEvent, OnNativeMessage];

// ----------------------------------------------------------------------------------------------------------------- types

/**
 * Receives an event. Strings are sent as they are, `Uint8Array` and `ArrayBuffer` as binary, anything else as JSON.
 * @typedef {(nsConn: NSConn, msg: Message) => unknown} Handler
 */

/**
 * Handlers by namespace and event. System events may be written with or without their leading underscore.
 * @typedef {Record<string, Record<string, Handler>>} Namespaces
 */

/**
 * @typedef {object} AskOptions
 * @property {number} [timeout] milliseconds; 0 or `Infinity` for none. Default: `askTimeout` of the connection.
 * @property {AbortSignal} [signal] gives up when aborted; the promise is rejected with the reason of the signal.
 */

/**
 * @typedef {object} ReconnectOptions
 * @property {number} [minDelay] milliseconds, upper bound of the first delay. Default 250.
 * @property {number} [maxDelay] milliseconds, upper bound of every delay. Default 30000.
 * @property {number} [factor] growth of the bound from attempt to attempt. Default 2.
 * @property {boolean} [jitter] take a random delay between 0 and the bound, instead of the bound. Default true.
 * @property {number} [maxAttempts] give up after so many attempts. Default `Infinity`.
 * @property {boolean} [afterRefusal] go on when the server refuses a reconnection. Default false.
 */

/**
 * @typedef {object} RestoredNamespace
 * @property {string} namespace
 * @property {string[]} rooms the rooms that are joined again
 * @property {{room: string, error: Error}[]} refused the rooms that are not
 * @property {Error} [error] why the namespace itself could not be connected; then no room was tried
 */

/**
 * @typedef {object} CloseInfo
 * @property {number} code WebSocket close code; 1006 when the connection just ended
 * @property {string} reason
 * @property {boolean} wasClean
 * @property {boolean} willReconnect false: this connection is over for good
 */

/**
 * @typedef {object} Options
 * @property {Record<string, string | string[]>} [headers] sent as URL parameters `X-Websocket-Header-<name>`; the server
 *   accepts the names it was told to accept. They are part of the URL and may appear in access logs.
 * @property {string | string[]} [protocols] WebSocket subprotocols to offer
 * @property {number} [ackTimeout] milliseconds until the server must have accepted the connection. Default 10000.
 * @property {number} [askTimeout] milliseconds an ask, connect, join, leave or disconnect may take. Default 10000.
 * @property {boolean | ReconnectOptions} [reconnect] Default false. A lost connection is dialled again, except after
 *   our own `close()`, a refusal, or a close code from 4000 to 4099, which means "do not come back".
 * @property {(attempt: number, delay: number) => void} [onReconnecting] before the wait that precedes each attempt
 * @property {(info: {conn: Conn, namespaces: RestoredNamespace[]}) => void} [onReconnected] after everything was tried
 * @property {(info: CloseInfo) => void} [onClose] after the events of a loss or close; called once more, with
 *   `willReconnect` false, when reconnecting ends without success
 * @property {(error: Error, msg?: Message) => void} [onError] errors of handlers and callbacks that nobody else hears
 *   of. Default: `console.error`.
 * @property {any} [WebSocket] the constructor to use instead of the global one
 * @property {typeof globalThis.fetch} [fetch] used to probe the server before reconnecting, instead of the global one
 */

// ---------------------------------------------------------------------------------------------------------------- errors

/** Base of all errors made here. `code` is stable, `message` is for people. */
export class NeffosError extends Error {
	/** @param {string} code @param {string} message */
	constructor(code, message) {
		super(message);
		this.name = new.target.name;
		this.code = code;
	}
}

/** The connection is closed (`WRITE_CLOSED`). */
export class WriteClosedError extends NeffosError {
	constructor(code = 'WRITE_CLOSED', message = 'write closed') {
		super(code, message);
	}
}

/** The connection is lost and being dialled again (`RECONNECTING`). */
export class ReconnectingError extends WriteClosedError {
	constructor() { super('RECONNECTING', 'write closed: reconnecting'); }
}

/** The namespace is not declared or not connected, on this side or the other (`BAD_NAMESPACE`). */
export class BadNamespaceError extends NeffosError {
	constructor() { super('BAD_NAMESPACE', 'bad namespace'); }
}

/** The room is not joined, on this side or the other (`BAD_ROOM`). */
export class BadRoomError extends NeffosError {
	constructor() { super('BAD_ROOM', 'bad room'); }
}

/** The peer could not read the body (`INVALID_PAYLOAD`). */
export class InvalidPayloadError extends NeffosError {
	constructor() { super('INVALID_PAYLOAD', 'invalid payload'); }
}

/** The peer said no; the message is its text (`REFUSED`). */
export class RefusedError extends NeffosError {
	/** @param {string} text */
	constructor(text) {
		super('REFUSED', text || 'refused');
	}
}

/** No answer in time (`ASK_TIMEOUT`). */
export class AskTimeoutError extends NeffosError {
	constructor() { super('ASK_TIMEOUT', 'no answer in time'); }
}

/** The server was not there in time, or did not accept the connection in time (`ACK_TIMEOUT`). */
export class AckTimeoutError extends NeffosError {
	constructor() { super('ACK_TIMEOUT', 'no acknowledgement in time'); }
}

/** The socket failed or closed before the server accepted the connection (`HANDSHAKE`). */
export class HandshakeError extends NeffosError {
	/** @param {number} closeCode @param {string} reason */
	constructor(closeCode, reason) {
		super('HANDSHAKE', reason || 'the connection failed before it was acknowledged');
		this.closeCode = closeCode;
	}
}

/** @param {string} text as received @returns {NeffosError} */
function errorOf(text) {
	switch (text) {
		case 'bad namespace': return new BadNamespaceError();
		case 'bad room': return new BadRoomError();
		case 'invalid payload': return new InvalidPayloadError();
		case 'write closed':
		case '[-1] write closed': return new WriteClosedError();
		default: return new RefusedError(text);
	}
}

/** @param {unknown} thrown @returns {Error} */
function asError(thrown) {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

// ---------------------------------------------------------------------------------------------------------------- frames

const SEPARATOR = ';';
const SEPARATOR_BYTE = 0x3b;
const SEPARATORS = 6;
const ESCAPED = '@%!semicolon@%!';
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * @typedef {object} Frame
 * @property {string} [wait] token that ties an answer to its request
 * @property {string} [namespace]
 * @property {string} [room]
 * @property {string} [event]
 * @property {boolean} [isError]
 * @property {boolean} [isNoOp]
 * @property {string | Uint8Array} [body] the error text when `isError`
 */

/** @typedef {{isLocal?: boolean, isForced?: boolean}} Flags */

/** One message, received or made here for a local event. */
export class Message {
	/** @param {Frame & Flags} fields */
	constructor(fields) {
		const body = fields.body ?? '';
		/** Token of the wire; not empty when the sender waits for an answer. */
		this.wait = fields.wait ?? '';
		this.namespace = fields.namespace ?? '';
		/** Empty when the message is not about a room. */
		this.room = fields.room ?? '';
		this.event = fields.event ?? '';
		this.isError = fields.isError ?? false;
		this.isNoOp = fields.isNoOp ?? false;
		this.isBinary = typeof body !== 'string';
		/** The peer's error when `isError`. @type {Error | null} */
		this.err = this.isError ? errorOf(toText(body)) : null;
		/** A string, or bytes of a binary message; empty when `isError`. @type {string | Uint8Array} */
		this.body = this.isError ? '' : body;
		/** This side caused the event: it asked for the connect, join, leave or disconnect, or the connection ended. */
		this.isLocal = fields.isLocal ?? false;
		/** The event follows from a disconnect or a close; handlers cannot refuse it. */
		this.isForced = fields.isForced ?? false;
	}

	/** @returns {string} the body as text */
	text() {
		return toText(this.body);
	}

	/** @returns {any} the body read as JSON; throws `SyntaxError` when it is not */
	json() {
		return JSON.parse(this.text());
	}
}

/** @param {string | Uint8Array} body */
function toText(body) {
	return typeof body === 'string' ? body : decoder.decode(body);
}

/** @param {unknown} body @returns {string | Uint8Array} */
function toBody(body) {
	if (body === undefined || body === null) {
		return '';
	}
	if (typeof body === 'string') {
		return body;
	}
	return toBytes(body) ?? JSON.stringify(body) ?? '';
}

/** @param {unknown} body @returns {Uint8Array | undefined} a view, when the body is binary */
function toBytes(body) {
	if (ArrayBuffer.isView(body)) {
		return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
	}
	return body instanceof ArrayBuffer ? new Uint8Array(body) : undefined;
}

/** @param {string | undefined} field */
function escapeField(field) {
	return (field ?? '').replaceAll(SEPARATOR, ESCAPED);
}

/** @param {string} field */
function unescapeField(field) {
	return field.replaceAll(ESCAPED, SEPARATOR);
}

/**
 * Writes a message as the WebSocket carries it: a string, or bytes when the body is binary or `binary` is set.
 * Errors are always text, since some peers cannot read them otherwise.
 * @param {Frame} frame
 * @param {boolean} [binary]
 * @returns {string | Uint8Array}
 */
export function encodeFrame(frame, binary = false) {
	const body = frame.body ?? '';
	const header = `${frame.wait ?? ''};${escapeField(frame.namespace)};${escapeField(frame.room)};${escapeField(frame.event)};`
		+ `${frame.isError ? 1 : 0};${frame.isNoOp ? 1 : 0};`;
	if (frame.isError || (typeof body === 'string' && !binary)) {
		return header + toText(body);
	}
	const head = encoder.encode(header);
	const tail = typeof body === 'string' ? encoder.encode(body) : body;
	const bytes = new Uint8Array(head.length + tail.length);
	bytes.set(head);
	bytes.set(tail, head.length);
	return bytes;
}

/**
 * Reads a message.
 * @param {string | Uint8Array} data
 * @returns {Message | null} null when there are fewer than six separators
 */
export function decodeFrame(data) {
	let end = -1;
	for (let i = 0; i < SEPARATORS; i++) {
		end = typeof data === 'string' ? data.indexOf(SEPARATOR, end + 1) : data.indexOf(SEPARATOR_BYTE, end + 1);
		if (end < 0) {
			return null;
		}
	}
	const [wait, namespace, room, event, isError, isNoOp] = toText(data.slice(0, end)).split(SEPARATOR);
	return new Message({
		wait,
		namespace: unescapeField(namespace),
		room: unescapeField(room),
		event: unescapeField(event),
		isError: isError === '1',
		isNoOp: isNoOp === '1',
		body: data.slice(end + 1),
	});
}

/** An explicit reply, see {@link reply}. */
export class Reply {
	/** @param {unknown} body */
	constructor(body) {
		this.body = toBody(body);
	}
}

/**
 * What a handler returns to reply with any body, an empty one included.
 * @param {unknown} [body]
 */
export function reply(body) {
	return new Reply(body);
}

// -------------------------------------------------------------------------------------------------------------- outcomes

/**
 * Runs `step` and hands its outcome on: at once when it is there at once, else when its promise is settled.
 * A thrown, rejected or returned error counts as failure. `done` and `failed` must not throw.
 * @param {() => unknown} step
 * @param {(value: any) => void} done
 * @param {(error: Error) => void} failed
 */
function settle(step, done, failed) {
	/** @param {unknown} value */
	const end = value => value instanceof Error ? failed(value) : done(value);
	let value;
	try {
		value = step();
	} catch (thrown) {
		failed(asError(thrown));
		return;
	}
	if (typeof /** @type {any} */ (value)?.then === 'function') {
		Promise.resolve(value).then(end, thrown => failed(asError(thrown)));
	} else {
		end(value);
	}
}

/**
 * Like `setTimeout`, but 0 and what no timer can hold, such as `Infinity`, mean never.
 * @param {number} delay
 * @param {() => void} action
 */
function after(delay, action) {
	return delay > 0 && delay < 2 ** 31 ? setTimeout(action, delay) : undefined;
}

// ------------------------------------------------------------------------------------------------------------------ link

const OPEN_SOCKET = 1;
/** How long after an error event the close event may take before we stop waiting for it. */
const CLOSE_AFTER_ERROR = 1000;

/** @typedef {{code: number, reason: string, wasClean: boolean}} Ending */

/**
 * @typedef {object} LinkEvents
 * @property {(id: string) => void} ready the server accepted
 * @property {(error: Error) => void} failed it did not; the last call
 * @property {(data: string | Uint8Array) => void} frame
 * @property {(ending: Ending) => void} closed the last call
 */

/** One WebSocket from its handshake to its end. A `Conn` that reconnects has several, one after the other. */
class Link {
	/**
	 * @param {any} socket
	 * @param {boolean} handshake false: the peer speaks native messages only, so nothing is acknowledged
	 * @param {number} ackTimeout
	 * @param {LinkEvents} on
	 */
	constructor(socket, handshake, ackTimeout, on) {
		this._socket = socket;
		this._on = on;
		this._isReady = false;
		this._timer = after(ackTimeout, () => this._end(new AckTimeoutError()));
		socket.binaryType = 'arraybuffer';
		socket.onopen = () => handshake ? socket.send('M') : this._ready('');
		socket.onmessage = (/** @type {any} */ event) => this._receive(event.data);
		socket.onclose = (/** @type {any} */ event) => this._end(undefined, event);
		socket.onerror = () => {
			if (this._isReady) {
				this._timer = after(CLOSE_AFTER_ERROR, () => this._end());
			} else {
				this._end(new HandshakeError(1006, ''));
			}
		};
	}

	get isOpen() {
		return this._socket.readyState === OPEN_SOCKET;
	}

	/** @param {string | Uint8Array} data @returns {boolean} false: not sent, the socket is not open */
	send(data) {
		if (this.isOpen) {
			this._socket.send(data);
			return true;
		}
		return false;
	}

	/**
	 * Closes the socket and is silent from then on.
	 * @param {number} code not every code is allowed; then this throws and changes nothing
	 * @param {string} reason
	 */
	close(code, reason) {
		this._socket.close(code, reason);
		this._detach();
	}

	/** Gives up, whatever state the socket is in. */
	abort() {
		this._detach();
		this._socket.close();
	}

	/** @param {any} data */
	_receive(data) {
		const frame = typeof data === 'string' ? data : toBytes(data);
		if (!frame?.length) {
			return;
		}
		if (this._isReady) {
			this._on.frame(frame);
		} else if (typeof frame === 'string' && frame[0] === 'A') {
			this._ready(frame.slice(1));
		} else if (typeof frame === 'string' && frame[0] === 'H') {
			this._end(new RefusedError(frame.slice(1)));
		}
	}

	/** @param {string} id */
	_ready(id) {
		clearTimeout(this._timer);
		this._isReady = true;
		this._on.ready(id);
	}

	/** @param {Error} [error] @param {Partial<Ending>} [event] */
	_end(error, { code = 1006, reason = '', wasClean = false } = {}) {
		this.abort();
		if (this._isReady) {
			this._on.closed({ code, reason, wasClean });
		} else {
			this._on.failed(error ?? new HandshakeError(code, reason));
		}
	}

	_detach() {
		clearTimeout(this._timer);
		this._socket.onopen = this._socket.onmessage = this._socket.onclose = null;
		// Closing a socket early is an error event in some implementations, and an exception when nobody listens.
		this._socket.onerror = () => {};
	}
}

// -------------------------------------------------------------------------------------------------------------- requests

/** @typedef {{answer: (msg: Message) => void, fail: (error: Error) => void}} Pending */

/** The requests of one connection that have no answer yet, by token. */
class Requests {
	/** @param {(frame: Frame) => boolean} send @param {number} timeout of requests that bring none of their own */
	constructor(send, timeout) {
		this._send = send;
		this._timeout = timeout;
		this._lastToken = 0;
		/** @type {Map<string, Pending>} */
		this._pending = new Map();
	}

	/**
	 * Sends a request. `apply` is for requests that change what both sides know: it runs while the answer is being
	 * received, before the next frame, and also when the answer comes after the caller was told of a timeout.
	 * @param {Frame} frame
	 * @param {AskOptions} [options]
	 * @param {() => any} [apply]
	 * @returns {Promise<any>} the answer, or what `apply` returned
	 */
	send(frame, { timeout = this._timeout, signal } = {}, apply) {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) {
				reject(signal.reason);
				return;
			}
			const wait = `$${++this._lastToken}`;
			const aborted = () => giveUp(signal?.reason);
			const timer = after(timeout, () => giveUp(new AskTimeoutError()));
			const release = () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', aborted);
			};
			/** @param {any} error */
			const giveUp = error => {
				release();
				if (!apply) {
					this._pending.delete(wait);
				}
				reject(error);
			};
			signal?.addEventListener('abort', aborted);
			this._pending.set(wait, {
				answer(msg) {
					release();
					settle(() => msg.err ?? (apply ? apply() : msg), resolve, reject);
				},
				fail(error) {
					release();
					reject(error);
				},
			});
			if (!this._send({ ...frame, wait })) {
				this._pending.delete(wait);
				giveUp(new WriteClosedError());
			}
		});
	}

	/** @param {Message} msg an answer; dropped when nobody waits for it any more */
	answer(msg) {
		const pending = this._pending.get(msg.wait);
		this._pending.delete(msg.wait);
		pending?.answer(msg);
	}

	/** @param {Error} error */
	failAll(error) {
		const all = [...this._pending.values()];
		this._pending.clear();
		all.forEach(pending => pending.fail(error));
	}
}

// ------------------------------------------------------------------------------------------------------------------ conn

/** @enum {string} */
const State = { CONNECTING: 'connecting', OPEN: 'open', RECONNECTING: 'reconnecting', CLOSED: 'closed' };

const DO_NOT_COME_BACK = { from: 4000, to: 4099 };

/** A connection to a server. Made by {@link dial}. */
export class Conn {
	/** @param {URL} url @param {Namespaces} namespaces @param {Options} options */
	constructor(url, namespaces, options) {
		/** Chosen by the server; changes with each reconnection. */
		this.id = '';
		/** Attempts that the last reconnection took; 0 when there was none. */
		this.reconnectTries = 0;
		this._url = url;
		this._options = { ackTimeout: 10_000, askTimeout: 10_000, ...options };
		/** @type {string} */
		this._state = State.CONNECTING;
		/** The acknowledged socket. @type {Link | null} */
		this._link = null;
		/** The socket in its handshake. @type {Link | null} */
		this._opening = null;
		/** The events of a loss or close are being fired. */
		this._isClearing = false;
		/** @type {Map<string, NSConn>} */
		this._declared = new Map(Object.entries(namespaces).map(([name, events]) => [name, new NSConn(this, name, events)]));
		/** @type {Map<string, NSConn>} */
		this._connected = new Map();
		this._requests = new Requests(frame => this._link?.send(encodeFrame(frame)) ?? false, this._options.askTimeout);
		/** Running connects, joins, leaves and disconnects. @type {Map<string, Promise<any>>} */
		this._changes = new Map();
		/** @type {{namespace: string, resolve: (nsConn: NSConn) => void, reject: (error: Error) => void}[]} */
		this._waiters = [];
		this._reconnection = options.reconnect
			? new Reconnection(this, options.reconnect === true ? {} : options.reconnect) : null;
		const native = this._declared.get('')?._handlers;
		this._acceptsNative = native?.has(OnNativeMessage) ?? false;
		this._nativeOnly = this._acceptsNative && this._declared.size === 1 && native?.size === 1;
	}

	/**
	 * Connects a namespace declared at {@link dial}: own `OnNamespaceConnect` first, then the server. Calls for the same
	 * namespace share one request; a connected namespace resolves at once.
	 * @param {string} namespace
	 * @returns {Promise<NSConn>}
	 */
	connect(namespace) {
		const nsConn = this._declared.get(namespace);
		if (!nsConn) {
			return Promise.reject(new BadNamespaceError());
		}
		if (this._connected.has(namespace)) {
			return Promise.resolve(nsConn);
		}
		return this._change(nsConn, '', OnNamespaceConnect, () => this._refusal(), () => {
			this._store(nsConn, true);
			return nsConn;
		});
	}

	/**
	 * Waits until a namespace is connected, by whichever side; at once when it is. Rejected when the connection is lost.
	 * @param {string} namespace
	 * @returns {Promise<NSConn>}
	 */
	waitServerConnect(namespace) {
		const nsConn = this._connected.get(namespace);
		const refusal = this._declared.has(namespace) ? this._refusal() : new BadNamespaceError();
		return new Promise((resolve, reject) => {
			if (nsConn) {
				resolve(nsConn);
			} else if (refusal) {
				reject(refusal);
			} else {
				this._waiters.push({ namespace, resolve, reject });
			}
		});
	}

	/** @param {string} namespace @returns {NSConn | undefined} undefined when it is not connected */
	namespace(namespace) {
		return this._connected.get(namespace);
	}

	/** @returns {NSConn[]} a snapshot of the connected namespaces */
	namespaces() {
		return [...this._connected.values()];
	}

	/**
	 * Disconnects one namespace after the other; stops at the first error.
	 * @returns {Promise<void>}
	 */
	async disconnectAll() {
		for (const nsConn of this.namespaces()) {
			if (this._connected.has(nsConn.namespace)) {
				await nsConn.disconnect();
			}
		}
	}

	/**
	 * Asks in any connected namespace and joined room.
	 * @param {{namespace: string, room?: string, event: string, body?: unknown}} message
	 * @param {AskOptions} [options]
	 * @returns {Promise<Message>}
	 */
	async ask({ namespace, room = '', event, body }, options) {
		const refusal = this._refusal(namespace, room);
		if (refusal) {
			throw refusal;
		}
		return this._requests.send({ namespace, room, event, body: toBody(body) }, options);
	}

	/**
	 * Sends a native message: the bare data as one WebSocket message. Needs namespace `""` connected and `OnNativeMessage`
	 * declared in it. Text with six or more `;` would be read as a neffos message by the peer.
	 * @param {string | Uint8Array | ArrayBuffer} data
	 * @returns {boolean} false: not sent
	 */
	send(data) {
		return this._acceptsNative && this._connected.has('') && (this._link?.send(toBody(data)) ?? false);
	}

	/**
	 * Ends the connection, or the attempts to get it back. The events of all rooms and namespaces are fired before this
	 * returns. Does nothing when the connection is closed.
	 * @param {number} [code] 1000 (default) or 3000 to 4999; anything else throws, and then nothing happened
	 * @param {string} [reason] at most 123 bytes
	 */
	close(code = 1000, reason = '') {
		if (this._state === State.CLOSED) {
			return;
		}
		if (this._isClearing) {
			this._state = State.CLOSED; // the loss that is being told becomes the end
			return;
		}
		this._link?.close(code, reason);
		this._finish({ code, reason, wasClean: true });
	}

	/** @returns {boolean} true when nothing can be sent: closed, or lost and not yet back */
	isClosed() {
		return this._state !== State.OPEN;
	}

	/** @returns {boolean} true between a loss and the next accepted connection */
	isReconnecting() {
		return this._state === State.RECONNECTING;
	}

	/** @returns {boolean} */
	wasReconnected() {
		return this.reconnectTries > 0;
	}

	// ------------------------------------------------------------------------------------------------ what this side asks

	/**
	 * Why a message may not be sent.
	 * @param {string} [namespace] checked when given
	 * @param {string} [room] checked when not empty
	 * @returns {NeffosError | undefined}
	 */
	_refusal(namespace, room) {
		if (!this._link?.isOpen) {
			return this._state === State.RECONNECTING ? new ReconnectingError() : new WriteClosedError();
		}
		if (this._nativeOnly) {
			return new NeffosError('NATIVE_ONLY', 'this connection carries native messages only');
		}
		if (namespace === undefined) {
			return undefined;
		}
		const nsConn = this._connected.get(namespace);
		if (!nsConn) {
			return new BadNamespaceError();
		}
		return room && !nsConn.room(room) ? new BadRoomError() : undefined;
	}

	/** @param {Frame} frame @param {boolean} [binary] */
	_emit(frame, binary) {
		return !this._refusal(frame.namespace, frame.room) && (this._link?.send(encodeFrame(frame, binary)) ?? false);
	}

	/**
	 * A change that this side asks for: own handler first (not for a disconnect), then the peer, then the table. While it
	 * runs, the same change is not asked for twice.
	 * @param {NSConn} nsConn
	 * @param {string} room
	 * @param {string} event
	 * @param {() => Error | undefined} refusal
	 * @param {() => any} apply
	 * @returns {Promise<any>}
	 */
	_change(nsConn, room, event, refusal, apply) {
		const key = JSON.stringify([event, nsConn.namespace, room]);
		const running = this._changes.get(key);
		if (running) {
			return running;
		}
		const { namespace } = nsConn;
		/** @type {(value?: any) => void} */
		let resolve = () => {};
		/** @type {(error: any) => void} */
		let reject = () => {};
		const change = new Promise((yes, no) => [resolve, reject] = [yes, no]);
		const end = () => this._changes.delete(key);
		change.then(end, end);
		// Before any handler runs: it may ask for the same change.
		this._changes.set(key, change);
		const handler = () => event === OnNamespaceDisconnect ? undefined : nsConn._fire(event, room, { isLocal: true });
		settle(() => refusal() ?? handler(), () => {
			settle(() => refusal() ?? this._requests.send({ namespace, room, event }, {}, apply), resolve, reject);
		}, reject);
		return change;
	}

	// --------------------------------------------------------------------------------------------- what the server sends

	/** @param {Link} link @param {string | Uint8Array} data */
	_receive(link, data) {
		const msg = this._nativeOnly ? null : decodeFrame(data);
		if (!msg) {
			if (this._acceptsNative) {
				this._deliver(link, new Message({ event: OnNativeMessage, body: data }));
			}
		} else if (msg.wait.startsWith('$')) {
			this._requests.answer(msg); // only clients make such tokens
		} else {
			this._dispatch(link, msg);
		}
	}

	/** @param {Link} link @param {Message} msg */
	_dispatch(link, msg) {
		switch (msg.event) {
			case OnNamespaceConnected:
			case OnRoomJoined:
			case OnRoomLeft:
				return; // what already happened is known here, no peer can tell
			case OnNamespaceConnect:
			case OnNamespaceDisconnect:
			case OnRoomJoin:
			case OnRoomLeave:
				if (msg.wait && !msg.isNoOp && !msg.isError) {
					this._obey(link, msg);
				}
				return;
			default:
				this._deliver(link, msg);
		}
	}

	/**
	 * A change that the server asks for.
	 * @param {Link} link
	 * @param {Message} msg
	 */
	_obey(link, msg) {
		const nsConn = this._connected.get(msg.namespace);
		const done = () => void link.send(`${msg.wait};;;;;;`);
		/** @param {Error} error */
		const refuse = error => this._answerError(link, msg, error);
		if (msg.event === OnNamespaceConnect) {
			const declared = this._declared.get(msg.namespace);
			if (!declared) {
				refuse(new BadNamespaceError());
			} else if (nsConn) {
				done();
			} else {
				settle(() => declared._handle(msg), () => this._link === link && this._store(declared, false, done), refuse);
			}
		} else if (msg.event === OnRoomJoin) {
			if (!nsConn) {
				refuse(new BadNamespaceError());
			} else if (nsConn.room(msg.room)) {
				done();
			} else {
				const stillConnected = () => this._link === link && this._connected.get(msg.namespace) === nsConn;
				settle(() => nsConn._handle(msg), () => {
					stillConnected() ? nsConn._store(msg.room, false, done) : refuse(new BadNamespaceError());
				}, refuse);
			}
		} else if (!nsConn) {
			done();
		} else if (msg.event === OnRoomLeave) {
			nsConn._drop(msg.room, {}, done);
		} else {
			this._drop(nsConn, { isForced: true }, {}, done);
		}
	}

	/**
	 * An ordinary message. Whoever asked gets an answer even when there is nobody to give one.
	 * @param {Link} link
	 * @param {Message} msg
	 */
	_deliver(link, msg) {
		const nsConn = this._connected.get(msg.namespace);
		if (!nsConn) {
			this._answerError(link, msg, new BadNamespaceError(), true);
		} else if (!nsConn._handlerOf(msg.event)) {
			this._answerError(link, msg, new RefusedError('no handler for event'), true);
		} else {
			settle(() => nsConn._handle(msg), value => this._answer(link, msg, value),
				error => this._answerError(link, msg, error));
		}
	}

	/** @param {Link} link @param {Message} msg @param {unknown} value */
	_answer(link, msg, value) {
		if (value === undefined || value === null || !msg.wait || msg.isError) {
			return;
		}
		const { wait, namespace, room, event, isBinary } = msg;
		settle(() => {
			const body = value instanceof Reply ? value.body : toBody(value);
			link.send(encodeFrame({ wait, namespace, room, event, body }, isBinary));
		}, () => {}, error => this._answerError(link, msg, error));
	}

	/**
	 * @param {Link} link
	 * @param {Message} msg
	 * @param {Error} error
	 * @param {boolean} [quiet] not an error of a handler, so nobody has to hear of it here
	 */
	_answerError(link, msg, error, quiet = false) {
		if (msg.wait && !msg.isError) {
			const { wait, namespace, room, event } = msg;
			link.send(encodeFrame({ wait, namespace, room, event, isError: true, body: error.message || error.name || 'error' }));
		} else if (!quiet) {
			this._report(error, msg);
		}
	}

	// --------------------------------------------------------------------------------------------- what is stored, and told

	/**
	 * Stores a namespace, unless it is there.
	 * @param {NSConn} nsConn
	 * @param {boolean} isLocal
	 * @param {() => void} [answer] called when stored, before the event
	 */
	_store(nsConn, isLocal, answer = () => {}) {
		const { namespace } = nsConn;
		const isNew = !this._connected.has(namespace);
		this._connected.set(namespace, nsConn);
		answer();
		if (isNew) {
			const ready = this._waiters.filter(waiter => waiter.namespace === namespace);
			this._waiters = this._waiters.filter(waiter => waiter.namespace !== namespace);
			nsConn._notify(OnNamespaceConnected, '', { isLocal });
			ready.forEach(waiter => waiter.resolve(nsConn));
		}
	}

	/**
	 * Leaves all rooms of a namespace and deletes it.
	 * @param {NSConn} nsConn
	 * @param {Flags} roomFlags
	 * @param {Flags} flags
	 * @param {() => void} [answer] called when deleted, before the event
	 */
	_drop(nsConn, roomFlags, flags, answer = () => {}) {
		for (const { name } of nsConn.rooms()) {
			nsConn._drop(name, roomFlags);
		}
		const wasConnected = this._connected.delete(nsConn.namespace);
		answer();
		if (wasConnected) {
			nsConn._notify(OnNamespaceDisconnect, '', flags);
		}
	}

	/** @param {Error} error @param {Message} [msg] */
	_report(error, msg) {
		const onError = this._options.onError ?? console.error;
		settle(() => onError(error, msg), () => {}, failure => console.error(failure));
	}

	/**
	 * Runs a callback of the application; what it throws is reported and goes no further.
	 * @param {((...args: any[]) => unknown) | undefined} callback
	 * @param {unknown[]} args
	 */
	_tell(callback, ...args) {
		settle(() => callback?.(...args), () => {}, error => this._report(error));
	}

	// ------------------------------------------------------------------------------------------------- opening and losing

	/**
	 * Dials once.
	 * @param {number} tries 0 for the first time, else the attempts since the loss
	 * @returns {Promise<Link>} acknowledged
	 */
	_open(tries) {
		return new Promise((resolve, reject) => {
			const { headers = {}, protocols, ackTimeout } = this._options;
			const Socket = this._options.WebSocket ?? globalThis.WebSocket;
			const url = socketUrl(this._url, tries > 0 ? { ...headers, 'X-Websocket-Reconnect': `${tries}` } : headers);
			const socket = protocols === undefined ? new Socket(url) : new Socket(url, protocols);
			const link = this._opening = new Link(socket, !this._nativeOnly, ackTimeout, {
				ready: id => {
					this.id = id;
					this.reconnectTries = tries;
					this._opening = null;
					this._link = link;
					this._state = State.OPEN;
					if (this._nativeOnly) {
						this._connected = new Map(this._declared);
					}
					resolve(link);
				},
				failed: error => {
					this._opening = null;
					reject(error);
				},
				frame: data => this._receive(link, data),
				closed: ending => this._lose(ending),
			});
		});
	}

	/** @param {Ending} ending */
	_lose(ending) {
		if (!this._reconnection || (ending.code >= DO_NOT_COME_BACK.from && ending.code <= DO_NOT_COME_BACK.to)) {
			this._finish(ending);
			return;
		}
		this._state = State.RECONNECTING;
		this._reconnection.remember();
		this._clear(new ReconnectingError());
		this._tell(this._options.onClose, { ...ending, willReconnect: this._state === State.RECONNECTING });
		if (this._state === State.RECONNECTING) {
			this._reconnection.run().catch(error => this._report(asError(error)));
		}
	}

	/**
	 * The end: nothing is sent, received or tried any more.
	 * @param {Ending} ending
	 */
	_finish(ending) {
		this._state = State.CLOSED;
		this._opening?.abort();
		this._opening = null;
		this._reconnection?.stop();
		this._clear(new WriteClosedError());
		this._tell(this._options.onClose, { ...ending, willReconnect: false });
	}

	/**
	 * Counts as closed first, then fails what is pending and fires the events of all rooms and namespaces.
	 * @param {Error} error
	 */
	_clear(error) {
		const waiters = this._waiters;
		const forced = { isLocal: true, isForced: true };
		this._isClearing = true;
		this._link = null;
		this._waiters = [];
		this._requests.failAll(error);
		waiters.forEach(waiter => waiter.reject(error));
		if (this._nativeOnly) {
			this._connected.clear();
		}
		this.namespaces().forEach(nsConn => this._drop(nsConn, forced, forced));
		this._isClearing = false;
	}
}

// ---------------------------------------------------------------------------------------------------------- reconnection

/** A connection that lived this long was a good one: the next loss starts with the shortest delay again. */
const STABLE_AFTER = 5000;

/** Gets a lost connection back, and what was connected and joined in it. */
class Reconnection {
	/** @param {Conn} conn @param {ReconnectOptions} options */
	constructor(conn, options) {
		this._conn = conn;
		this._options = {
			minDelay: 250, maxDelay: 30_000, factor: 2, jitter: true, maxAttempts: Infinity, afterRefusal: false, ...options,
		};
		/** What is not restored yet: rooms by name, by namespace. @type {Map<string, Map<string, Room>>} */
		this._lost = new Map();
		this._openedAt = Date.now();
		/** Attempts since there was a stable connection. */
		this._backoff = 0;
		/** Ends the pause between two attempts. */
		this._wake = () => {};
	}

	/** Takes down what is connected and joined, besides what an earlier loss left to restore. */
	remember() {
		for (const { namespace, _rooms } of this._conn._nativeOnly ? [] : this._conn.namespaces()) {
			this._lost.set(namespace, new Map([...this._lost.get(namespace) ?? [], ..._rooms]));
		}
	}

	/** @param {string} namespace @param {string} name @returns {Room | undefined} the object of a room to be restored */
	room(namespace, name) {
		return this._lost.get(namespace)?.get(name);
	}

	stop() {
		this._lost.clear();
		this._wake();
	}

	/** Until it is back or closed: waits, sees whether the server is there, dials, restores. */
	async run() {
		const conn = this._conn;
		const { minDelay, maxDelay, factor, jitter, maxAttempts, afterRefusal } = this._options;
		if (Date.now() - this._openedAt >= STABLE_AFTER) {
			this._backoff = 0;
		}
		let reason = '';
		for (let attempt = 1; attempt <= maxAttempts; attempt++) {
			const bound = Math.min(maxDelay, minDelay * factor ** this._backoff++);
			const delay = jitter ? Math.random() * bound : bound;
			conn._tell(conn._options.onReconnecting, attempt, delay);
			await this._pause(delay);
			const isThere = conn.isReconnecting() && await this._probe();
			if (!conn.isReconnecting()) {
				return;
			}
			try {
				if (isThere) {
					const link = await conn._open(attempt);
					this._openedAt = Date.now();
					await this._restore(link);
					return;
				}
			} catch (thrown) {
				if (!conn.isReconnecting()) {
					return;
				}
				reason = asError(thrown).message;
				if (!(thrown instanceof NeffosError)) {
					conn._report(asError(thrown));
				}
				if (thrown instanceof RefusedError && !afterRefusal) {
					break;
				}
			}
		}
		conn._finish({ code: 1006, reason, wasClean: false });
	}

	/** @param {number} delay @returns {Promise<void>} ends early when the connection is closed */
	_pause(delay) {
		return new Promise(resolve => {
			const timer = setTimeout(resolve, delay);
			this._wake = () => {
				clearTimeout(timer);
				resolve();
			};
			if (!this._conn.isReconnecting()) {
				this._wake();
			}
		});
	}

	/**
	 * Asks the server for a sign of life: any HTTP answer will do. Where that cannot work (no fetch, or a page of another
	 * origin, where a failure means nothing) the answer is yes, and dialling will tell.
	 * @returns {Promise<boolean>}
	 */
	async _probe() {
		const { fetch = globalThis.fetch?.bind(globalThis), ackTimeout } = this._conn._options;
		const url = new URL(this._conn._url);
		url.protocol = url.protocol.replace('ws', 'http');
		if (!fetch || (globalThis.location && globalThis.location.origin !== url.origin)) {
			return true;
		}
		const stop = new AbortController();
		const timer = after(ackTimeout, () => stop.abort());
		try {
			await fetch(url.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store', signal: stop.signal });
			return true;
		} catch {
			return false;
		} finally {
			clearTimeout(timer);
		}
	}

	/**
	 * Connects and joins again what was lost. When the connection is lost meanwhile, the rest is left to the next time.
	 * @param {Link} link
	 */
	async _restore(link) {
		const conn = this._conn;
		/** @type {RestoredNamespace[]} */
		const namespaces = [];
		for (const [namespace, lostRooms] of [...this._lost]) {
			/** @type {RestoredNamespace} */
			const restored = { namespace, rooms: [], refused: [] };
			namespaces.push(restored);
			try {
				const nsConn = await conn.connect(namespace);
				for (const room of [...lostRooms.keys()]) {
					await nsConn.joinRoom(room).then(() => restored.rooms.push(room), error => {
						restored.refused.push({ room, error });
					});
					lostRooms.delete(room);
				}
			} catch (thrown) {
				restored.error = asError(thrown);
			}
			if (conn._link !== link) {
				return;
			}
			this._lost.delete(namespace);
		}
		conn._tell(conn._options.onReconnected, { conn, namespaces });
	}
}

// ---------------------------------------------------------------------------------------------------- namespace and room

/** This connection in one namespace. There is one object per declared namespace, and it lives as long as its `Conn`. */
export class NSConn {
	/** @param {Conn} conn @param {string} namespace @param {Record<string, Handler>} events */
	constructor(conn, namespace, events) {
		this.conn = conn;
		this.namespace = namespace;
		/** @type {Map<string, Handler>} */
		this._handlers = new Map(Object.entries(events).map(([event, handler]) => {
			if (typeof handler !== 'function') {
				throw new TypeError(`the handler of ${namespace}/${event} is not a function`);
			}
			return [SYSTEM_EVENTS.includes(`_${event}`) ? `_${event}` : event, handler];
		}));
		/** @type {Map<string, Room>} */
		this._rooms = new Map();
	}

	/**
	 * Sends one message to the server.
	 * @param {string} event
	 * @param {unknown} [body] a string as it is, bytes as binary, anything else as JSON
	 * @returns {boolean} false: not sent, the connection is closed or the namespace not connected
	 */
	emit(event, body) {
		return this.conn._emit({ namespace: this.namespace, event, body: toBody(body) });
	}

	/**
	 * Like {@link emit}, as a binary message; a string is sent as UTF-8.
	 * @param {string} event
	 * @param {Uint8Array | ArrayBuffer | string} body
	 * @returns {boolean}
	 */
	emitBinary(event, body) {
		return this.conn._emit({ namespace: this.namespace, event, body: toBody(body) }, true);
	}

	/**
	 * Sends one message and waits for its reply. Rejected with the error reply ({@link RefusedError} and others), at the
	 * timeout, at once when the connection is lost, and without sending anything when {@link emit} would not send.
	 * @param {string} event
	 * @param {unknown} [body]
	 * @param {AskOptions} [options]
	 * @returns {Promise<Message>}
	 */
	ask(event, body, options) {
		return this.conn.ask({ namespace: this.namespace, event, body }, options);
	}

	/**
	 * Joins a room: own `OnRoomJoin` first, then the server. Calls for the same room share one request; a joined room
	 * resolves at once.
	 * @param {string} name
	 * @returns {Promise<Room>}
	 */
	joinRoom(name) {
		const room = this._rooms.get(name);
		if (room) {
			return Promise.resolve(room);
		}
		return this.conn._change(this, name, OnRoomJoin, () => this.conn._refusal(this.namespace), () => {
			if (this.conn.namespace(this.namespace) !== this) {
				throw new BadNamespaceError();
			}
			return this._store(name, true);
		});
	}

	/** @param {string} name @returns {Room | undefined} undefined when it is not joined */
	room(name) {
		return this._rooms.get(name);
	}

	/** @returns {Room[]} a snapshot of the joined rooms */
	rooms() {
		return [...this._rooms.values()];
	}

	/**
	 * Leaves one room after the other; stops at the first error.
	 * @returns {Promise<void>}
	 */
	async leaveAll() {
		for (const room of this.rooms()) {
			if (this._rooms.has(room.name)) {
				await room.leave();
			}
		}
	}

	/**
	 * Asks the server to disconnect this namespace; it may refuse. All rooms are left by that.
	 * @returns {Promise<void>}
	 */
	disconnect() {
		return this.conn._change(this, '', OnNamespaceDisconnect, () => this.conn._refusal(this.namespace),
			() => this.conn._drop(this, { isLocal: true, isForced: true }, { isLocal: true }));
	}

	/** @param {string} event */
	_handlerOf(event) {
		return this._handlers.get(event) ?? this._handlers.get(OnAnyEvent);
	}

	/** @param {Message} msg */
	_handle(msg) {
		return this._handlerOf(msg.event)?.(this, msg);
	}

	/** @param {string} event @param {string} room @param {Flags} flags */
	_fire(event, room, flags) {
		return this._handle(new Message({ namespace: this.namespace, room, event, ...flags }));
	}

	/**
	 * Fires an event that cannot be refused.
	 * @param {string} event
	 * @param {string} room
	 * @param {Flags} flags
	 */
	_notify(event, room, flags) {
		const msg = new Message({ namespace: this.namespace, room, event, ...flags });
		settle(() => this._handle(msg), () => {}, error => this.conn._report(error, msg));
	}

	/**
	 * Stores a room, unless it is there.
	 * @param {string} name
	 * @param {boolean} isLocal
	 * @param {() => void} [answer] called when stored, before the event
	 * @returns {Room}
	 */
	_store(name, isLocal, answer = () => {}) {
		const known = this._rooms.get(name);
		const room = known ?? this.conn._reconnection?.room(this.namespace, name) ?? new Room(this, name);
		this._rooms.set(name, room);
		answer();
		if (!known) {
			this._notify(OnRoomJoined, name, { isLocal });
		}
		return room;
	}

	/**
	 * Leaves a room that is joined; nobody can refuse any more.
	 * @param {string} name
	 * @param {Flags} flags
	 * @param {() => void} [answer] called when deleted, before the last event
	 */
	_drop(name, flags, answer = () => {}) {
		if (this._rooms.has(name)) {
			this._notify(OnRoomLeave, name, flags);
		}
		this._delete(name, flags, answer);
	}

	/** @param {string} name @param {Flags} flags @param {() => void} [answer] */
	_delete(name, flags, answer = () => {}) {
		const wasJoined = this._rooms.delete(name);
		answer();
		if (wasJoined) {
			this._notify(OnRoomLeft, name, flags);
		}
	}
}

/** A joined room. What it sends goes to the server, which decides who receives it. */
export class Room {
	/** @param {NSConn} nsConn @param {string} name */
	constructor(nsConn, name) {
		this.nsConn = nsConn;
		this.name = name;
	}

	/**
	 * Like {@link NSConn.emit}, to the room; also false when the room is not joined.
	 * @param {string} event
	 * @param {unknown} [body]
	 * @returns {boolean}
	 */
	emit(event, body) {
		const { nsConn: { conn, namespace }, name: room } = this;
		return conn._emit({ namespace, room, event, body: toBody(body) });
	}

	/**
	 * Like {@link NSConn.emitBinary}, to the room.
	 * @param {string} event
	 * @param {Uint8Array | ArrayBuffer | string} body
	 * @returns {boolean}
	 */
	emitBinary(event, body) {
		const { nsConn: { conn, namespace }, name: room } = this;
		return conn._emit({ namespace, room, event, body: toBody(body) }, true);
	}

	/**
	 * Like {@link NSConn.ask}, in the room.
	 * @param {string} event
	 * @param {unknown} [body]
	 * @param {AskOptions} [options]
	 * @returns {Promise<Message>}
	 */
	ask(event, body, options) {
		const { nsConn: { conn, namespace }, name: room } = this;
		return conn.ask({ namespace, room, event, body }, options);
	}

	/**
	 * Leaves the room: own `OnRoomLeave` first, then the server; each may refuse, and then the room stays joined.
	 * @returns {Promise<void>}
	 */
	leave() {
		const { nsConn, name } = this;
		return nsConn.conn._change(nsConn, name, OnRoomLeave, () => nsConn.conn._refusal(nsConn.namespace)
			?? (nsConn.room(name) ? undefined : new BadRoomError()), () => nsConn._delete(name, { isLocal: true }));
	}
}

// ------------------------------------------------------------------------------------------------------------------ dial

const HEADER_PARAMETER = 'X-Websocket-Header-';

/** @param {URL} endpoint @param {Record<string, string | string[]>} headers @returns {string} */
function socketUrl(endpoint, headers) {
	const url = new URL(endpoint);
	url.protocol = url.protocol.replace('http', 'ws');
	url.hash = '';
	const parameters = Object.entries(headers).flatMap(([name, values]) => [values].flat().map(value =>
		`${encodeURIComponent(HEADER_PARAMETER + name)}=${encodeURIComponent(value)}`));
	// Not through searchParams, which would rewrite the parameters that are already there.
	url.search = [url.search.slice(1), ...parameters].filter(part => part !== '').join('&');
	return url.href;
}

/**
 * Opens a connection. Resolves when the server has accepted it; rejected with {@link RefusedError} and the server's text
 * when it refused, {@link AckTimeoutError}, {@link HandshakeError}, or a `TypeError` for wrong arguments. The first dial
 * is never repeated, whatever `options.reconnect` says. Handlers may run before the promise is resolved.
 * @param {string | URL} endpoint `ws`, `wss`, `http` or `https` URL; in a browser also a path of the page's server
 * @param {Namespaces} namespaces what may be connected, and the handlers
 * @param {Options} [options]
 * @returns {Promise<Conn>}
 */
export async function dial(endpoint, namespaces, options = {}) {
	const conn = new Conn(new URL(endpoint, globalThis.location?.href), namespaces, options);
	await conn._open(0);
	return conn;
}
