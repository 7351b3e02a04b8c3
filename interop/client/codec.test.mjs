import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { decodeFrame, encodeFrame } from './support.mjs';

const recorded = new URL('../../neffos-spring-boot-autoconfigure/src/test/resources/protocol/vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(recorded, 'utf8'));

function bytes({ text, base64 }) {
	return base64 === undefined ? new TextEncoder().encode(text) : new Uint8Array(Buffer.from(base64, 'base64'));
}

function textOf({ data, prefix, repeat, times }) {
	return data ?? prefix + repeat.repeat(times);
}

// What this client does on purpose unlike the Go original, or what has no meaning on a client.
const NOT_WRITTEN = new Set(['ser-native-text', 'ser-from-explicit', 'ser-binary-invalid-utf8-in-text-frame',
	'ser-binary-body-in-text-frame', 'ser-binary-error']);
const NOT_READ = new Set(['des-text-error-empty', 'des-text-from-explicit', 'des-text-stackexchange-mark',
	'des-text-stackexchange-mark-client']);

test('writes the frames of the original', async t => {
	const cases = vectors.filter(vector => vector.kind === 'serialize' && !NOT_WRITTEN.has(vector.id));
	assert.ok(cases.length > 40);
	for (const { id, message, go } of cases) {
		await t.test(id, () => {
			const { wait, namespace, room, event, isNoOp } = message;
			const body = message.bodyBase64 === undefined ? message.err ?? message.reply ?? message.body
				: bytes({ base64: message.bodyBase64 });
			const frame = encodeFrame({ wait, namespace, room, event, isNoOp, body, isError: message.err !== undefined },
				message.setBinary);
			assert.deepEqual(frame, go.frame === 'binary' ? bytes(go) : go.text);
		});
	}
});

test('reads the frames of the original', async t => {
	const cases = vectors.filter(vector => vector.kind === 'deserialize' && !vector.allowNative && !NOT_READ.has(vector.id));
	assert.ok(cases.length > 40);
	for (const { id, frame, go } of cases) {
		await t.test(id, () => {
			const data = frame.type === 'binary' ? bytes(frame) : textOf(frame);
			const msg = decodeFrame(data);
			if (go.invalid) {
				assert.equal(msg, null);
				return;
			}
			const { wait, namespace, room, event, isError, isNoOp } = msg;
			assert.deepEqual({ wait, namespace, room, event, isError, isNoOp },
				{ wait: go.wait, namespace: go.namespace, room: go.room, event: go.event, isError: go.isError, isNoOp: go.isNoOp });
			assert.equal(msg.isBinary, frame.type === 'binary');
			if (go.body?.length) {
				assert.equal(msg.body.length, go.body.length);
			} else if (go.isError) {
				assert.equal(msg.err.message, go.err?.text ?? go.err);
			} else {
				assert.deepEqual(Buffer.from(msg.isBinary ? msg.body : new TextEncoder().encode(msg.body)),
					Buffer.from(go.body === null ? '' : bytes(go.body)));
			}
		});
	}
});
