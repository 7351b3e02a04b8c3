/**
 * What `support/scenario.mjs` takes from Node, for a page: assertions, `test`, which here only collects, and UUIDs.
 * Stands in for `node:assert/strict`, `node:test` and `node:crypto`.
 */

class AssertionError extends Error {
	constructor(message) {
		super(message);
		this.name = 'AssertionError';
	}
}

function check(holds, message, fallback) {
	if (!holds) {
		throw new AssertionError(message ? `${message} (${fallback()})` : fallback());
	}
}

/** Values in words; different types (a number and its text, bytes and an array) never look the same. */
function show(value) {
	if (ArrayBuffer.isView(value)) {
		return `${value.constructor.name}[${value}]`;
	}
	if (Array.isArray(value)) {
		return `[${value.map(show).join(', ')}]`;
	}
	if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
		return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}: ${show(value[key])}`).join(', ')}}`;
	}
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

export default {
	ok(value, message) {
		check(value, message, () => `${show(value)} is not true`);
	},

	equal(actual, expected, message) {
		check(Object.is(actual, expected), message, () => `${show(actual)} is not ${show(expected)}`);
	},

	notEqual(actual, unexpected, message) {
		check(!Object.is(actual, unexpected), message, () => `is ${show(actual)}`);
	},

	/** For text, numbers, bytes, and arrays and plain objects of them. */
	deepEqual(actual, expected, message) {
		check(show(actual) === show(expected), message, () => `${show(actual)} is not ${show(expected)}`);
	},

	async rejects(promise, validate = () => true) {
		let error;
		try {
			await promise;
		} catch (thrown) {
			error = thrown;
		}
		check(error !== undefined, '', () => 'not rejected');
		check(validate(error), '', () => `rejected with ${show(error)}`);
	},
};

/** What was declared, by name. */
export const tests = new Map();

export function test(name, options, run) {
	check(!tests.has(name), '', () => `two scenarios are called "${name}"`);
	tests.set(name, run);
}

export const randomUUID = () => crypto.randomUUID();
