import assert from 'node:assert/strict';

import { ask, dial, Inbox, join, lab, recording, refused, roomsOnServer, scenario, unique, within } from './support.mjs';

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
});

scenario('ask that nobody answers ends at its deadline', async cleanup => {
	const { nsConn } = await lab(cleanup);
	await assert.rejects(within(nsConn.ask('silent', 'x', { timeout: 100 }), 'deadline'), { code: 'ASK_TIMEOUT' });
	assert.equal(await ask(nsConn, 'echo', 'x'), 'x');
});

scenario('ask in a room', async cleanup => {
	const { nsConn } = await lab(cleanup);
	const room = await join(nsConn, unique('r'));
	const reply = await within(room.ask('echo', 'in here'), 'reply');
	assert.deepEqual([reply.room, reply.body], [room.name, 'in here']);
});

scenario('binary', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
	nsConn.emitBinary('bytes', '256');
	assert.deepEqual((await inbox.next('bytes')).body, bytes);
	assert.deepEqual(await ask(nsConn, 'echo', bytes), bytes);
	assert.deepEqual(await ask(nsConn, 'echo', bytes.buffer), bytes);
	await refused(nsConn.ask('fail', bytes), 'no luck');
});

scenario('binary broadcast', async cleanup => {
	const room = unique('r');
	const [sender, other] = [await lab(cleanup), await lab(cleanup)];
	await join(other.nsConn, room);
	const bytes = Uint8Array.of(0, 59, 255, 128, 59, 10);
	(await join(sender.nsConn, room)).emit('say', bytes);
	assert.deepEqual((await other.inbox.next('said', room)).body, bytes);
});

scenario('native message', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { '': recording(inbox, { OnNativeMessage: () => {} }), lab: {} });
	await within(conn.connect(''), 'connect the empty namespace');
	assert.equal(conn.send('hello; there'), true);
	assert.equal((await inbox.next('_OnNativeMessage')).body, 'native:hello; there');
	assert.equal(conn.send(Uint8Array.of(1, 2, 3)), true);
	assert.deepEqual((await inbox.next('_OnNativeMessage')).body, Uint8Array.of(3, 2, 1));
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'framed'), 'framed');
});

scenario('quiz: an ask inside a handler', async cleanup => {
	const { nsConn } = await lab(cleanup, { handlers: { question: (_, msg) => msg.body === '6x7' ? '42' : '?' } });
	assert.equal(await ask(nsConn, 'quiz'), 'answer: 42');
});

scenario('quiz answered later, and with an error', async cleanup => {
	const { nsConn } = await lab(cleanup, {
		handlers: {
			question: async () => {
				await new Promise(resolve => setImmediate(resolve));
				throw new Error('too hard');
			},
		},
	});
	assert.equal(await ask(nsConn, 'quiz'), 'error: too hard');
});

scenario('quiz without a handler', async cleanup => {
	const { nsConn } = await lab(cleanup);
	assert.equal(await ask(nsConn, 'rooms'), '[]');
	const conn = await dial(cleanup, { lab: {} });
	assert.equal(await ask(await conn.connect('lab'), 'quiz'), 'error: no handler for event');
});

scenario('quiz with other messages in flight', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup, {
		handlers: {
			question: async nsConn => {
				nsConn.emit('bytes', '1');
				nsConn.emit('bytes', '2');
				return '42';
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

scenario('ask in the handler of a message', async cleanup => {
	const name = unique('r');
	const { nsConn, inbox } = await lab(cleanup, {
		handlers: {
			shouted: async (nsConn, msg) => {
				inbox.add({ event: 'asked', room: '', body: await ask(nsConn, 'echo', `heard ${msg.body}`) });
			},
		},
	});
	(await join(nsConn, name)).emit('shout', 'x');
	assert.equal((await inbox.next('asked')).body, 'heard x');
	assert.deepEqual(await roomsOnServer(nsConn), [name]);
});

scenario('emit in OnNamespaceConnected, right behind connect', async cleanup => {
	for (let i = 0; i < 20; i++) {
		const inbox = new Inbox();
		const conn = await dial(cleanup, {
			lab: recording(inbox, {
				OnNamespaceConnected: nsConn => {
					nsConn.emit('bytes', '2');
				},
			}),
		});
		await within(conn.connect('lab'), 'connect lab');
		assert.equal((await inbox.next('bytes')).body.byteLength, 2);
	}
});
