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
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('deny');
	await refused(nsConn.joinRoom(name), 'not this room');
	assert.deepEqual(inbox.log(), []);
	assert.equal(nsConn.room(name), undefined);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('leave', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('r');
	const room = await join(nsConn, name);
	inbox.log();
	assert.equal(await within(room.leave(), 'leave'), null);
	assert.deepEqual(inbox.log(), [`RoomLeave ${name}`, `RoomLeft ${name}`]);
	assert.equal(room.emit('shout', 'x'), false);
	assert.deepEqual(await roomsOnServer(nsConn), []);
});

scenario('denied leave', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const name = unique('sticky');
	const room = await join(nsConn, name);
	inbox.log();
	assert.equal((await within(room.leave(), 'refusal')).message, 'stay');
	assert.deepEqual(inbox.log(), []);
	assert.equal(nsConn.room(name), room);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	room.emit('shout', 'still here');
	assert.equal((await inbox.next('shouted', name)).body, 'still here');
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
	const sender = await member(cleanup, name);
	const other = await member(cleanup, name);
	sender.room.emit('say', 'the others');
	assert.equal((await other.inbox.next('said', name)).body, 'the others');
	await ask(sender.nsConn, 'echo', 'what was sent before arrives before');
	assert.equal(sender.inbox.count('said'), 0);
});

scenario('broadcasts arrive in order and none is lost', async cleanup => {
	const name = unique('r');
	const sender = await member(cleanup, name);
	const other = await member(cleanup, name);
	for (let i = 0; i < 200; i++) {
		sender.room.emit('shout', String(i));
	}
	for (const { inbox } of [sender, other]) {
		for (let i = 0; i < 200; i++) {
			assert.equal((await inbox.next('shouted', name)).body, String(i));
		}
	}
});

scenario('message after leaving reaches nobody else', async cleanup => {
	const name = unique('r');
	const leaver = await member(cleanup, name);
	const other = await member(cleanup, name);
	await within(leaver.room.leave(), 'leave');
	// By hand, since the client would refuse to send it.
	leaver.conn.conn.send(`;lab;${name};shout;0;0;ghost`);
	await ask(leaver.nsConn, 'echo', 'handled after it');
	await ask(other.nsConn, 'echo', 'what was sent before arrives before');
	assert.equal(other.inbox.count('shouted'), 0);
});

scenario('relay in namespace default', async cleanup => {
	const name = unique('r');
	const connected = async () => {
		const inbox = new Inbox();
		const conn = await dial(cleanup, { default: recording(inbox) });
		return { inbox, room: await join(await within(conn.connect('default'), 'connect default'), name) };
	};
	const [sender, other] = [await connected(), await connected()];
	sender.room.emit('typing', '{"from":"ann"}');
	for (const { inbox } of [sender, other]) {
		assert.equal((await inbox.next('typing', name)).body, '{"from":"ann"}');
	}
});

scenario('leaveAll of neffos.js leaves nothing, and both sides agree', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const names = [unique('r'), unique('r'), unique('r')].sort();
	for (const name of names) {
		await join(nsConn, name);
	}
	inbox.log();
	assert.equal(await within(nsConn.leaveAll(), 'leaveAll'), null);
	assert.deepEqual(await roomsOnServer(nsConn), names);
	assert.deepEqual(roomsOnClient(nsConn), names);
	assert.deepEqual(inbox.log(), []);
	for (const name of names) {
		assert.equal(await within(nsConn.room(name).leave(), 'leave'), null);
	}
	assert.deepEqual(await roomsOnServer(nsConn), []);
	assert.deepEqual(roomsOnClient(nsConn), []);
});

scenario('chat room with presence, as the page uses it', async cleanup => {
	const room = unique('chat');
	const ann = await visitor(cleanup, 'ann');
	const bob = await visitor(cleanup, 'bob');
	const annRoom = await join(ann.nsConn, room);
	await join(bob.nsConn, room);
	await eventually(async () => JSON.parse((await ann.inbox.next('presence', room)).body).members.sort().join() === 'ann,bob',
		'both are present');
	annRoom.emit('say', JSON.stringify({ text: 'hello; bob' }));
	for (const { inbox } of [ann, bob]) {
		const { at, ...said } = JSON.parse((await inbox.next('said', room)).body);
		assert.deepEqual(said, { from: 'ann', text: 'hello; bob' });
		assert.equal(typeof at, 'number');
	}
	assert.equal(await post(`/api/rooms/${room}/announcements`, { text: 'closing soon' }), 202);
	for (const { inbox } of [ann, bob]) {
		assert.deepEqual(JSON.parse((await inbox.next('announcement', room)).body), { text: 'closing soon' });
	}
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
