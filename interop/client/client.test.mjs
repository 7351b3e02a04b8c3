import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chat, joined, recorder } from './support.mjs';
test('smoke', async () => {
	const log = [];
	const { socket, nsConn, conn } = await chat(recorder(log, ['chat']).chat);
	const room = await joined(socket, nsConn, 'lobby');
	assert.equal(room.emit('say', {a: 1}), true);
	assert.deepEqual(socket.take(), [';chat;lobby;say;0;0;{"a":1}']);
	conn.close();
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnected+', 'RoomJoin+ lobby', 'RoomJoined+ lobby', 'RoomLeave+! lobby', 'RoomLeft+! lobby', 'NamespaceDisconnect+!']);
});
