import assert from 'node:assert/strict';

import { ask, dial, eventually, Inbox, join, lab, post, recording, refused, roomsOnClient, roomsOnServer, scenario, unique, within } from './support.mjs';

scenario('join', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('r');
	const room = await join(nsConn, name);
	assert.equal(room.name, name);
	assert.deepEqual(inbox.log(), [`RoomJoin+ ${name}`, `RoomJoined+ ${name}`]);
	assert.equal(await join(nsConn, name), room);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
});

scenario('room name with separators and other scripts', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('a;b λ 房间');
	const room = await join(nsConn, name);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	room.emit('shout', 'x;y');
	assert.equal((await inbox.next('shouted', name)).body, 'x;y');
});

scenario('denied join', async cleanup => {
	const { nsConn } = await lab(cleanup);
	const name = unique('deny');
	await refused(nsConn.joinRoom(name), 'not this room');
	assert.equal(nsConn.room(name), undefined);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('join that the own handler refuses', async cleanup => {
	const { nsConn } = await lab(cleanup, {
		handlers: {
			OnRoomJoin: () => {
				throw new Error('not today');
			},
		},
	});
	await refused(nsConn.joinRoom(unique('r')), 'not today');
	assert.deepEqual(roomsOnClient(nsConn), []);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('leave', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('r');
	const room = await join(nsConn, name);
	inbox.log();
	await within(room.leave(), 'leave');
	assert.deepEqual(inbox.log(), [`RoomLeave+ ${name}`, `RoomLeft+ ${name}`]);
	assert.equal(room.emit('shout', 'x'), false);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('denied leave', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('sticky');
	const room = await join(nsConn, name);
	await refused(room.leave(), 'stay');
	assert.equal(nsConn.room(name), room);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	room.emit('shout', 'still here');
	assert.equal((await inbox.next('shouted', name)).body, 'still here');
});

scenario('leaveAll', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	for (let i = 0; i < 3; i++) {
		await join(nsConn, unique('r'));
	}
	inbox.log();
	await within(nsConn.leaveAll(), 'leaveAll');
	assert.equal(inbox.count('_OnRoomLeft'), 3);
	assert.deepEqual(roomsOnClient(nsConn), []);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('leaveAll stops at the first refusal', async cleanup => {
	const { nsConn } = await lab(cleanup);
	const sticky = unique('sticky');
	await join(nsConn, sticky);
	await refused(nsConn.leaveAll(), 'stay');
	assert.deepEqual(roomsOnClient(nsConn), [sticky]);
	assert.deepEqual(await roomsOnServer(nsConn), [sticky]);
});

scenario('room broadcast including the sender', async cleanup => {
	const name = unique('r');
	const members = [await member(cleanup, name), await member(cleanup, name), await member(cleanup, name)];
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

scenario('relay in namespace default', async cleanup => {
	const name = unique('r');
	const connected = async () => {
		const inbox = new Inbox();
		const conn = await dial(cleanup, { default: recording(inbox) });
		return { inbox, room: await join(await within(conn.connect('default'), 'connect default'), name) };
	};
	const [sender, other] = [await connected(), await connected()];
	sender.room.emit('typing', { from: 'ann' });
	for (const { inbox } of [sender, other]) {
		assert.equal((await inbox.next('typing', name)).body, '{"from":"ann"}');
	}
});

scenario('join by the server', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('r');
	nsConn.emit('invite', name);
	assert.equal((await inbox.next('invited')).body, name);
	assert.deepEqual(inbox.log(), [`RoomJoin ${name}`, `RoomJoined ${name}`]);
	assert.deepEqual(roomsOnClient(nsConn), [name]);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	nsConn.room(name).emit('shout', 'x');
	assert.equal((await inbox.next('shouted', name)).body, 'x');
});

scenario('join by the server that the client refuses', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup, {
		handlers: {
			OnRoomJoin: async () => {
				throw new Error('no time');
			},
		},
	});
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
	assert.deepEqual(roomsOnClient(nsConn), [kept]);
	assert.deepEqual(await roomsOnServer(nsConn), [kept]);
	nsConn.emit('evict-all');
	await inbox.next('evicted-all');
	assert.deepEqual(roomsOnClient(nsConn), []);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('chat room with presence, as the page uses it', async cleanup => {
	const room = unique('chat');
	const ann = await visitor(cleanup, 'ann');
	const bob = await visitor(cleanup, 'bob');
	const annRoom = await join(ann.nsConn, room);
	await join(bob.nsConn, room);
	await eventually(async () => JSON.parse((await ann.inbox.next('presence', room)).body).members.sort().join() === 'ann,bob',
		'both are present');
	annRoom.emit('say', { text: 'hello; bob' });
	for (const { inbox } of [ann, bob]) {
		const { at, ...said } = JSON.parse((await inbox.next('said', room)).body);
		assert.deepEqual(said, { from: 'ann', text: 'hello; bob' });
		assert.equal(typeof at, 'number');
	}
	assert.equal(await post(`/api/rooms/${room}/announcements`, { text: 'closing soon' }), 202);
	assert.deepEqual(JSON.parse((await bob.inbox.next('announcement', room)).body), { text: 'closing soon' });
	assert.equal(await ask(ann.nsConn, 'workday', '2026-11-23'), 'MONDAY');
	await refused(ann.nsConn.ask('workday', 'tomorrow'), 'not a date: use yyyy-mm-dd');
});

scenario('vip room', async cleanup => {
	const ann = await visitor(cleanup, 'ann');
	await refused(ann.nsConn.joinRoom('vip'), 'vip room is restricted');
	const vip = await visitor(cleanup, 'vip-ann');
	await join(vip.nsConn, 'vip');
});

async function member(cleanup, name) {
	const { conn, nsConn, inbox } = await lab(cleanup);
	return { conn, nsConn, inbox, room: await join(nsConn, name) };
}

async function visitor(cleanup, name) {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { chat: recording(inbox) }, { headers: { 'X-Visitor-Name': name } });
	return { inbox, nsConn: await within(conn.connect('chat'), 'connect chat') };
}
