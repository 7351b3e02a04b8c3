import assert from 'node:assert/strict';

import { dial } from '../../neffos-spring-boot-autoconfigure/src/main/resources/io/neffos/client/client.mjs';

export * from '../../neffos-spring-boot-autoconfigure/src/main/resources/io/neffos/client/client.mjs';

/** A socket whose other end is the test: `received` is what the client sent, the methods are what the server does. */
export class FakeSocket {
	constructor(url, protocols) {
		this.url = url;
		this.protocols = protocols;
		this.readyState = 0;
		this.received = [];
		this.closedWith = null;
		this.hasFailed = false;
		this.onopen = this.onmessage = this.onclose = this.onerror = null;
	}

	send(data) {
		assert.equal(this.readyState, 1, 'sent on a socket that is not open');
		this.received.push(data);
	}

	close(code, reason) {
		if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
			throw new RangeError(`invalid code ${code}`);
		}
		this.closedWith ??= { code, reason };
		const wasConnecting = this.readyState === 0;
		this.readyState = Math.max(this.readyState, 2);
		if (wasConnecting || this.hasFailed) {
			this.onerror?.({}); // as in Node, at once
		}
	}

	open() {
		this.readyState = 1;
		this.onopen?.({});
	}

	/** Sends frames to the client without a pause, as when they arrive in one segment. */
	push(...frames) {
		for (const frame of frames) {
			const data = typeof frame === 'string' ? frame : new Uint8Array(frame).buffer;
			this.onmessage?.({ data });
		}
	}

	accept(id = 'c1') {
		this.open();
		assert.deepEqual(this.take(), ['M']);
		this.push(`A${id}`);
	}

	drop(code = 1006, reason = '', wasClean = false) {
		this.readyState = 3;
		this.onclose?.({ code, reason, wasClean });
	}

	fail() {
		this.readyState = 3;
		this.hasFailed = true;
		this.onerror?.({});
		this.onclose?.({ code: 1006, reason: '', wasClean: false });
	}

	/** What the client sent since the last call. */
	take() {
		return this.received.splice(0);
	}

	/** Answers the one request that the client sent, after comparing it without its token. */
	answer(request, makeAnswer = token => `${token};;;;;;`) {
		const frames = this.take();
		assert.equal(frames.length, 1, `expected one request, got ${JSON.stringify(frames)}`);
		const token = frames[0].slice(0, frames[0].indexOf(';'));
		assert.match(token, /^\$\d+$/);
		assert.equal(frames[0].slice(token.length), request);
		this.push(...[makeAnswer(token)].flat());
	}
}

/** A place to dial: hands out its sockets in the order in which they were made. */
export class FakeServer {
	constructor() {
		const sockets = this.sockets = [];
		const waiting = this.waiting = [];
		this.WebSocket = class extends FakeSocket {
			constructor(...args) {
				super(...args);
				waiting.length > 0 ? waiting.shift()(this) : sockets.push(this);
			}
		};
	}

	/** @returns {Promise<FakeSocket>} the next socket that a client makes or made */
	socket() {
		return this.sockets.length > 0 ? Promise.resolve(this.sockets.shift())
			: new Promise(resolve => this.waiting.push(resolve));
	}
}

/** Lets everything run that waits for promises only. */
export function turn() {
	return new Promise(resolve => setImmediate(resolve));
}

/** Like `deepEqual`, but the elements must be the very same. */
export function sameObjects(actual, expected) {
	assert.equal(actual.length, expected.length);
	actual.forEach((element, i) => assert.ok(element === expected[i], `element ${i} is another object`));
}

/** Handlers that note every event in `log` as `event ns/room flags body`, for all `names`. */
export function recorder(log, names, more = {}) {
	const note = (nsConn, msg) => {
		const flags = `${msg.isLocal ? '+' : ''}${msg.isForced ? '!' : ''}`;
		log.push(`${msg.event.replace('_On', '')}${flags}${msg.room && ` ${msg.room}`}${msg.body.length > 0 ? ` ${msg.text()}` : ''}`);
	};
	return Object.fromEntries(names.map(name => [name, { _OnAnyEvent: note, ...more }]));
}

/** Dials a fake server that accepts. */
export async function dialed(namespaces, options = {}, endpoint = 'ws://server.test/ws') {
	const server = new FakeServer();
	const dialing = dial(endpoint, namespaces, { WebSocket: server.WebSocket, ...options });
	const socket = await server.socket();
	socket.accept();
	return { server, socket, conn: await dialing };
}

/** Dials, and connects the namespace `chat`. */
export async function chat(events = {}, options = {}) {
	const all = await dialed({ chat: events }, options);
	const connecting = all.conn.connect('chat');
	all.socket.answer(';chat;;_OnNamespaceConnect;0;0;');
	return { ...all, nsConn: await connecting };
}

/** Joins a room that the server admits. */
export async function joined(socket, nsConn, name) {
	const joining = nsConn.joinRoom(name);
	socket.answer(`;${nsConn.namespace};${name};_OnRoomJoin;0;0;`);
	return await joining;
}
