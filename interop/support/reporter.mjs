/**
 * Reporter for `node --test`: one JSON object a line for each finished test and for each output, which JUnit reads.
 * Suites and files are left out, since their outcome follows from their tests; a file that fails on its own is not.
 */
export default async function* report(events) {
	for await (const { type, data } of events) {
		if (type === 'test:pass' || type === 'test:fail') {
			if (data.details?.type === 'suite' || (data.name === data.file && type === 'test:pass')) {
				continue;
			}
			const skipped = data.skip !== undefined || data.todo !== undefined;
			yield line({
				name: data.name,
				outcome: skipped ? 'skip' : type === 'test:pass' ? 'pass' : 'fail',
				detail: skipped ? String(data.skip ?? data.todo) : describe(data.details?.error),
			});
		} else if (type === 'test:stdout' || type === 'test:stderr') {
			yield line({ output: data.message });
		}
	}
}

function describe(error) {
	const cause = error?.cause ?? error;
	return cause === undefined ? '' : String(cause?.stack ?? cause);
}

function line(value) {
	return `${JSON.stringify(value)}\n`;
}
