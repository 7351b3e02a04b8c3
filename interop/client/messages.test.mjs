import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';

import * as neffos from './support.mjs';
import { chat, reply, turn } from './support.mjs';

const utf8 = text => new TextEncoder().encode(text);
const failing = () => { throw new Error('broken'); };

test('emits strings as they are, bytes as binary, anything else as JSON', async () => {
	const { socket, nsConn } = await chat();
	for (const body of ['a;b', undefined, null, { a: [1] }, 5, false, utf8('x;'), utf8('xy').buffer]) {
		assert.equal(nsConn.emit('e', body), true);
	}
	assert.deepEqual(socket.take(), [';chat;;e;0;0;a;b', ';chat;;e;0;0;', ';chat;;e;0;0;', ';chat;;e;0;0;{"a":[1]}',
		';chat;;e;0;0;5', ';chat;;e;0;0;false', utf8(';chat;;e;0;0;x;'), utf8(';chat;;e;0;0;xy')]);
	nsConn.emitBinary('e', 'ä');
	nsConn.emitBinary('e', utf8('abcd').subarray(1, 3));
	nsConn.emitBinary('e', '');
	assert.deepEqual(socket.take(), [utf8(';chat;;e;0;0;ä'), utf8(';chat;;e;0;0;bc'), utf8(';chat;;e;0;0;')]);
});

test('receives text and binary', async () => {
	const got = [];
	const { socket } = await chat({ e: (nsConn, msg) => { got.push(msg); } });
	socket.push(';chat;r;e;0;0;{"a":";"}', utf8(';chat;;e;0;0;[1]'));
	const [text, binary] = got;
	assert.deepEqual([text.namespace, text.room, text.event, text.body, text.isBinary, text.isError, text.err, text.isLocal, text.isForced],
		['chat', 'r', 'e', '{"a":";"}', false, false, null, false, false]);
	assert.deepEqual(text.json(), { a: ';' });
	assert.equal(binary.isBinary, true);
	assert.deepEqual(binary.body, utf8('[1]'));
	assert.equal(binary.body.buffer.byteLength, 3);
	assert.equal(binary.text(), '[1]');
	assert.deepEqual(binary.json(), [1]);
});

test('drops invalid frames', async () => {
	const log = [];
	const { conn, socket } = await chat({ _OnAnyEvent: () => { log.push('event'); } });
	log.length = 0;
	socket.push('', ';chat;;e;0;body', 'x', utf8(';chat;;e;0;'), utf8(''));
	assert.deepEqual(log, []);
	assert.deepEqual(socket.take(), []);
	assert.equal(conn.isClosed(), false);
});

test('asks and gets the reply', async () => {
	const { conn, socket, nsConn } = await chat();
	const asking = nsConn.ask('sum', { a: 1 });
	socket.answer(';chat;;sum;0;0;{"a":1}', token => `${token};chat;;sum;0;0;3`);
	assert.equal((await asking).json(), 3);
	const empty = nsConn.ask('ping');
	socket.answer(';chat;;ping;0;0;');
	assert.equal((await empty).body, '');
	const onConn = conn.ask({ namespace: 'chat', event: 'bin' });
	socket.answer(';chat;;bin;0;0;', token => utf8(`${token};chat;;bin;0;0;xyz`));
	assert.deepEqual((await onConn).body, utf8('xyz'));
});

test('tokens are never used twice', async () => {
	const { socket, nsConn } = await chat();
	const asking = [1, 2, 3].map(i => nsConn.ask('e', i));
	const tokens = socket.take().map(frame => frame.split(';')[0]);
	assert.equal(new Set(tokens).size, 3);
	tokens.reverse().forEach(token => socket.push(`${token};;;;0;0;${token}`));
	assert.deepEqual((await Promise.all(asking)).map(msg => msg.body), tokens.reverse());
});

test('an error reply rejects', async () => {
	const { socket, nsConn } = await chat();
	for (const [text, expected] of [
		['no; really', { name: 'RefusedError', message: 'no; really' }], ['bad namespace', { name: 'BadNamespaceError' }],
		['bad room', { name: 'BadRoomError' }], ['write closed', { name: 'WriteClosedError' }],
		['[-1] write closed', { name: 'WriteClosedError' }], ['invalid payload', { name: 'InvalidPayloadError' }],
		['', { name: 'RefusedError', message: 'refused' }],
	]) {
		const asking = nsConn.ask('e');
		socket.answer(';chat;;e;0;0;', token => `${token};chat;;e;1;0;${text}`);
		await assert.rejects(asking, expected);
	}
	const binary = nsConn.ask('e');
	socket.answer(';chat;;e;0;0;', token => utf8(`${token};chat;;e;1;0;in bytes`));
	await assert.rejects(binary, { message: 'in bytes' });
	assert.ok(new neffos.RefusedError('x') instanceof neffos.NeffosError);
});

test('an ask ends at its timeout, and a late or second answer is dropped', async () => {
	const log = [];
	const { socket, nsConn } = await chat({ e: () => { log.push('event'); } }, { askTimeout: 5 });
	const asking = nsConn.ask('e');
	const [request] = socket.take();
	await assert.rejects(asking, { name: 'AskTimeoutError', code: 'ASK_TIMEOUT' });
	const answer = request.replace('0;0;', '0;0;late');
	socket.push(answer, answer);
	await assert.rejects(nsConn.ask('e', '', { timeout: 1 }), neffos.AskTimeoutError);
	const patient = nsConn.ask('e', '', { timeout: 0 });
	await new Promise(resolve => setTimeout(resolve, 20));
	const token = socket.take().at(-1).split(';')[0];
	socket.push(`${token};chat;;e;0;0;`, `${token};chat;;e;0;0;`);
	await patient;
	assert.deepEqual(log, []);
	assert.deepEqual(socket.take(), []);
});

test('an ask can be aborted', async () => {
	const { socket, nsConn } = await chat();
	const stop = new AbortController();
	const asking = nsConn.ask('e', '', { signal: stop.signal });
	assert.equal(socket.take().length, 1);
	const answered = nsConn.ask('e', '', { signal: stop.signal });
	socket.answer(';chat;;e;0;0;');
	await answered;
	assert.equal(getEventListeners(stop.signal, 'abort').length, 1);
	stop.abort(new Error('changed my mind'));
	await assert.rejects(asking, { message: 'changed my mind' });
	await assert.rejects(nsConn.ask('e', '', { signal: stop.signal }), { message: 'changed my mind' });
	assert.deepEqual(socket.take(), []);
});

test('a pending ask fails at once when the connection ends', async () => {
	for (const end of [({ socket }) => socket.drop(), ({ conn }) => conn.close()]) {
		const all = await chat();
		const asking = all.nsConn.ask('e');
		end(all);
		await assert.rejects(asking, { name: 'WriteClosedError', code: 'WRITE_CLOSED' });
	}
});

test('refuses locally what cannot be sent', async () => {
	const { conn, socket, nsConn } = await chat();
	socket.push('17;chat;;_OnNamespaceDisconnect;0;0;');
	socket.take();
	assert.equal(nsConn.emit('e'), false);
	assert.equal(nsConn.emitBinary('e', 'x'), false);
	await assert.rejects(nsConn.ask('e'), neffos.BadNamespaceError);
	conn.close();
	assert.equal(nsConn.emit('e'), false);
	await assert.rejects(nsConn.ask('e'), neffos.WriteClosedError);
	await assert.rejects(conn.connect('chat'), neffos.WriteClosedError);
	assert.deepEqual(socket.take(), []);
});

test('does not send on a socket that is closing', async () => {
	const { socket, nsConn } = await chat();
	socket.readyState = 2;
	assert.equal(nsConn.emit('e'), false);
	await assert.rejects(nsConn.ask('e'), neffos.WriteClosedError);
});

test('a returned value is the reply', async () => {
	for (const [value, body] of [['yes; sir', 'yes; sir'], ['', ''], [0, '0'], [false, 'false'], [{ a: 1 }, '{"a":1}'],
		[reply(), ''], [reply('x'), 'x'], [reply({ b: 2 }), '{"b":2}'], [reply(null), '']]) {
		const { socket } = await chat({ now: () => value, later: async () => value });
		socket.push('17;chat;r;now;0;0;');
		assert.deepEqual(socket.take(), [`17;chat;r;now;0;0;${body}`]);
		socket.push('neffos-token!;chat;;later;0;0;');
		await turn();
		assert.deepEqual(socket.take(), [`neffos-token!;chat;;later;0;0;${body}`]);
	}
});

test('no value is no reply', async () => {
	const { socket } = await chat({ none: () => {}, nil: () => null, later: async () => {} });
	socket.push('17;chat;;none;0;0;', '18;chat;;nil;0;0;', '19;chat;;later;0;0;');
	await turn();
	assert.deepEqual(socket.take(), []);
});

test('an error is the error reply, and never empty', async () => {
	for (const [error, text] of [[new Error('no; way'), 'no; way'], [new TypeError(''), 'TypeError'], ['a string', 'a string']]) {
		const reported = [];
		const { socket } = await chat({ now: () => { throw error; }, later: () => Promise.reject(error) },
			{ onError: e => reported.push(e) });
		socket.push('17;chat;;now;0;0;', '18;chat;;later;0;0;');
		await turn();
		assert.deepEqual(socket.take(), [`17;chat;;now;1;0;${text}`, `18;chat;;later;1;0;${text}`]);
		assert.deepEqual(reported, []);
	}
});

test('a returned error is an error reply too', async () => {
	const { socket } = await chat({ e: () => new Error('no') });
	socket.push('17;chat;;e;0;0;');
	assert.deepEqual(socket.take(), ['17;chat;;e;1;0;no']);
});

test('a reply that cannot be written is an error reply', async () => {
	const circle = {};
	circle.circle = circle;
	const { socket } = await chat({ e: () => circle });
	socket.push('17;chat;;e;0;0;');
	assert.match(socket.take()[0], /^17;chat;;e;1;0;.*circular/);
});

test('replies to binary in binary, errors in text', async () => {
	const { socket } = await chat({ ok: () => 'ä', bytes: () => utf8('xy'), fail: failing });
	socket.push(utf8('17;chat;;ok;0;0;x'), utf8('18;chat;;fail;0;0;x'), '19;chat;;bytes;0;0;');
	assert.deepEqual(socket.take(), [utf8('17;chat;;ok;0;0;ä'), '18;chat;;fail;1;0;broken', utf8('19;chat;;bytes;0;0;xy')]);
});

test('nothing is sent for a message that nobody asked, errors are reported', async () => {
	const reported = [];
	const { socket } = await chat({ value: () => 5, promise: async () => 'x', fail: failing, late: async () => failing() },
		{ onError: (error, msg) => reported.push(`${error.message} ${msg.event}`) });
	socket.push(';chat;;value;0;0;', ';chat;;promise;0;0;', ';chat;;fail;0;0;', ';chat;;late;0;0;');
	await turn();
	assert.deepEqual(socket.take(), []);
	assert.deepEqual(reported, ['broken fail', 'broken late']);
});

test('error messages reach the handler and are never answered', async () => {
	const got = [];
	const { socket } = await chat({ e(nsConn, msg) { got.push(msg); return 'x'; }, fail: failing }, { onError: () => got.push('reported') });
	socket.push('17;chat;;e;1;0;their fault', '18;chat;;fail;1;0;x', '19;chat;;none;1;0;x', '20;other;;e;1;0;x');
	assert.equal(got[0].isError, true);
	assert.equal(got[0].err.message, 'their fault');
	assert.equal(got[0].body, '');
	assert.equal(got[1], 'reported');
	assert.deepEqual(socket.take(), []);
});

test('whoever asks gets an answer also when there is no handler', async () => {
	const { socket } = await chat();
	socket.push('17;chat;;e;0;0;', ';chat;;e;0;0;', '18;other;;e;0;0;', ';other;;e;0;0;', '19;chat;;toString;0;0;');
	assert.deepEqual(socket.take(), ['17;chat;;e;1;0;no handler for event', '18;other;;e;1;0;bad namespace',
		'19;chat;;toString;1;0;no handler for event']);
});

test('OnAnyEvent gets what has no handler of its own', async () => {
	const log = [];
	const { socket } = await chat({ e: () => { log.push('own'); }, _OnAnyEvent: (nsConn, msg) => { log.push(msg.event); } });
	log.length = 0;
	socket.push(';chat;;e;0;0;', ';chat;;f;0;0;');
	assert.deepEqual(log, ['own', 'f']);
});

test('handlers start in the order of arrival and answers do not wait for them', async () => {
	const log = [];
	const { socket } = await chat({
		async slow(ns, msg) {
			log.push(`start ${msg.body}`);
			const answer = await ns.ask('question');
			log.push(`end ${msg.body} ${answer.body}`);
		},
	});
	socket.push(';chat;;slow;0;0;1', ';chat;;slow;0;0;2');
	assert.deepEqual(log, ['start 1', 'start 2']);
	const [first, second] = socket.take().map(frame => frame.split(';')[0]);
	await turn();
	socket.push(`${second};;;;0;0;b`, `${first};;;;0;0;a`);
	await turn();
	assert.deepEqual(log, ['start 1', 'start 2', 'end 2 b', 'end 1 a']);
});

test('a failing onError does not break anything', async t => {
	const log = t.mock.method(console, 'error', () => {});
	const { conn, socket } = await chat({ fail: failing }, { onError: () => { throw new Error('worse'); } });
	socket.push(';chat;;fail;0;0;');
	assert.equal(log.mock.callCount(), 1);
	assert.equal(conn.isClosed(), false);
});

test('reports to the console by default', async t => {
	const log = t.mock.method(console, 'error', () => {});
	const { socket } = await chat({ fail: failing });
	socket.push(';chat;;fail;0;0;');
	assert.equal(log.mock.calls[0].arguments[0].message, 'broken');
});
