import assert from 'node:assert/strict';

import { ask, closed, dial, eventually, Inbox, join, recording, restart, roomsOnServer, scenario, unique, within } from './support.mjs';

async function restored(cleanup, lose) {
	const rooms = [unique('r'), unique('r')].sort();
	const [inbox, stage] = [new Inbox(), new Inbox()];
	const conn = await dial(cleanup, { lab: recording(inbox), stage: recording(stage) }, { reconnect: 100 });
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	await within(conn.connect('stage'), 'connect stage');
	for (const room of rooms) {
		await join(nsConn, room);
	}
	[inbox, stage].forEach(box => box.log());

	await lose(nsConn);

	// Only the handlers see the new connection.
	await inbox.next('_OnNamespaceDisconnect');
	const again = (await inbox.next('_OnNamespaceConnected')).nsConn;
	cleanup(() => closed(again.conn));
	await stage.next('_OnNamespaceConnected');
	await eventually(() => inbox.count('_OnRoomJoined') === 2, 'both rooms are joined again');
	assert.notEqual(again.conn.ID, conn.ID);
	assert.equal(again.conn.wasReconnected(), true);
	assert.deepEqual(await roomsOnServer(again), rooms);
	assert.ok(Number(await ask(again, 'tries')) > 0);
	again.room(rooms[0]).emit('shout', 'back');
	assert.equal((await inbox.next('shouted', rooms[0])).body, 'back');
	return { tries: Number(await ask(again, 'tries')) };
}

scenario('reconnect after the server was killed and restarted', async cleanup => {
	const { tries } = await restored(cleanup, () => restart('kill'));
	assert.ok(tries > 1, `a server that starts is not there at the first try, but tries is ${tries}`);
});

scenario('reconnect after the server was terminated and restarted', async cleanup => {
	await restored(cleanup, () => restart('terminate'));
});

scenario('reconnect after the server closed with "restart"', async cleanup => {
	await restored(cleanup, nsConn => nsConn.emit('drop'));
});
