import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dial, dialed, FakeServer, turn } from './support.mjs';

function dialling(endpoint, options = {}, namespaces = { chat: {} }) {
	const server = new FakeServer();
	const conn = dial(endpoint, namespaces, { WebSocket: server.WebSocket, ...options });
	return { server, conn };
}

async function urlOf(endpoint, options) {
	const { server, conn } = dialling(endpoint, options);
	const socket = await server.socket();
	socket.accept();
	(await conn).close();
	return socket.url;
}

test('sends M and takes the id as it is', async () => {
	const { server, conn } = dialling('ws://server.test/ws');
	const socket = await server.socket();
	assert.equal(socket.binaryType, 'arraybuffer');
	socket.accept('id;with;separators');
	assert.equal((await conn).id, 'id;with;separators');
	assert.equal((await conn).isClosed(), false);
	assert.equal((await conn).wasReconnected(), false);
});

test('ignores everything before the acknowledgement', async () => {
	const log = [];
	const { server, conn } = dialling('ws://server.test/ws', {}, { chat: { _OnNamespaceConnect: () => log.push('asked') } });
	const socket = await server.socket();
	socket.open();
	socket.take();
	socket.push('17;chat;;_OnNamespaceConnect;0;0;', '', new TextEncoder().encode('Abinary'), 'Mc1', 'Ac1');
	assert.equal((await conn).id, 'c1');
	assert.deepEqual(log, []);
	assert.deepEqual(socket.take(), []);
});

test('handles a frame that arrives together with the acknowledgement', async () => {
	const { server, conn } = dialling('ws://server.test/ws');
	const socket = await server.socket();
	socket.open();
	socket.take();
	socket.push('Ac1', '17;chat;;_OnNamespaceConnect;0;0;');
	assert.deepEqual(socket.take(), ['17;;;;;;']);
	assert.ok((await conn).namespace('chat'));
});

test('a second acknowledgement or refusal is an invalid frame', async () => {
	const { socket, conn } = await dialed({ chat: {} });
	socket.push('Ac2', 'Hno', 'M');
	assert.equal(conn.id, 'c1');
	assert.equal(conn.isClosed(), false);
});

test('a refusal rejects with the text of the server and is final', async () => {
	const { server, conn } = dialling('ws://server.test/ws', { reconnect: { minDelay: 1 } });
	const socket = await server.socket();
	socket.open();
	socket.push('Hnot today; sorry');
	await assert.rejects(conn, { name: 'RefusedError', code: 'REFUSED', message: 'not today; sorry' });
	assert.ok(socket.closedWith);
	socket.drop();
	await turn();
	assert.equal(server.sockets.length, 0);
});

test('gives up when nobody acknowledges', async () => {
	const { server, conn } = dialling('ws://server.test/ws', { ackTimeout: 5 });
	const socket = await server.socket();
	socket.open();
	await assert.rejects(conn, { name: 'AckTimeoutError', code: 'ACK_TIMEOUT' });
	assert.ok(socket.closedWith);
	socket.push('Ac1');
});

test('rejects when the socket fails', async () => {
	const { server, conn } = dialling('ws://server.test/ws', { reconnect: true });
	(await server.socket()).fail();
	await assert.rejects(conn, { name: 'HandshakeError', code: 'HANDSHAKE', closeCode: 1006 });
});

test('rejects when the socket is closed before the acknowledgement', async () => {
	const { server, conn } = dialling('ws://server.test/ws');
	const socket = await server.socket();
	socket.open();
	socket.drop(1013, 'try later');
	await assert.rejects(conn, { name: 'HandshakeError', closeCode: 1013, message: 'try later' });
});

test('rejects wrong arguments', async () => {
	await assert.rejects(dial('/relative/without/a/page', {}, { WebSocket: Object }), TypeError);
	await assert.rejects(dial('ws://server.test', { chat: { say: 'no function' } }, { WebSocket: Object }), TypeError);
});

test('makes a WebSocket URL', async () => {
	assert.equal(await urlOf('http://server.test/ws'), 'ws://server.test/ws');
	assert.equal(await urlOf('https://server.test/ws#part'), 'wss://server.test/ws');
	assert.equal(await urlOf('wss://server.test/ws?a=1'), 'wss://server.test/ws?a=1');
});

test('resolves a path against the page', async () => {
	globalThis.location = new URL('https://page.test/app/index.html?x=1');
	try {
		assert.equal(await urlOf('/neffos'), 'wss://page.test/neffos');
		assert.equal(await urlOf('neffos'), 'wss://page.test/app/neffos');
	} finally {
		delete globalThis.location;
	}
});

test('sends headers as URL parameters and keeps the ones that are there', async () => {
	const headers = { 'X-Token': 'a b&c', 'X-Many': ['1', '2'] };
	assert.equal(await urlOf('ws://server.test/ws?q=~%2F', { headers }), 'ws://server.test/ws?q=~%2F'
		+ '&X-Websocket-Header-X-Token=a%20b%26c&X-Websocket-Header-X-Many=1&X-Websocket-Header-X-Many=2');
});

test('passes subprotocols on', async () => {
	const { server, conn } = dialling('ws://server.test/ws', { protocols: ['v1'] });
	const socket = await server.socket();
	assert.deepEqual(socket.protocols, ['v1']);
	socket.accept();
	await conn;
});
