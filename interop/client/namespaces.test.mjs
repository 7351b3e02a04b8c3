import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as neffos from './support.mjs';
import { chat, dialed, joined, recorder, sameObjects, turn } from './support.mjs';

const CONNECT = ';chat;;_OnNamespaceConnect;0;0;';
const DISCONNECT = ';chat;;_OnNamespaceDisconnect;0;0;';

test('connects: own handler, request, stored, connected', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']));
	const connecting = conn.connect('chat');
	assert.deepEqual(log, ['NamespaceConnect+']);
	assert.equal(conn.namespace('chat'), undefined);
	socket.answer(CONNECT);
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnected+']);
	const nsConn = await connecting;
	assert.equal(conn.namespace('chat'), nsConn);
	sameObjects(conn.namespaces(), [nsConn]);
	assert.equal(nsConn.conn, conn);
	assert.equal(nsConn.namespace, 'chat');
	assert.equal(await conn.connect('chat'), nsConn);
	assert.deepEqual(socket.take(), []);
});

test('handles frames that arrive together with the reply to connect', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']));
	const connecting = conn.connect('chat');
	socket.answer(CONNECT, token => [`${token};;;;;;`, ';chat;;say;0;0;hello', '17;chat;lobby;_OnRoomJoin;0;0;']);
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnected+', 'say hello', 'RoomJoin lobby', 'RoomJoined lobby']);
	assert.deepEqual(socket.take(), ['17;;;;;;']);
	await connecting;
});

test('own handler refuses: nothing is sent', async () => {
	for (const refuse of [() => { throw new Error('not me'); }, async () => { throw new Error('not me'); },
		() => new Error('not me')]) {
		const { conn, socket } = await dialed({ chat: { _OnNamespaceConnect: refuse } });
		await assert.rejects(conn.connect('chat'), { message: 'not me' });
		assert.deepEqual(socket.take(), []);
	}
});

test('waits for an asynchronous handler before asking', async () => {
	let admit;
	const { conn, socket } = await dialed({ chat: { _OnNamespaceConnect: () => new Promise(resolve => admit = resolve) } });
	const connecting = conn.connect('chat');
	await turn();
	assert.deepEqual(socket.take(), []);
	admit();
	await turn();
	socket.answer(CONNECT);
	assert.equal((await connecting).namespace, 'chat');
});

test('the server refuses', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']));
	const connecting = conn.connect('chat');
	socket.answer(CONNECT, token => `${token};chat;;_OnNamespaceConnect;1;0;members only`);
	await assert.rejects(connecting, { name: 'RefusedError', message: 'members only' });
	assert.equal(conn.namespace('chat'), undefined);
	assert.deepEqual(log, ['NamespaceConnect+']);
});

test('an undeclared namespace is refused on both sides', async () => {
	const { conn, socket } = await dialed({ chat: {} });
	await assert.rejects(conn.connect('other'), { name: 'BadNamespaceError', code: 'BAD_NAMESPACE', message: 'bad namespace' });
	await assert.rejects(conn.connect('constructor'), { code: 'BAD_NAMESPACE' });
	socket.push('17;other;;_OnNamespaceConnect;0;0;');
	assert.deepEqual(socket.take(), ['17;other;;_OnNamespaceConnect;1;0;bad namespace']);
	const connecting = conn.connect('chat');
	socket.answer(CONNECT, token => `${token};chat;;_OnNamespaceConnect;1;0;bad namespace`);
	await assert.rejects(connecting, neffos.BadNamespaceError);
});

test('simultaneous calls share one request', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']));
	const [one, two] = [conn.connect('chat'), conn.connect('chat')];
	socket.answer(CONNECT);
	assert.equal(await one, await two);
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnected+']);
});

test('a handler that asks for its own namespace shares the request too', async () => {
	let inner;
	const { conn, socket } = await dialed({ chat: { _OnNamespaceConnect(nsConn) { inner = nsConn.conn.connect('chat'); } } });
	const outer = conn.connect('chat');
	socket.answer(CONNECT);
	assert.equal(await inner, await outer);
});

test('the server connects: handler, stored, reply, connected', async () => {
	const log = [];
	const { conn, socket } = await dialed({ chat: {
		_OnNamespaceConnect: (nsConn, msg) => log.push(['connect', msg.isLocal, !!nsConn.conn.namespace('chat'), msg.text()]),
		_OnNamespaceConnected: (nsConn, msg) => log.push(['connected', msg.isLocal, !!nsConn.conn.namespace('chat'), ...socket.take()]),
	} });
	const waiting = conn.waitServerConnect('chat');
	socket.push('17;chat;;_OnNamespaceConnect;0;0;why');
	assert.deepEqual(log, [['connect', false, false, 'why'], ['connected', false, true, '17;;;;;;']]);
	assert.equal(await waiting, conn.namespace('chat'));
	assert.equal(await conn.waitServerConnect('chat'), conn.namespace('chat'));
	socket.push('18;chat;;_OnNamespaceConnect;0;0;');
	assert.deepEqual(socket.take(), ['18;;;;;;']);
	assert.equal(log.length, 2);
});

test('refuses a connect of the server', async () => {
	const { conn, socket } = await dialed({ chat: { _OnNamespaceConnect() { throw new Error('busy; later'); } } });
	socket.push('17;chat;;_OnNamespaceConnect;0;0;');
	assert.deepEqual(socket.take(), ['17;chat;;_OnNamespaceConnect;1;0;busy; later']);
	assert.equal(conn.namespace('chat'), undefined);
});

test('a value returned from a system event does not matter', async () => {
	const { conn, socket } = await dialed({ chat: { _OnNamespaceConnect: () => neffos.reply('x') } });
	socket.push('17;chat;;_OnNamespaceConnect;0;0;');
	assert.deepEqual(socket.take(), ['17;;;;;;']);
	assert.ok(conn.namespace('chat'));
});

test('waitServerConnect fails for undeclared namespaces and when the connection is lost', async () => {
	const { conn, socket } = await dialed({ chat: {} });
	await assert.rejects(conn.waitServerConnect('other'), neffos.BadNamespaceError);
	const waiting = conn.waitServerConnect('chat');
	socket.drop();
	await assert.rejects(waiting, neffos.WriteClosedError);
	await assert.rejects(conn.waitServerConnect('chat'), neffos.WriteClosedError);
});

test('simultaneous connect of both sides: one object, connected once', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']));
	const connecting = conn.connect('chat');
	const [request] = socket.take();
	socket.push('17;chat;;_OnNamespaceConnect;0;0;');
	const first = conn.namespace('chat');
	socket.push('18;chat;lobby;_OnRoomJoin;0;0;', `${request.split(';')[0]};;;;;;`);
	assert.equal(await connecting, first);
	assert.equal(first.rooms().length, 1);
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnect', 'NamespaceConnected', 'RoomJoin lobby', 'RoomJoined lobby']);
});

test('own connect is answered while an asynchronous handler thinks about the one of the server', async () => {
	let admit = () => {};
	const log = [];
	const { conn, socket } = await dialed({ chat: {
		_OnNamespaceConnect: (nsConn, msg) => msg.isLocal ? undefined : new Promise(resolve => admit = resolve),
		_OnNamespaceConnected: (nsConn, msg) => { log.push(msg.isLocal); },
	} });
	const connecting = conn.connect('chat');
	const [request] = socket.take();
	socket.push('17;chat;;_OnNamespaceConnect;0;0;', `${request.split(';')[0]};;;;;;`);
	await connecting;
	admit();
	await turn();
	assert.deepEqual(socket.take(), ['17;;;;;;']);
	assert.deepEqual(log, [true]);
});

test('a connect that is admitted after the end of the connection is not stored', async () => {
	let admit = () => {};
	const log = [];
	const { conn, socket } = await dialed({ chat: {
		_OnNamespaceConnect: () => new Promise(resolve => admit = resolve),
		_OnNamespaceConnected: () => { log.push('connected'); },
	} });
	socket.push('17;chat;;_OnNamespaceConnect;0;0;');
	conn.close();
	admit();
	await turn();
	assert.deepEqual(conn.namespaces(), []);
	assert.deepEqual(log, []);
	assert.deepEqual(socket.take(), []);
});

test('a second answer to connect does not connect again', async () => {
	const { conn, socket } = await dialed({ chat: {} });
	const connecting = conn.connect('chat');
	const [request] = socket.take();
	const answer = `${request.split(';')[0]};;;;;;`;
	socket.push(answer);
	await connecting;
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;', answer);
	assert.deepEqual(conn.namespaces(), []);
});

test('disconnects: reply, rooms, deleted, disconnected', async () => {
	const log = [];
	const { conn, socket, nsConn } = await chat(recorder(log, ['chat']).chat);
	await joined(socket, nsConn, 'a');
	log.length = 0;
	const disconnecting = nsConn.disconnect();
	assert.deepEqual(log, []);
	socket.answer(DISCONNECT);
	assert.deepEqual(log, ['RoomLeave+! a', 'RoomLeft+! a', 'NamespaceDisconnect+']);
	await disconnecting;
	assert.equal(conn.namespace('chat'), undefined);
	assert.equal(nsConn.emit('x'), false);
	await assert.rejects(nsConn.disconnect(), neffos.BadNamespaceError);
	assert.deepEqual(socket.take(), []);
});

test('the server refuses a disconnect: nothing changes', async () => {
	const { conn, socket, nsConn } = await chat();
	await joined(socket, nsConn, 'a');
	const disconnecting = nsConn.disconnect();
	socket.answer(DISCONNECT, token => `${token};chat;;_OnNamespaceDisconnect;1;0;stay`);
	await assert.rejects(disconnecting, { message: 'stay' });
	assert.equal(conn.namespace('chat'), nsConn);
	assert.equal(nsConn.rooms().length, 1);
});

test('the server disconnects: rooms, deleted, reply, disconnected; nobody can refuse', async () => {
	const log = [];
	const errors = [];
	const { conn, socket, nsConn } = await chat({
		_OnAnyEvent(ns, msg) {
			log.push([msg.event, msg.isLocal, msg.isForced, !!ns.room('a'), !!ns.conn.namespace('chat'), socket.take().length]);
			throw new Error('no');
		},
		_OnNamespaceConnect() {}, _OnNamespaceConnected() {}, _OnRoomJoin() {}, _OnRoomJoined() {},
	}, { onError: (error, msg) => errors.push([error.message, msg.event]) });
	await joined(socket, nsConn, 'a');
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;');
	assert.deepEqual(log, [
		['_OnRoomLeave', false, true, true, true, 0],
		['_OnRoomLeft', false, true, false, true, 0],
		['_OnNamespaceDisconnect', false, false, false, false, 1],
	]);
	assert.deepEqual(errors, [['no', '_OnRoomLeave'], ['no', '_OnRoomLeft'], ['no', '_OnNamespaceDisconnect']]);
	assert.equal(conn.namespaces().length, 0);
	socket.push('18;chat;;_OnNamespaceDisconnect;0;0;');
	assert.deepEqual(socket.take(), ['18;;;;;;']);
});

test('disconnectAll goes one by one and stops at the first error', async () => {
	const { conn, socket } = await dialed({ a: {}, b: {}, c: {} });
	for (const name of ['a', 'b', 'c']) {
		const connecting = conn.connect(name);
		socket.answer(`;${name};;_OnNamespaceConnect;0;0;`);
		await connecting;
	}
	const all = conn.disconnectAll();
	socket.answer(';a;;_OnNamespaceDisconnect;0;0;');
	await turn();
	socket.answer(';b;;_OnNamespaceDisconnect;0;0;', token => `${token};b;;_OnNamespaceDisconnect;1;0;stay`);
	await assert.rejects(all, { message: 'stay' });
	assert.deepEqual(conn.namespaces().map(nsConn => nsConn.namespace), ['b', 'c']);
	assert.deepEqual(socket.take(), []);
});

test('ignores system events without a token, marked no-op or error, and those of the past', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']));
	socket.push(';chat;;_OnNamespaceConnect;0;0;', '17;chat;;_OnNamespaceConnect;0;1;', '18;chat;;_OnNamespaceConnect;1;0;x');
	assert.equal(conn.namespace('chat'), undefined);
	socket.push('19;chat;;_OnNamespaceConnect;0;0;');
	socket.take();
	log.length = 0;
	socket.push('20;chat;;_OnNamespaceConnected;0;0;', '21;chat;a;_OnRoomJoined;0;0;', '22;chat;a;_OnRoomLeft;0;0;',
		';chat;;_OnNamespaceDisconnect;0;0;', ';chat;a;_OnRoomJoin;0;0;', ';chat;a;_OnRoomLeave;0;0;');
	assert.deepEqual(log, []);
	assert.deepEqual(socket.take(), []);
	assert.ok(conn.namespace('chat'));
});

test('a connect that is answered after its timeout takes effect', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['chat']), { askTimeout: 5 });
	await assert.rejects(conn.connect('chat'), neffos.AskTimeoutError);
	assert.equal(conn.namespace('chat'), undefined);
	socket.answer(CONNECT);
	assert.ok(conn.namespace('chat'));
	assert.deepEqual(log, ['NamespaceConnect+', 'NamespaceConnected+']);
});

test('system events may be declared without the underscore', async () => {
	const log = [];
	await chat({
		OnNamespaceConnect: () => { log.push('connect'); },
		[neffos.OnNamespaceConnected]: () => { log.push('connected'); },
	});
	assert.deepEqual(log, ['connect', 'connected']);
});

test('names may contain separators', async () => {
	const log = [];
	const { conn, socket } = await dialed(recorder(log, ['a;b']));
	const connecting = conn.connect('a;b');
	socket.answer(';a@%!semicolon@%!b;;_OnNamespaceConnect;0;0;');
	const nsConn = await connecting;
	socket.push('17;a@%!semicolon@%!b;r@%!semicolon@%!1;_OnRoomJoin;0;0;');
	assert.equal(nsConn.room('r;1').emit('e;1', 'x;y'), true);
	assert.deepEqual(socket.take(), ['17;;;;;;', ';a@%!semicolon@%!b;r@%!semicolon@%!1;e@%!semicolon@%!1;0;0;x;y']);
});
