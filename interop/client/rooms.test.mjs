import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BadNamespaceError, BadRoomError, chat, joined, recorder, sameObjects, turn, WriteClosedError } from './support.mjs';

const JOIN = ';chat;lobby;_OnRoomJoin;0;0;';
const LEAVE = ';chat;lobby;_OnRoomLeave;0;0;';

test('joins: own handler, request, stored, joined', async () => {
	const log = [];
	const { socket, nsConn } = await chat(recorder(log, ['chat']).chat);
	log.length = 0;
	const joining = nsConn.joinRoom('lobby');
	assert.deepEqual(log, ['RoomJoin+ lobby']);
	assert.equal(nsConn.room('lobby'), undefined);
	socket.answer(JOIN, token => [`${token};;;;;;`, ';chat;lobby;say;0;0;first']);
	assert.deepEqual(log, ['RoomJoin+ lobby', 'RoomJoined+ lobby', 'say lobby first']);
	const room = await joining;
	assert.equal(nsConn.room('lobby'), room);
	sameObjects(nsConn.rooms(), [room]);
	assert.equal(room.name, 'lobby');
	assert.equal(room.nsConn, nsConn);
	assert.equal(await nsConn.joinRoom('lobby'), room);
	assert.deepEqual(socket.take(), []);
});

test('own handler refuses: nothing is sent', async () => {
	for (const refuse of [() => { throw new Error('not me'); }, async () => { throw new Error('not me'); }]) {
		const { socket, nsConn } = await chat({ _OnRoomJoin: refuse });
		await assert.rejects(nsConn.joinRoom('lobby'), { message: 'not me' });
		assert.deepEqual(socket.take(), []);
		assert.deepEqual(nsConn.rooms(), []);
	}
});

test('the server refuses: no trace', async () => {
	const log = [];
	const { socket, nsConn } = await chat({ _OnRoomJoined: () => log.push('joined') });
	const joining = nsConn.joinRoom('lobby');
	socket.answer(JOIN, token => `${token};chat;lobby;_OnRoomJoin;1;0;vip only`);
	await assert.rejects(joining, { name: 'RefusedError', message: 'vip only' });
	assert.equal(nsConn.room('lobby'), undefined);
	assert.deepEqual(log, []);
});

test('simultaneous calls share one request, and a refusal is not remembered', async () => {
	const { socket, nsConn } = await chat();
	const [one, two] = [nsConn.joinRoom('lobby'), nsConn.joinRoom('lobby')];
	socket.answer(JOIN, token => `${token};chat;lobby;_OnRoomJoin;1;0;no`);
	await assert.rejects(one);
	await assert.rejects(two);
	assert.equal((await joined(socket, nsConn, 'lobby')).name, 'lobby');
});

test('needs a connected namespace', async () => {
	const log = [];
	const { socket, nsConn } = await chat(recorder(log, ['chat']).chat);
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;');
	socket.take();
	log.length = 0;
	await assert.rejects(nsConn.joinRoom('lobby'), BadNamespaceError);
	assert.deepEqual(log, []);
	assert.deepEqual(socket.take(), []);
});

test('asks nothing when the namespace is gone after an asynchronous own handler', async () => {
	let admit = () => {};
	const { socket, nsConn } = await chat({ _OnRoomJoin: () => new Promise(resolve => admit = resolve) });
	const joining = nsConn.joinRoom('lobby');
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;');
	socket.take();
	admit();
	await assert.rejects(joining, BadNamespaceError);
	assert.deepEqual(socket.take(), []);
});

test('a join of the server is refused when the namespace is gone after an asynchronous handler', async () => {
	let admit = () => {};
	const { socket, nsConn } = await chat({ _OnRoomJoin: () => new Promise(resolve => admit = resolve) });
	socket.push('17;chat;lobby;_OnRoomJoin;0;0;', '18;chat;;_OnNamespaceDisconnect;0;0;');
	socket.take();
	admit();
	await turn();
	assert.deepEqual(socket.take(), ['17;chat;lobby;_OnRoomJoin;1;0;bad namespace']);
	assert.deepEqual(nsConn.rooms(), []);
});

test('is not joined when the namespace was disconnected meanwhile', async () => {
	const { socket, nsConn } = await chat();
	const joining = nsConn.joinRoom('lobby');
	const [request] = socket.take();
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;', `${request.split(';')[0]};;;;;;`);
	await assert.rejects(joining, BadNamespaceError);
	assert.deepEqual(nsConn.rooms(), []);
});

test('the server joins: handler, stored, reply, joined', async () => {
	const log = [];
	const note = (nsConn, msg) => { log.push([msg.event, msg.isLocal, !!nsConn.room('lobby'), ...socket.take()]); };
	const { socket, nsConn } = await chat({ _OnRoomJoin: note, _OnRoomJoined: note });
	socket.push('17;chat;lobby;_OnRoomJoin;0;0;');
	assert.deepEqual(log, [['_OnRoomJoin', false, false], ['_OnRoomJoined', false, true, '17;;;;;;']]);
	socket.push('18;chat;lobby;_OnRoomJoin;0;0;');
	assert.deepEqual(socket.take(), ['18;;;;;;']);
	assert.equal(log.length, 2);
	assert.equal(nsConn.rooms().length, 1);
});

test('refuses a join of the server, also asynchronously', async () => {
	const { socket, nsConn } = await chat({ _OnRoomJoin: async () => { throw new Error('not there'); } });
	socket.push('17;chat;lobby;_OnRoomJoin;0;0;');
	await turn();
	assert.deepEqual(socket.take(), ['17;chat;lobby;_OnRoomJoin;1;0;not there']);
	assert.equal(nsConn.room('lobby'), undefined);
});

test('answers a join in a namespace that is not connected', async () => {
	const { socket, nsConn } = await chat();
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;', '18;chat;lobby;_OnRoomJoin;0;0;');
	assert.deepEqual(socket.take(), ['17;;;;;;', '18;chat;lobby;_OnRoomJoin;1;0;bad namespace']);
	assert.deepEqual(nsConn.rooms(), []);
});

test('both sides join the same room at once', async () => {
	const log = [];
	const { socket, nsConn } = await chat(recorder(log, ['chat']).chat);
	log.length = 0;
	const joining = nsConn.joinRoom('lobby');
	const [request] = socket.take();
	socket.push('17;chat;lobby;_OnRoomJoin;0;0;');
	const room = nsConn.room('lobby');
	socket.push(`${request.split(';')[0]};;;;;;`);
	assert.equal(await joining, room);
	assert.deepEqual(log, ['RoomJoin+ lobby', 'RoomJoin lobby', 'RoomJoined lobby']);
});

test('leaves: own handler, request, deleted, left', async () => {
	const log = [];
	const { socket, nsConn } = await chat(recorder(log, ['chat']).chat);
	const room = await joined(socket, nsConn, 'lobby');
	log.length = 0;
	const leaving = room.leave();
	assert.equal(room.leave(), leaving);
	assert.deepEqual(log, ['RoomLeave+ lobby']);
	assert.equal(nsConn.room('lobby'), room);
	socket.answer(LEAVE);
	assert.deepEqual(log, ['RoomLeave+ lobby', 'RoomLeft+ lobby']);
	await leaving;
	assert.equal(nsConn.room('lobby'), undefined);
	await assert.rejects(room.leave(), BadRoomError);
	assert.deepEqual(socket.take(), []);
});

test('leaving may be refused on either side: the room stays joined', async () => {
	let refuse = true;
	const { socket, nsConn } = await chat({ _OnRoomLeave() { if (refuse) { throw new Error('I stay'); } } });
	const room = await joined(socket, nsConn, 'lobby');
	await assert.rejects(room.leave(), { message: 'I stay' });
	assert.deepEqual(socket.take(), []);
	refuse = false;
	const leaving = room.leave();
	socket.answer(LEAVE, token => `${token};chat;lobby;_OnRoomLeave;1;0;you stay`);
	await assert.rejects(leaving, { message: 'you stay' });
	assert.equal(nsConn.room('lobby'), room);
});

test('the server makes it leave: handler, deleted, reply, left; nobody can refuse', async () => {
	const log = [];
	const note = (nsConn, msg) => {
		log.push([msg.event, msg.isLocal, msg.isForced, !!nsConn.room('lobby'), ...socket.take()]);
		throw new Error('no');
	};
	const { socket, nsConn } = await chat({ _OnRoomLeave: note, _OnRoomLeft: note }, { onError() {} });
	await joined(socket, nsConn, 'lobby');
	socket.push('17;chat;lobby;_OnRoomLeave;0;0;');
	assert.deepEqual(log, [['_OnRoomLeave', false, false, true], ['_OnRoomLeft', false, false, false, '17;;;;;;']]);
});

test('a leave is answered also when there is nothing to leave', async () => {
	const { socket } = await chat();
	socket.push('17;chat;lobby;_OnRoomLeave;0;0;', '18;other;lobby;_OnRoomLeave;0;0;', '19;other;;_OnNamespaceDisconnect;0;0;');
	assert.deepEqual(socket.take(), ['17;;;;;;', '18;;;;;;', '19;;;;;;']);
});

test('leaveAll sends a real leave for one room after the other', async () => {
	const log = [];
	const { socket, nsConn } = await chat(recorder(log, ['chat']).chat);
	await joined(socket, nsConn, 'a');
	await joined(socket, nsConn, 'b');
	log.length = 0;
	const all = nsConn.leaveAll();
	socket.answer(';chat;a;_OnRoomLeave;0;0;');
	await turn();
	socket.answer(';chat;b;_OnRoomLeave;0;0;');
	await all;
	assert.deepEqual(log, ['RoomLeave+ a', 'RoomLeft+ a', 'RoomLeave+ b', 'RoomLeft+ b']);
	assert.deepEqual(nsConn.rooms(), []);
});

test('leaveAll stops at the first error', async () => {
	const { socket, nsConn } = await chat();
	for (const name of ['a', 'b', 'c']) {
		await joined(socket, nsConn, name);
	}
	const all = nsConn.leaveAll();
	socket.answer(';chat;a;_OnRoomLeave;0;0;');
	await turn();
	socket.answer(';chat;b;_OnRoomLeave;0;0;', token => `${token};chat;b;_OnRoomLeave;1;0;stay`);
	await assert.rejects(all, { message: 'stay' });
	assert.deepEqual(nsConn.rooms().map(room => room.name), ['b', 'c']);
	assert.deepEqual(socket.take(), []);
});

test('rooms() is a snapshot', async () => {
	const { socket, nsConn } = await chat();
	await joined(socket, nsConn, 'a');
	const before = nsConn.rooms();
	await joined(socket, nsConn, 'b');
	assert.equal(before.length, 1);
});

test('a room sends to the room, and only while it is joined', async () => {
	const { conn, socket, nsConn } = await chat();
	const room = await joined(socket, nsConn, 'lobby');
	assert.equal(room.emit('say', 'hi'), true);
	assert.equal(room.emitBinary('bin', 'hi'), true);
	const asking = room.ask('count');
	const [text, binary, ask] = socket.take();
	assert.equal(text, ';chat;lobby;say;0;0;hi');
	assert.deepEqual(binary, new TextEncoder().encode(';chat;lobby;bin;0;0;hi'));
	assert.match(ask, /^\$\d+;chat;lobby;count;0;0;$/);
	socket.push(`${ask.split(';')[0]};chat;lobby;count;0;0;3`);
	assert.equal((await asking).body, '3');
	socket.push('17;chat;lobby;_OnRoomLeave;0;0;');
	socket.take();
	assert.equal(room.emit('say', 'hi'), false);
	assert.equal(room.emitBinary('bin', 'hi'), false);
	await assert.rejects(room.ask('count'), BadRoomError);
	await assert.rejects(conn.ask({ namespace: 'chat', room: 'lobby', event: 'count' }), BadRoomError);
	conn.close();
	await assert.rejects(room.leave(), WriteClosedError);
	assert.deepEqual(socket.take(), []);
});

test('delivers messages for rooms that are not joined yet', async () => {
	const log = [];
	const { socket } = await chat(recorder(log, ['chat']).chat);
	log.length = 0;
	socket.push(';chat;lobby;say;0;0;early');
	assert.deepEqual(log, ['say lobby early']);
});
