import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { chat, dialed, joined, recorder, ReconnectingError, sameObjects, turn } from './support.mjs';

const QUICK = { minDelay: 1, maxDelay: 8, jitter: false };
const up = async () => new Response(null, { status: 404 });

let unhandled;
const note = error => unhandled.push(error);
beforeEach(() => {
	unhandled = [];
	process.on('unhandledRejection', note);
});
afterEach(async () => {
	await turn();
	process.off('unhandledRejection', note);
	assert.deepEqual(unhandled, []);
});

function once() {
	let resolve;
	const promise = new Promise(done => resolve = done);
	return { promise, resolve };
}

/** A connection in `chat` with two rooms, with everything that happens in `log`. */
async function lively(options = {}, more = {}) {
	const log = [];
	const restored = once();
	const ended = once();
	const all = await chat(recorder(log, ['chat'], more).chat, {
		reconnect: QUICK,
		fetch: up,
		onReconnecting: (attempt, delay) => log.push(`reconnecting ${attempt} ${delay}`),
		onReconnected: info => { log.push('reconnected'); restored.resolve(info); },
		onClose: info => {
			log.push(`closed ${info.code} ${info.willReconnect}`);
			if (!info.willReconnect) {
				ended.resolve(info);
			}
		},
		...options,
	});
	const lobby = await joined(all.socket, all.nsConn, 'lobby');
	const garden = await joined(all.socket, all.nsConn, 'garden');
	log.length = 0;
	return { log, lobby, garden, restored: restored.promise, ended: ended.promise, ...all };
}

/** Answers the requests of a restoration, with `refusals` by request. */
async function serve(socket, refusals = {}) {
	const requests = [];
	for (;;) {
		await turn();
		const frames = socket.take();
		if (frames.length === 0) {
			return requests;
		}
		for (const frame of frames) {
			const token = frame.slice(0, frame.indexOf(';'));
			const request = frame.slice(token.length);
			requests.push(request);
			const text = refusals[request];
			socket.push(text ? `${token}${request.replace('0;0;', '1;0;')}${text}` : `${token};;;;;;`);
		}
	}
}

const CONNECT = ';chat;;_OnNamespaceConnect;0;0;';
const LOBBY = ';chat;lobby;_OnRoomJoin;0;0;';
const GARDEN = ';chat;garden;_OnRoomJoin;0;0;';

test('restores namespaces and rooms in the same objects', async () => {
	const { log, server, conn, socket, nsConn, lobby, garden, restored } = await lively();
	socket.drop();
	assert.deepEqual(log.splice(0), ['RoomLeave+! lobby', 'RoomLeft+! lobby', 'RoomLeave+! garden', 'RoomLeft+! garden',
		'NamespaceDisconnect+!', 'closed 1006 true', 'reconnecting 1 1']);
	assert.equal(conn.isClosed(), true);
	assert.equal(conn.isReconnecting(), true);
	const next = await server.socket();
	assert.equal(new URL(next.url).searchParams.get('X-Websocket-Header-X-Websocket-Reconnect'), '1');
	next.accept('c2');
	assert.deepEqual(await serve(next), [CONNECT, LOBBY, GARDEN]);
	assert.deepEqual(await restored, { conn, namespaces: [{ namespace: 'chat', rooms: ['lobby', 'garden'], refused: [] }] });
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnected+', 'RoomJoin+ lobby', 'RoomJoined+ lobby',
		'RoomJoin+ garden', 'RoomJoined+ garden', 'reconnected']);
	assert.equal(conn.id, 'c2');
	assert.equal(conn.wasReconnected(), true);
	assert.equal(conn.reconnectTries, 1);
	assert.equal(conn.isClosed(), false);
	sameObjects(conn.namespaces(), [nsConn]);
	sameObjects(nsConn.rooms(), [lobby, garden]);
	assert.equal(lobby.emit('say', 'back'), true);
	assert.deepEqual(next.take(), [';chat;lobby;say;0;0;back']);
	conn.close();
});

test('refuses everything while it is away', async () => {
	const { conn, socket, nsConn, lobby } = await lively({ reconnect: { minDelay: 20_000, jitter: false } });
	const pending = nsConn.ask('e');
	socket.drop();
	await assert.rejects(pending, ReconnectingError);
	assert.equal(lobby.emit('e'), false);
	for (const attempt of [() => nsConn.ask('e'), () => lobby.ask('e'), () => lobby.leave(), () => conn.connect('chat'),
		() => nsConn.joinRoom('x'), () => nsConn.disconnect(), () => conn.waitServerConnect('chat')]) {
		await assert.rejects(attempt(), { name: 'ReconnectingError', code: 'RECONNECTING' });
	}
	conn.close();
});

test('tells what was refused, by the server or by the own handler', async () => {
	let strict = false;
	const { server, conn, socket, nsConn, restored } = await lively({}, {
		_OnRoomJoin(ns, msg) { if (strict && msg.room === 'garden') { throw new Error('not again'); } },
	});
	strict = true;
	socket.drop();
	const next = await server.socket();
	next.accept();
	await serve(next, { [LOBBY]: 'full' });
	const { namespaces: [chatAgain] } = await restored;
	assert.deepEqual(chatAgain.rooms, []);
	assert.deepEqual(chatAgain.refused.map(({ room, error }) => [room, error.message]), [['lobby', 'full'], ['garden', 'not again']]);
	assert.deepEqual(nsConn.rooms(), []);
	next.drop();
	const third = await server.socket();
	third.accept();
	assert.deepEqual(await serve(third), [CONNECT]);
	conn.close();
});

test('tells that a namespace was refused', async () => {
	const { server, conn, socket, restored } = await lively();
	socket.drop();
	const next = await server.socket();
	next.accept();
	assert.deepEqual(await serve(next, { [CONNECT]: 'moved' }), [CONNECT]);
	const { namespaces } = await restored;
	assert.equal(namespaces[0].error.message, 'moved');
	assert.deepEqual(conn.namespaces(), []);
	conn.close();
});

test('a loss during the restoration leaves the rest to the next time', async () => {
	const { log, server, conn, socket, nsConn, lobby, garden, restored } = await lively();
	socket.drop();
	const second = await server.socket();
	second.accept('c2');
	await turn();
	second.answer(CONNECT);
	await turn();
	second.answer(LOBBY);
	await turn();
	second.drop();
	const third = await server.socket();
	third.accept('c3');
	const requests = await serve(third);
	assert.deepEqual(requests.sort(), [CONNECT, GARDEN, LOBBY]);
	await restored;
	assert.equal(log.filter(entry => entry === 'reconnected').length, 1);
	assert.ok(nsConn.room('lobby') === lobby);
	assert.ok(nsConn.room('garden') === garden);
	conn.close();
});

test('a handler that joins by itself shares the request with the restoration', async () => {
	const { server, conn, socket, restored } = await lively({}, {
		_OnNamespaceConnected(ns) { if (ns.conn.wasReconnected()) { void ns.joinRoom('lobby'); } },
	});
	socket.drop();
	const next = await server.socket();
	next.accept();
	assert.deepEqual(await serve(next), [CONNECT, LOBBY, GARDEN]);
	assert.deepEqual((await restored).namespaces[0].rooms, ['lobby', 'garden']);
	conn.close();
});

test('a namespace that the server connects is restored too, and may come back from there', async () => {
	const { server, conn, socket } = await dialed({ pushed: {} }, { reconnect: QUICK, fetch: up });
	socket.push('17;pushed;;_OnNamespaceConnect;0;0;');
	const nsConn = conn.namespace('pushed');
	socket.drop();
	const next = await server.socket();
	next.open();
	next.take();
	next.push('Ac2', '18;pushed;;_OnNamespaceConnect;0;0;');
	assert.equal(conn.namespace('pushed'), nsConn);
	await turn();
	assert.deepEqual(next.take(), ['18;;;;;;']);
	conn.close();
});

test('probes until there is any HTTP answer, and counts', async () => {
	const probes = [];
	let down = 2;
	const { log, server, conn, socket } = await lively({
		headers: { 'X-Token': 'secret' },
		async fetch(url, { method, redirect }) {
			probes.push(`${method} ${url} ${redirect}`);
			if (down-- > 0) {
				throw new TypeError('network');
			}
			return new Response(null, { status: 500 });
		},
	});
	socket.drop();
	const next = await server.socket();
	assert.deepEqual(probes, Array(3).fill('HEAD http://server.test/ws manual'));
	assert.deepEqual(log.slice(-3), ['reconnecting 1 1', 'reconnecting 2 2', 'reconnecting 3 4']);
	const parameters = new URL(next.url).searchParams;
	assert.equal(parameters.get('X-Websocket-Header-X-Websocket-Reconnect'), '3');
	assert.equal(parameters.get('X-Websocket-Header-X-Token'), 'secret');
	next.accept();
	assert.equal(conn.reconnectTries, 3);
	conn.close();
});

test('does not probe from a page of another origin', async () => {
	globalThis.location = new URL('https://page.test/');
	try {
		const { server, conn, socket } = await lively({ fetch: () => assert.fail('probed') });
		socket.drop();
		(await server.socket()).accept();
		conn.close();
	} finally {
		delete globalThis.location;
	}
});

test('goes on when dialling fails, however it fails', async () => {
	const { log, server, conn, socket } = await lively({ ackTimeout: 5 });
	socket.drop();
	(await server.socket()).fail();
	const silent = await server.socket();
	silent.open();
	const closing = await server.socket();
	closing.open();
	closing.drop(1013);
	(await server.socket()).accept();
	assert.equal(conn.reconnectTries, 4);
	assert.deepEqual(log.slice(-4), ['reconnecting 1 1', 'reconnecting 2 2', 'reconnecting 3 4', 'reconnecting 4 8']);
	conn.close();
});

test('gives up after maxAttempts', async () => {
	const { log, socket, ended, conn } = await lively({
		reconnect: { ...QUICK, maxAttempts: 2 }, fetch: async () => { throw new TypeError('network'); },
	});
	socket.drop();
	assert.deepEqual(await ended, { code: 1006, reason: '', wasClean: false, willReconnect: false });
	assert.deepEqual(log.slice(-3), ['reconnecting 1 1', 'reconnecting 2 2', 'closed 1006 false']);
	assert.equal(conn.isClosed(), true);
	assert.equal(conn.isReconnecting(), false);
});

test('gives up when refused, unless told otherwise', async () => {
	const first = await lively();
	first.socket.drop();
	const refusing = await first.server.socket();
	refusing.open();
	refusing.push('Hbanned');
	assert.deepEqual(await first.ended, { code: 1006, reason: 'banned', wasClean: false, willReconnect: false });

	const second = await lively({ reconnect: { ...QUICK, afterRefusal: true } });
	second.socket.drop();
	const busy = await second.server.socket();
	busy.open();
	busy.push('Hbusy');
	(await second.server.socket()).accept();
	assert.equal(second.conn.reconnectTries, 2);
	second.conn.close();
});

test('does not come back after a code from 4000 to 4099, but after any other', async () => {
	for (const code of [4000, 4099]) {
		const { socket, conn, ended } = await lively();
		socket.drop(code, 'kicked', true);
		assert.deepEqual(await ended, { code, reason: 'kicked', wasClean: true, willReconnect: false });
		assert.equal(conn.isReconnecting(), false);
	}
	for (const code of [1000, 1001, 1005, 1006, 1008, 1011, 3999, 4100]) {
		const { socket, conn } = await lively();
		socket.drop(code, '', true);
		assert.equal(conn.isReconnecting(), true);
		conn.close();
	}
});

test('close() stops the waiting', async () => {
	const { log, server, socket, conn } = await lively({ reconnect: { minDelay: 20_000, jitter: false } });
	socket.drop();
	conn.close();
	await turn();
	assert.deepEqual(log.slice(-2), ['reconnecting 1 20000', 'closed 1000 false']);
	assert.equal(conn.isReconnecting(), false);
	assert.equal(server.sockets.length, 0);
});

test('close() stops the probe and the dialling', async () => {
	const probe = once();
	const probed = once();
	const first = await lively({ fetch: () => { probed.resolve(); return probe.promise; } });
	first.socket.drop();
	await probed.promise;
	first.conn.close();
	probe.resolve();
	await turn();
	assert.equal(first.server.sockets.length, 0);

	const second = await lively();
	second.socket.drop();
	const next = await second.server.socket();
	second.conn.close();
	assert.notEqual(next.readyState, 0);
	next.open();
	next.push('Ac2');
	assert.equal(second.conn.id, 'c1');
	assert.deepEqual(next.take(), []);
});

test('close() in a callback stops it as well', async () => {
	for (const callback of ['onClose', 'onReconnecting']) {
		const closing = { close() {} };
		const { server, socket, conn } = await lively({ [callback]: () => closing.close() });
		closing.close = () => conn.close();
		socket.drop();
		await turn();
		assert.equal(conn.isReconnecting(), false);
		assert.equal(server.sockets.length, 0);
	}
});

test('failing callbacks and handlers are reported and do no harm', async () => {
	const errors = [];
	const fail = () => { throw new Error('callback'); };
	const { server, socket, conn, nsConn } = await lively({
		onClose: fail, onReconnecting: async () => fail(), onReconnected: fail, onError: error => errors.push(error.message),
	});
	socket.drop();
	const next = await server.socket();
	next.accept();
	await serve(next);
	assert.equal(nsConn.rooms().length, 2);
	assert.deepEqual(errors, ['callback', 'callback', 'callback']);
	conn.close();
	assert.equal(errors.length, 4);
});

test('the delay grows until a connection was stable', async t => {
	t.mock.timers.enable({ apis: ['Date'] });
	const { log, server, socket, conn } = await lively({ reconnect: { minDelay: 1, maxDelay: 4, factor: 2, jitter: false } });
	let last = socket;
	const lose = async () => {
		last.drop();
		last = await server.socket();
		last.accept();
		await serve(last);
	};
	for (let i = 0; i < 4; i++) {
		await lose();
	}
	t.mock.timers.tick(60_000);
	await lose();
	assert.deepEqual(log.filter(entry => entry.startsWith('reconnecting')),
		['reconnecting 1 1', 'reconnecting 1 2', 'reconnecting 1 4', 'reconnecting 1 4', 'reconnecting 1 1']);
	conn.close();
});

test('with jitter the delay is anywhere up to the bound', async t => {
	t.mock.method(Math, 'random', () => 0.25);
	const delays = [];
	const { socket, conn } = await lively({
		reconnect: { minDelay: 8 }, onReconnecting: (attempt, delay) => delays.push(delay),
	});
	socket.drop();
	assert.deepEqual(delays, [2]);
	conn.close();
});

test('an asynchronous reply does not reach the next connection', async () => {
	let finish;
	const { server, socket, conn } = await lively({}, { e: () => new Promise(resolve => finish = resolve) });
	socket.push('17;chat;;e;0;0;');
	socket.drop();
	const next = await server.socket();
	next.accept();
	await serve(next);
	finish('late');
	await turn();
	assert.deepEqual(next.take(), []);
	conn.close();
});

test('without the option a loss is the end', async () => {
	const { log, socket, conn } = await lively({ reconnect: false });
	socket.drop();
	assert.equal(log.at(-1), 'closed 1006 false');
	assert.equal(conn.isReconnecting(), false);
});
