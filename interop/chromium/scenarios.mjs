/** What every client must be able to do in a browser. The J-numbers are defects of neffos.js. */

import assert from 'node:assert/strict';

import { ask, client, dial, endpoint, eventually, events, Inbox, join, lab, member, recording, refused, roomsOnClient, roomsOnServer, scenario, unique, within } from 'page';

scenario('connect', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { lab: recording(inbox) });
	assert.notEqual(client.idOf(conn), '');
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	assert.deepEqual(inbox.log(), ['NamespaceConnect+', 'NamespaceConnected+']);
	assert.equal(await ask(nsConn, 'whoami'), client.idOf(conn));
	assert.equal(await within(conn.connect('lab'), 'second connect'), nsConn);
});

scenario('dial from a page of another origin', async cleanup => {
	assert.equal(new URL(endpoint).host, location.host);
	const elsewhere = endpoint.replace(location.hostname, location.hostname === 'localhost' ? '127.0.0.1' : 'localhost');
	await assert.rejects(within(client.dial(elsewhere, { lab: {} }, {}, new Inbox()), 'refusal'),
		error => !error.message?.startsWith('nothing after'));
	const conn = await dial(cleanup, { lab: {} });
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('headers and subprotocol', async cleanup => {
	const conn = await dial(cleanup, { lab: {} }, { headers: { 'X-Visitor-Name': 'Zoë & Söhne' }, protocols: ['other', 'neffos.v1'] });
	assert.equal(await ask(await conn.connect('lab'), 'name'), 'Zoë & Söhne');
});

scenario('denied connect', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { closed: recording(inbox), lab: {} });
	await refused(conn.connect('closed'), 'closed for today');
	assert.deepEqual(inbox.log(), ['NamespaceConnect+']);
	assert.equal(conn.namespace('closed'), undefined);
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('undeclared namespace', async cleanup => {
	const conn = await dial(cleanup, { nowhere: {}, lab: {} });
	await refused(conn.connect('nowhere'), 'bad namespace');
	assert.equal(conn.namespace('nowhere'), undefined);
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('disconnect', async cleanup => {
	const { conn, nsConn, inbox } = await lab(cleanup);
	const room = unique('d');
	await join(nsConn, room);
	inbox.log();
	await within(client.disconnect(nsConn), 'disconnect');
	assert.deepEqual(events(inbox), [`RoomLeave! ${room}`, `RoomLeft! ${room}`, 'NamespaceDisconnect']);
	assert.equal(conn.namespace('lab'), undefined);
	assert.deepEqual(await roomsOnServer(await within(conn.connect('lab'), 'connect again')), []);
});

scenario('join', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('a;b 房间');
	const room = await join(nsConn, name);
	assert.equal(room.name, name);
	assert.deepEqual(inbox.log(), [`RoomJoin+ ${name}`, `RoomJoined+ ${name}`]);
	assert.equal(await join(nsConn, name), room);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
});

scenario('denied join', async cleanup => {
	const { nsConn } = await lab(cleanup);
	const name = unique('deny');
	await refused(nsConn.joinRoom(name), 'not this room');
	assert.equal(nsConn.room(name), undefined);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('leave', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('r');
	const room = await join(nsConn, name);
	inbox.log();
	await within(client.leave(room), 'leave');
	assert.deepEqual(events(inbox), [`RoomLeave ${name}`, `RoomLeft ${name}`]);
	assert.equal(room.emit('shout', 'x'), false);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('denied leave', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('sticky');
	const room = await join(nsConn, name);
	await refused(client.leave(room), 'stay');
	assert.equal(nsConn.room(name), room);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	room.emit('shout', 'still here');
	assert.equal((await inbox.next('shouted', name)).body, 'still here');
});

// J1: leaveAll of neffos.js leaves nothing.
if (!client.isOriginal) {
	scenario('leaveAll', async cleanup => {
		const { nsConn, inbox } = await lab(cleanup);
		for (let i = 0; i < 3; i++) {
			await join(nsConn, unique('r'));
		}
		await within(nsConn.leaveAll(), 'leaveAll');
		assert.equal(inbox.count('_OnRoomLeft'), 3);
		assert.deepEqual(roomsOnClient(nsConn), []);
		assert.deepEqual(await roomsOnServer(nsConn), []);
	});
}

scenario('emit', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	assert.equal(nsConn.emit('bytes', '3'), true);
	assert.deepEqual((await inbox.next('bytes')).body, Uint8Array.of(0, 1, 2));
});

scenario('ask and reply', async cleanup => {
	const { nsConn } = await lab(cleanup);
	for (const body of ['hello', 'a;b;;c;;;;;;;', 'Zoë 房间 🎈', '{"json":[1,2]}', '', 'x'.repeat(20_000)]) {
		assert.equal(await ask(nsConn, 'echo', body), body);
	}
});

// J10: in browsers the tokens of neffos.js are times, and requests at the same moment get the same.
if (!client.isOriginal) {
	scenario('many asks in flight', async cleanup => {
		const { nsConn } = await lab(cleanup);
		const bodies = Array.from({ length: 100 }, (_, i) => `body ${i}`);
		assert.deepEqual(await Promise.all(bodies.map(body => ask(nsConn, 'echo', body))), bodies);
	});
}

scenario('ask and error', async cleanup => {
	const { nsConn } = await lab(cleanup);
	await refused(nsConn.ask('fail', 'x'), 'no luck');
	assert.equal(await ask(nsConn, 'echo', 'x'), 'x');
});

scenario('ask without a handler', async cleanup => {
	const { nsConn } = await lab(cleanup);
	await refused(nsConn.ask('no-such-event', 'x'), 'no handler for event');
	assert.equal(await ask(nsConn, 'echo', 'x'), 'x');
});

scenario('room broadcast including the sender', async cleanup => {
	const name = unique('r');
	const members = [await member(cleanup, name), await member(cleanup, name)];
	const outsider = await lab(cleanup);
	members[0].room.emit('shout', 'all of you');
	for (const { inbox } of members) {
		assert.equal((await inbox.next('shouted', name)).body, 'all of you');
	}
	await ask(outsider.nsConn, 'echo', 'what was sent before arrives before');
	assert.equal(outsider.inbox.count('shouted'), 0);
});

scenario('room broadcast excluding the sender', async cleanup => {
	const name = unique('r');
	const [sender, other] = [await member(cleanup, name), await member(cleanup, name)];
	sender.room.emit('say', 'the others');
	assert.equal((await other.inbox.next('said', name)).body, 'the others');
	await ask(sender.nsConn, 'echo', 'what was sent before arrives before');
	assert.equal(sender.inbox.count('said'), 0);
});

scenario('connect by the server', async cleanup => {
	const stage = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage: recording(stage) } });
	nsConn.emit('summon', 'stage');
	assert.equal((await inbox.next('summoned')).body, 'stage');
	// J11: neffos.js is not asked whether it wants to.
	assert.deepEqual(events(stage), client.isOriginal ? ['NamespaceConnected'] : ['NamespaceConnect', 'NamespaceConnected']);
	assert.equal(await ask(conn.namespace('stage'), 'ping'), 'pong');
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
	nsConn.emit('invite', unique('r'));
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
	assert.equal((await inbox.next('evicted')).body, left);
	assert.equal(inbox.count('_OnRoomLeft', left), 1);
	assert.deepEqual(roomsOnClient(nsConn), [kept]);
	assert.deepEqual(await roomsOnServer(nsConn), [kept]);
	nsConn.emit('evict-all');
	await inbox.next('evicted-all');
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
	assert.deepEqual(events(stage), [`RoomLeave! ${room}`, `RoomLeft! ${room}`, 'NamespaceDisconnect']);
	assert.equal(conn.namespace('stage'), undefined);
	assert.equal(await ask(await within(conn.connect('stage'), 'connect again'), 'ping'), 'pong');
});

scenario('quiz: an ask inside a handler', async cleanup => {
	const { nsConn } = await lab(cleanup, { handlers: { question: (_, { body }) => client.reply(body === '6x7' ? '42' : '?') } });
	assert.equal(await ask(nsConn, 'quiz'), 'answer: 42');
});

scenario('quiz answered with an error', async cleanup => {
	const { nsConn } = await lab(cleanup, { handlers: { question: () => new Error('too hard') } });
	assert.equal(await ask(nsConn, 'quiz'), 'error: too hard');
});

// J6 leaves only the way to the server: neffos.js cannot reply to a binary message.
scenario('binary', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
	nsConn.emit('bytes', '256');
	assert.deepEqual((await inbox.next('bytes')).body, bytes);
	assert.deepEqual(await within(client.askBinary(nsConn, 'echo', bytes), 'binary reply'), bytes);
	await refused(client.askBinary(nsConn, 'fail', bytes), 'no luck');
});

scenario('binary broadcast', async cleanup => {
	const name = unique('r');
	const [sender, other] = [await member(cleanup, name), await member(cleanup, name)];
	const bytes = Uint8Array.of(0, 59, 255, 128, 59, 10);
	client.emitBinary(sender.room, 'say', bytes);
	assert.deepEqual((await other.inbox.next('said', name)).body, bytes);
});

scenario('native message', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { '': { _OnNativeMessage: (_, msg) => inbox.add(client.read(msg)) }, lab: {} });
	await within(conn.connect(''), 'connect the empty namespace');
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	client.listenToNative(conn, inbox);
	assert.equal(client.sendNative(conn, 'hello; there'), true);
	assert.equal((await inbox.next('_OnNativeMessage')).body, 'native:hello; there');
	assert.equal(client.sendNative(conn, Uint8Array.of(1, 2, 3)), true);
	assert.deepEqual((await inbox.next('_OnNativeMessage')).body, Uint8Array.of(3, 2, 1));
	assert.equal(await ask(nsConn, 'echo', 'framed'), 'framed');
});

async function restored(cleanup, lose) {
	// J10: neffos.js asks for everything at the same moment, in browsers with the same token, so it has one of each.
	const rooms = (client.isOriginal ? [unique('r')] : [unique('r'), unique('r')]).sort();
	const namespaces = client.isOriginal ? [] : ['stage', 'default'];
	const others = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, {
		namespaces: Object.fromEntries(namespaces.map(namespace => [namespace, recording(others)])),
		options: { reconnect: true },
	});
	const id = client.idOf(conn);
	for (const namespace of namespaces) {
		await within(conn.connect(namespace), `connect ${namespace}`);
	}
	for (const room of rooms) {
		await join(nsConn, room);
	}
	[inbox, others].forEach(box => box.log());

	await lose(nsConn);

	await inbox.next('_OnNamespaceDisconnect');
	// With neffos.js only the handlers see the new connection.
	const again = (await inbox.next('_OnNamespaceConnected')).nsConn;
	cleanup(() => again.conn.close());
	await eventually(() => inbox.count('_OnRoomJoined') === rooms.length, 'all rooms are joined again');
	await eventually(() => others.count('_OnNamespaceConnected') === namespaces.length, 'all namespaces are connected again');
	assert.notEqual(client.idOf(again.conn), id);
	assert.equal(again.conn.wasReconnected(), true);
	assert.deepEqual(roomsOnClient(again), rooms);
	assert.deepEqual(await roomsOnServer(again), rooms);
	assert.ok(Number(await ask(again, 'tries')) > 0, 'the server knows that the client tried');
	again.room(rooms[0]).emit('shout', 'back');
	assert.equal((await inbox.next('shouted', rooms[0])).body, 'back');
}

scenario('reconnect after the server was killed and restarted', async cleanup => {
	await restored(cleanup, () => restartOfServer('kill'));
});

scenario('reconnect after the server was terminated and restarted', async cleanup => {
	await restored(cleanup, () => restartOfServer('terminate'));
});

scenario('forced close', async cleanup => {
	const closes = new Inbox();
	// neffos.js does not look at close codes and would come back, so it is not told to.
	const { conn, nsConn, inbox } = await lab(cleanup, { options: { closes, reconnect: !client.isOriginal } });
	const room = unique('r');
	await join(nsConn, room);
	inbox.log();
	nsConn.emit('kick');
	const { code, reason, willReconnect = false } = await closes.next('close');
	assert.deepEqual([code, reason, willReconnect], [4001, 'kicked', false]);
	await eventually(() => conn.isClosed(), 'closed');
	assert.deepEqual(events(inbox), [`RoomLeave! ${room}`, `RoomLeft! ${room}`, 'NamespaceDisconnect!']);
	assert.equal(nsConn.emit('shout', 'x'), false);
	if (!client.isOriginal) {
		assert.equal(conn.isReconnecting(), false);
	}
});
