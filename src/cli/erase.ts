import { Problem } from '../lib/kernel/problem.ts';
import { counted } from './words.ts';
import { connected } from './attached.ts';

/** `erase guest EMAIL|ID --yes`, `erase wedding HOST|ID --yes`: for good, files too. Backups keep it for up to a year. */
export async function main(args: string[]) {
	const [kind, named, ...more] = args.filter((arg) => arg !== '--yes');
	if (!named || more.length > 0 || (kind !== 'guest' && kind !== 'wedding'))
		throw new Problem(
			'Usage: erase guest EMAIL --yes, or erase wedding HOST --yes; an id will do for either.'
		);
	if (!args.includes('--yes'))
		throw new Problem(`Nothing is erased yet. It cannot be undone: add --yes to erase the ${kind}.`);
	await connected(() => (kind === 'guest' ? guest(named) : wedding(named)));
}

async function guest(name: string) {
	const { system, erase, named } = await domains();
	const gone = new Set<string>();
	for (const { id, weddingId } of await named.guests(name)) {
		// whoever brought them had the same address
		if (gone.has(id)) continue;
		const { scores, mails, plusOnes, household } = await erase.guest(system(weddingId), id);
		for (const plusOne of plusOnes) gone.add(plusOne);
		const home =
			household === null
				? 'their household, which is empty now'
				: `not their household, "${household}": look whether its name holds theirs`;
		const brought = plusOnes.length ? ` and ${counted(plusOnes.length, 'plus-one')}` : '';
		console.log(
			`Erased a guest${brought}, ${counted(scores, 'score')}, ${counted(mails, 'mail')} and ${home}.`
		);
	}
}

async function wedding(name: string) {
	const { system, erase, named } = await domains();
	const { guests, recordings, accounts } = await erase.wedding(system(await named.wedding(name)));
	const own = counted(accounts, 'account');
	console.log(
		`Erased a wedding with ${counted(guests, 'guest')}, ${counted(recordings, 'recording')} and ${own} that had no other.`
	);
}

async function domains() {
	const { system } = await import('../lib/weddings/system.ts');
	const erase = await import('../operate/erase/erase.server.ts');
	const named = await import('../operate/erase/named.server.ts');
	return { system, erase, named };
}
