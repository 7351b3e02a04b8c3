import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dial, dialed, FakeServer } from './support.mjs';

const bytes = new Uint8Array([1, 0x3b, 255]);

async function mixed() {
	const got = [];
	const all = await dialed({ '': { _OnNativeMessage: (nsConn, msg) => { got.push([msg.event, msg.namespace, msg.body]); } }, chat: {} });
	return { got, ...all };
}

test('mixed: frames with too few separators are native messages once the empty namespace is connected', async () => {
	const { got, conn, socket } = await mixed();
	socket.push('too early');
	assert.equal(conn.send('too early'), false);
	const connecting = conn.connect('');
	socket.answer(';;;_OnNamespaceConnect;0;0;');
	await connecting;
	socket.push('plain', 'a;b;c;d;e;f', bytes, ';six;;;;;separators', ';;;_OnNativeMessage;0;0;framed');
	assert.deepEqual(got, [['_OnNativeMessage', '', 'plain'], ['_OnNativeMessage', '', 'a;b;c;d;e;f'],
		['_OnNativeMessage', '', bytes], ['_OnNativeMessage', '', 'framed']]);
	assert.equal(conn.send('out'), true);
	assert.equal(conn.send(bytes), true);
	assert.deepEqual(socket.take(), ['out', bytes]);
	conn.close();
	assert.equal(conn.send('late'), false);
});

test('without a handler such frames are invalid and cannot be sent', async () => {
	const { conn, socket } = await dialed({ '': {}, chat: {} });
	const connecting = conn.connect('');
	socket.answer(';;;_OnNamespaceConnect;0;0;');
	await connecting;
	assert.equal(conn.send('x'), false);
	socket.push('plain');
	assert.deepEqual(socket.take(), []);
});

test('native only: no acknowledgement, no frames, no events', async () => {
	const got = [];
	const server = new FakeServer();
	const dialling = dial('ws://server.test', { '': { OnNativeMessage: (nsConn, msg) => { got.push(msg.body); } } },
		{ WebSocket: server.WebSocket });
	const socket = await server.socket();
	socket.open();
	const conn = await dialling;
	assert.deepEqual(socket.take(), []);
	const nsConn = await conn.connect('');
	socket.push('Ac1', ';;;x;0;0;y', bytes);
	assert.deepEqual(got, ['Ac1', ';;;x;0;0;y', bytes]);
	assert.equal(conn.send('M'), true);
	assert.deepEqual(socket.take(), ['M']);
	assert.equal(nsConn.emit('x'), false);
	await assert.rejects(nsConn.ask('x'), { code: 'NATIVE_ONLY' });
	await assert.rejects(nsConn.joinRoom('x'), { code: 'NATIVE_ONLY' });
	conn.close();
	assert.deepEqual(socket.take(), []);
	assert.equal(got.length, 3);
});
