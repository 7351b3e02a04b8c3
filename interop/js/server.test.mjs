import assert from 'node:assert/strict';

import { ask, Inbox, join, lab, recording, roomsOnClient, roomsOnServer, scenario, unique, within } from './support.mjs';

scenario('connect by the server', async cleanup => {
	const stage = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage: recording(stage) } });
	nsConn.emit('summon', 'stage');
	assert.equal((await inbox.next('summoned')).body, 'stage');
	assert.deepEqual(stage.log(), ['NamespaceConnected']);
	assert.equal(await ask(conn.namespace('stage'), 'ping'), 'pong');
});

scenario('connect by the server to a namespace that the client does not have', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	nsConn.emit('summon', 'stage');
	assert.equal((await inbox.next('summon-failed')).body, 'bad namespace');
	assert.equal(await ask(nsConn, 'echo', 'x'), 'x');
});

scenario('waitServerConnect', async cleanup => {
	const { conn, nsConn } = await lab(cleanup, { namespaces: { stage: {} } });
	const waiting = conn.waitServerConnect('stage');
	nsConn.emit('summon', 'stage');
	assert.equal(await ask(await within(waiting, 'connect by the server'), 'ping'), 'pong');
});

scenario('join by the server', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('r');
	nsConn.emit('invite', name);
	await inbox.next('_OnRoomJoin', name);
	await inbox.next('_OnRoomJoined', name);
	assert.equal((await inbox.next('invited')).body, name);
	assert.deepEqual(roomsOnClient(nsConn), [name]);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	nsConn.room(name).emit('shout', 'x');
	assert.equal((await inbox.next('shouted', name)).body, 'x');
});

scenario('join by the server that the client refuses', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup, { handlers: { _OnRoomJoin: () => new Error('no time') } });
	const name = unique('r');
	nsConn.emit('invite', name);
	assert.equal((await inbox.next('invite-failed')).body, 'no time');
	assert.deepEqual(roomsOnClient(nsConn), []);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('leave by the server', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const [kept, left] = [unique('r'), unique('r')];
	await join(nsConn, kept);
	await join(nsConn, left);
	nsConn.emit('evict', left);
	await inbox.next('_OnRoomLeave', left);
	await inbox.next('_OnRoomLeft', left);
	assert.equal((await inbox.next('evicted')).body, left);
	assert.deepEqual(roomsOnClient(nsConn), [kept]);
	assert.deepEqual(await roomsOnServer(nsConn), [kept]);
});

scenario('leave of all rooms by the server', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	for (const name of [unique('r'), unique('r'), unique('r')]) {
		await join(nsConn, name);
	}
	nsConn.emit('evict-all');
	await inbox.next('evicted-all');
	assert.equal(inbox.count('_OnRoomLeft'), 3);
	assert.deepEqual(roomsOnClient(nsConn), []);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('disconnect by the server', async cleanup => {
	const stage = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage: recording(stage) } });
	const room = unique('r');
	await join(await within(conn.connect('stage'), 'connect stage'), room);
	stage.log();
	nsConn.emit('dismiss', 'stage');
	assert.equal((await inbox.next('dismissed')).body, 'stage');
	assert.deepEqual(stage.log().map(entry => entry.replace('+', '')),
		[`RoomLeave! ${room}`, `RoomLeft! ${room}`, 'NamespaceDisconnect']);
	assert.equal(conn.namespace('stage'), undefined);
	const again = await within(conn.connect('stage'), 'connect again');
	assert.equal(await ask(again, 'ping'), 'pong');
});

scenario('forced close by the server', async cleanup => {
	const { conn, nsConn, inbox } = await lab(cleanup);
	const room = unique('r');
	await join(nsConn, room);
	inbox.log();
	const socket = conn.conn;
	const closing = new Promise(resolve => socket.addEventListener('close', resolve));
	nsConn.emit('kick');
	await inbox.next('_OnNamespaceDisconnect');
	assert.equal(inbox.count('_OnRoomLeave', room), 1);
	assert.equal(inbox.count('_OnRoomLeft', room), 1);
	assert.equal(conn.isClosed(), true);
	const { code, reason } = await within(closing, 'close');
	assert.deepEqual([code, reason], [4001, 'kicked']);
});
