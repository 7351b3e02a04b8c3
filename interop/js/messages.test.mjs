import assert from 'node:assert/strict';

import { ask, dial, eventually, Inbox, join, lab, neffos, recording, refused, roomsOnServer, scenario, unique, within } from './support.mjs';

scenario('emit', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	assert.equal(nsConn.emit('bytes', '3'), true);
	assert.deepEqual([...new Uint8Array((await inbox.next('bytes')).body)], [0, 1, 2]);
});

scenario('ask and reply', async cleanup => {
	const { nsConn } = await lab(cleanup);
	for (const body of ['hello', 'a;b;;c;;;;;;;', 'Zoë 房间 🎈', '{"json":[1,2]}', 'x'.repeat(20_000)]) {
		assert.equal(await ask(nsConn, 'echo', body), body);
	}
});

scenario('ask with an empty reply', async cleanup => {
	const { nsConn } = await lab(cleanup);
	assert.equal(await ask(nsConn, 'echo', ''), '');
});

scenario('many asks in flight', async cleanup => {
	const { nsConn } = await lab(cleanup);
	const bodies = Array.from({ length: 100 }, (_, i) => `body ${i}`);
	assert.deepEqual(await Promise.all(bodies.map(body => ask(nsConn, 'echo', body))), bodies);
});

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

scenario('emit without a handler is not answered', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	nsConn.emit('no-such-event', 'x');
	assert.equal(await ask(nsConn, 'echo', 'handled after it'), 'handled after it');
	assert.deepEqual(inbox.log(), []);
});

scenario('ask in a room', async cleanup => {
	const { conn, nsConn } = await lab(cleanup);
	const room = unique('r');
	await join(nsConn, room);
	const msg = Object.assign(new neffos.Message(), { Namespace: 'lab', Room: room, Event: 'echo', Body: 'in here' });
	const reply = await within(conn.ask(msg), 'reply');
	assert.deepEqual([reply.Room, reply.Body], [room, 'in here']);
});

scenario('binary', async cleanup => {
	const { conn, nsConn, inbox } = await lab(cleanup);
	nsConn.emit('bytes', '256');
	const { body } = await inbox.next('bytes');
	assert.ok(body instanceof ArrayBuffer);
	const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
	assert.deepEqual(new Uint8Array(body), bytes);
	// An ask with a binary body: neffos.js has no method of its own for it.
	const msg = Object.assign(new neffos.Message(), { Namespace: 'lab', Event: 'echo', Body: bytes, SetBinary: true });
	const reply = await within(conn.ask(msg), 'binary reply');
	assert.ok(reply.Body instanceof ArrayBuffer);
	assert.deepEqual(new Uint8Array(reply.Body), bytes);
});

scenario('binary emit', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	nsConn.emitBinary('bytes', new TextEncoder().encode('5'));
	assert.deepEqual([...new Uint8Array((await inbox.next('bytes')).body)], [0, 1, 2, 3, 4]);
});

scenario('binary broadcast', async cleanup => {
	const room = unique('r');
	const sender = await lab(cleanup);
	const other = await lab(cleanup);
	await join(sender.nsConn, room);
	await join(other.nsConn, room);
	const bytes = Uint8Array.of(0, 59, 255, 128, 59, 10);
	const msg = Object.assign(new neffos.Message(), { Namespace: 'lab', Room: room, Event: 'say', Body: bytes, SetBinary: true });
	sender.conn.write(msg);
	assert.deepEqual(new Uint8Array((await other.inbox.next('said', room)).body), bytes);
});

scenario('error reply to a binary ask can be read', async cleanup => {
	const { conn } = await lab(cleanup);
	const msg = Object.assign(new neffos.Message(), { Namespace: 'lab', Event: 'fail', Body: Uint8Array.of(1, 2), SetBinary: true });
	await refused(conn.ask(msg), 'no luck');
});

scenario('native message', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { '': { _OnNativeMessage: () => {} }, lab: recording(inbox) });
	await within(conn.connect(''), 'connect the empty namespace');
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	// neffos.js sends native messages but does not deliver them to its handler, so the answers are read from its socket.
	const received = [];
	conn.conn.addEventListener('message', ({ data }) => received.push(data));
	const send = (body, isBinary) => conn.write(Object.assign(new neffos.Message(), {
		Namespace: '', IsNative: true, Body: body, SetBinary: isBinary,
	}));
	assert.equal(send('hello; there', false), true);
	assert.equal(send(Uint8Array.of(1, 2, 3), true), true);
	await eventually(() => received.length === 2, 'two native answers');
	assert.equal(received[0], 'native:hello; there');
	assert.deepEqual(new Uint8Array(received[1]), Uint8Array.of(3, 2, 1));
	assert.equal(await ask(nsConn, 'echo', 'framed'), 'framed');
});

scenario('quiz: an ask inside a handler', async cleanup => {
	const { nsConn } = await lab(cleanup, { handlers: { question: (_, msg) => neffos.reply(msg.Body === '6x7' ? '42' : '?') } });
	assert.equal(await ask(nsConn, 'quiz'), 'answer: 42');
});

scenario('quiz answered with an error', async cleanup => {
	const { nsConn } = await lab(cleanup, { handlers: { question: () => new Error('too hard') } });
	assert.equal(await ask(nsConn, 'quiz'), 'error: too hard');
});

scenario('quiz with other messages in flight', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup, {
		handlers: {
			question: nsConn => {
				nsConn.emit('bytes', '1');
				nsConn.emit('bytes', '2');
				return neffos.reply('42');
			},
		},
	});
	const room = await join(nsConn, unique('r'));
	const asked = ask(nsConn, 'quiz');
	const echoes = [];
	for (let i = 0; i < 10; i++) {
		room.emit('shout', String(i));
		echoes.push(ask(nsConn, 'echo', `echo ${i}`));
	}
	assert.equal(await asked, 'answer: 42');
	assert.deepEqual(await Promise.all(echoes), Array.from({ length: 10 }, (_, i) => `echo ${i}`));
	for (let i = 0; i < 10; i++) {
		assert.equal((await inbox.next('shouted', room.name)).body, String(i));
	}
	assert.equal((await inbox.next('bytes')).body.byteLength, 1);
	assert.equal((await inbox.next('bytes')).body.byteLength, 2);
});

scenario('async handler: the error it sends by mistake does no harm', async cleanup => {
	const name = unique('r');
	const handler = async () => {};
	// Only text events: in an async handler of a binary one neffos.js throws before it sends anything.
	const { conn, nsConn, inbox } = await lab(cleanup, { handlers: { shouted: handler, invited: handler } });
	const sent = [];
	const send = conn.conn.send.bind(conn.conn);
	conn.conn.send = data => {
		sent.push(data);
		send(data);
	};
	const other = await lab(cleanup);
	await join(nsConn, name);
	const otherRoom = await join(other.nsConn, name);
	inbox.log();
	other.inbox.log();
	otherRoom.emit('shout', 'x');
	await inbox.next('shouted', name);
	nsConn.emit('invite', name);
	await inbox.next('invited');
	assert.deepEqual(sent.filter(frame => frame.endsWith('undefined')),
		[`;lab;${name};shouted;1;0;undefined`, ';lab;;invited;1;0;undefined']);
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
	await ask(other.nsConn, 'echo', 'what was sent before arrives before');
	assert.deepEqual(other.inbox.log(), [`shouted ${name}`]);
	assert.deepEqual(inbox.log(), []);
});

scenario('emit in OnNamespaceConnected, right behind connect', async cleanup => {
	for (let i = 0; i < 20; i++) {
		const inbox = new Inbox();
		const conn = await dial(cleanup, {
			lab: recording(inbox, {
				_OnNamespaceConnected: nsConn => {
					nsConn.emit('bytes', '2');
				},
			}),
		});
		await within(conn.connect('lab'), 'connect lab');
		assert.equal((await inbox.next('bytes')).body.byteLength, 2);
	}
});
