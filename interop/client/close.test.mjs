import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chat, dialed, joined, recorder } from './support.mjs';

async function twoRooms(options = {}, more = {}) {
	const log = [];
	const all = await chat(recorder(log, ['chat'], more).chat, options);
	const a = await joined(all.socket, all.nsConn, 'a');
	const b = await joined(all.socket, all.nsConn, 'b');
	log.length = 0;
	return { log, a, b, ...all };
}

const FORCED = ['RoomLeave+! a', 'RoomLeft+! a', 'RoomLeave+! b', 'RoomLeft+! b', 'NamespaceDisconnect+!'];

test('close fires the forced events, sends a close frame and tells', async () => {
	const closes = [];
	const { log, conn, socket } = await twoRooms({ onClose: info => closes.push(info) });
	conn.close(4001, 'bye');
	assert.deepEqual(log, FORCED);
	assert.deepEqual(socket.closedWith, { code: 4001, reason: 'bye' });
	assert.deepEqual(closes, [{ code: 4001, reason: 'bye', wasClean: true, willReconnect: false }]);
	assert.equal(conn.isClosed(), true);
	assert.deepEqual(conn.namespaces(), []);
	conn.close();
	socket.push(';chat;;say;0;0;late');
	socket.drop();
	assert.deepEqual(log, FORCED);
	assert.equal(closes.length, 1);
});

test('the end of the socket fires the same', async () => {
	const closes = [];
	const { log, conn, socket } = await twoRooms({ onClose: info => closes.push(info) });
	socket.drop(1001, 'going away', true);
	assert.deepEqual(log, FORCED);
	assert.deepEqual(closes, [{ code: 1001, reason: 'going away', wasClean: true, willReconnect: false }]);
	assert.equal(conn.isClosed(), true);
});

test('the connection counts as closed before the events, and nothing is sent by handlers', async () => {
	const seen = [];
	const { nsConn, socket } = await twoRooms({}, {
		_OnRoomLeave(ns, msg) { seen.push([ns.conn.isClosed(), ns.room(msg.room).emit('x'), !!ns.room(msg.room)]); },
		_OnRoomLeft(ns, msg) { seen.push([ns.conn.isClosed(), ns.emit('x'), !!ns.room(msg.room)]); },
	});
	nsConn.conn.close();
	assert.deepEqual(seen, [[true, false, true], [true, false, false], [true, false, true], [true, false, false]]);
	assert.deepEqual(socket.take(), []);
});

test('a handler that closes again does no harm', async () => {
	const closes = [];
	const { log, conn, socket } = await twoRooms({ onClose: info => closes.push(info), reconnect: true }, {
		_OnRoomLeave(ns) { ns.conn.close(); },
	});
	socket.drop(1006);
	assert.deepEqual(log, ['RoomLeft+! a', 'RoomLeft+! b', 'NamespaceDisconnect+!']);
	assert.deepEqual(closes, [{ code: 1006, reason: '', wasClean: false, willReconnect: false }]);
	assert.equal(conn.isReconnecting(), false);
});

test('failing handlers do not stop the events', async () => {
	const errors = [];
	const { log, conn } = await twoRooms({ onError: error => errors.push(error.message) }, {
		_OnRoomLeave() { throw new Error('sync'); },
	});
	conn.close();
	assert.deepEqual(log, ['RoomLeft+! a', 'RoomLeft+! b', 'NamespaceDisconnect+!']);
	assert.deepEqual(errors, ['sync', 'sync']);
});

test('a close code that is not allowed changes nothing', async () => {
	const { log, conn } = await twoRooms();
	assert.throws(() => conn.close(1001), RangeError);
	assert.equal(conn.isClosed(), false);
	assert.deepEqual(log, []);
});

test('every namespace is told', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['x', 'y']));
	socket.push('17;x;;_OnNamespaceConnect;0;0;', '18;y;;_OnNamespaceConnect;0;0;');
	log.length = 0;
	conn.close();
	assert.deepEqual(log, ['NamespaceDisconnect+!', 'NamespaceDisconnect+!']);
});

test('an error of the socket without a close event ends the connection too', async t => {
	const { conn, socket } = await chat();
	t.mock.timers.enable({ apis: ['setTimeout'] });
	socket.hasFailed = true;
	socket.onerror({});
	t.mock.timers.tick(60_000);
	assert.equal(conn.isClosed(), true);
});

test('an asynchronous reply is not sent after the end', async () => {
	let finish;
	const { conn, socket } = await chat({ e: () => new Promise(resolve => finish = resolve) });
	socket.push('17;chat;;e;0;0;');
	conn.close();
	finish('late');
	await new Promise(resolve => setImmediate(resolve));
	assert.deepEqual(socket.take(), []);
});
