import assert from 'node:assert/strict';

import { ask, Inbox, join, lab, recording, restart, roomsOnClient, roomsOnServer, scenario, unique, within } from './support.mjs';

async function restored(cleanup, lose) {
	const rooms = [unique('r'), unique('r')].sort();
	const stage = new Inbox();
	const calls = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, {
		namespaces: { stage: recording(stage) },
		options: {
			reconnect: { minDelay: 50, maxDelay: 200 },
			onClose: info => calls.add({ event: 'close', room: '', ...info }),
			onReconnected: ({ namespaces }) => calls.add({ event: 'reconnected', room: '', namespaces }),
		},
	});
	await within(conn.connect('stage'), 'connect stage');
	for (const room of rooms) {
		await join(nsConn, room);
	}
	inbox.log();
	const { id } = conn;

	await lose(nsConn);

	const { willReconnect } = await calls.next('close');
	assert.equal(willReconnect, true);
	const { namespaces } = await calls.next('reconnected');
	assert.deepEqual(namespaces.map(({ namespace, rooms, refused, error }) => [namespace, [...rooms].sort(), refused, error]),
		[['lab', rooms, [], undefined], ['stage', [], [], undefined]]);
	assert.notEqual(conn.id, id);
	assert.equal(conn.wasReconnected(), true);
	assert.equal(conn.namespace('lab'), nsConn);
	assert.deepEqual(roomsOnClient(nsConn), rooms);
	assert.deepEqual(await roomsOnServer(nsConn), rooms);
	assert.equal(Number(await ask(nsConn, 'tries')), conn.reconnectTries);
	nsConn.room(rooms[0]).emit('shout', 'back');
	assert.equal((await inbox.next('shouted', rooms[0])).body, 'back');
	assert.equal(await ask(conn.namespace('stage'), 'ping'), 'pong');
	return conn.reconnectTries;
}

scenario('restored after the server was killed and restarted', async cleanup => {
	assert.ok(await restored(cleanup, () => restart('kill')) > 1, 'a server that starts is not there at the first try');
});

scenario('restored after the server was terminated and restarted', async cleanup => {
	await restored(cleanup, () => restart('terminate'));
});

scenario('restored after the server closed with "restart"', async cleanup => {
	await restored(cleanup, nsConn => nsConn.emit('drop'));
});

scenario('kick: does not come back', async cleanup => {
	const calls = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, {
		options: {
			reconnect: { minDelay: 1, maxDelay: 1 },
			onClose: info => calls.add({ event: 'close', room: '', ...info }),
			onReconnecting: () => calls.add({ event: 'reconnecting', room: '' }),
		},
	});
	const room = unique('r');
	await join(nsConn, room);
	inbox.log();
	nsConn.emit('kick');
	const { code, reason, willReconnect } = await calls.next('close');
	assert.deepEqual([code, reason, willReconnect], [4001, 'kicked', false]);
	assert.deepEqual(inbox.log(), [`RoomLeave+! ${room}`, `RoomLeft+! ${room}`, 'NamespaceDisconnect+!']);
	assert.equal(conn.isClosed(), true);
	assert.equal(conn.isReconnecting(), false);
	assert.equal(calls.count('reconnecting'), 0);
});

scenario('an ask in flight fails at once when the connection is lost', async cleanup => {
	const { nsConn } = await lab(cleanup);
	const silent = nsConn.ask('silent', 'x', { timeout: 0 });
	nsConn.emit('drop');
	await assert.rejects(within(silent, 'rejection'), { code: 'WRITE_CLOSED' });
});
