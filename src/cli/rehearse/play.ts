import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { root } from '../tool.ts';
import { brokenVersion, head, nextVersion } from './commits.ts';
import { ENVIRONMENT } from './machine.ts';
import { Measures } from './measures.ts';
import type { Scene } from './scene.ts';
import { load, Visitor } from './visitor.ts';

const SOUND = join(root, 'src/testing/sounds/toast-cbr.mp3');
const PER_SECOND = 20;

/** Everything in order: an install comes into being, is changed, badly changed, mistreated, and lost. */
export async function play(scene: Scene, buildArguments: string[]): Promise<void> {
	const measures = new Measures(scene);
	const first = await head(scene.repository);
	await scene.publish(first, buildArguments);
	await measures.deploy('first deploy', first.slice(0, 9));
	scene.check('a version is deployed by the beginning of its commit', scene.info().tag === first);
	const { visitor, recording } = await moveIn(scene);
	const id = recording.split('/').at(-1)!;
	const played = await scene.inApp(
		'ffmpeg',
		'-hide_banner',
		'-i',
		`uploads/${id}/original.mp3`,
		'-f',
		'wav',
		'/dev/null'
	);
	scene.check('the ffmpeg of the image reads it', played === '');
	await measures.idle();

	const second = await nextVersion(scene.repository);
	await scene.publish(second, buildArguments);
	const stop = load(
		visitor,
		['/', '/recordings', recording, `${recording}/audio`, '/health/live'],
		PER_SECOND
	);
	await measures.deploy('second deploy', second);
	scene.check('the next version is deployed', scene.info().tag === second, scene.info());
	scene.check('with its migration', (await scene.psql('SELECT count("rehearsal") FROM wedding')) === '0');

	const broken = await brokenVersion(scene.repository);
	await scene.publish(broken, buildArguments);
	await scene.refused(/does not become ready.*Broken on purpose/, 'deploy', [ENVIRONMENT, broken]);
	scene.check('a broken version is remembered as such', /Broken/.test(scene.history().at(-1)!.result));
	await scene.task('rollback');
	scene.check('a rollback brings back what ran before', scene.info().tag === first, scene.info());
	await scene.task('rollback');
	scene.check('and another one what was rolled back', scene.info().tag === second, scene.info());
	const result = await stop();
	measures.load(result);
	scene.check(
		`none of ${result.asked} requests failed meanwhile`,
		result.failures.length === 0,
		result.failures
	);

	const versions = await scene.task('versions');
	scene.check('an arrow is at what runs', versions.includes(`→ ${second.slice(0, 12)}`), versions);
	const status = await scene.task('status');
	scene.check('the status says what runs', status.includes(second), status);
	scene.check('the logs can be followed', (await scene.logs('db')).includes('ready to accept connections'));
	await mistakes(scene, second);
	await loss(scene, measures, visitor, recording);
	visitor.end();
	measures.print();
}

/** The couple comes in by a link and uploads what they have. */
async function moveIn(scene: Scene) {
	await scene.inApp('node', 'src/cli/run.js', 'couple', 'anna@wedding.test', 'Anna & Ben');
	const visitor = new Visitor(scene.machine.origin, scene.machine.certificate);
	await logIn(scene, visitor);
	const recording = await visitor.upload(SOUND, 'The toast');
	scene.check('one of the couple logs in and uploads', (await visitor.fingerprint(recording)) === sound());
	return { visitor, recording };
}

async function logIn(scene: Scene, visitor: Visitor): Promise<void> {
	const links = await scene.inApp('node', 'src/cli/run.js', 'links');
	await visitor.logIn(/https:\S+/.exec(links)![0]);
}

const sound = () => createHash('sha256').update(readFileSync(SOUND)).digest('hex');

/** Each is one line, and what runs goes on running. */
async function mistakes(scene: Scene, version: string): Promise<void> {
	const { machine } = scene;
	const deploy = [ENVIRONMENT, version];
	await scene.refused(/^There is no environment "nowhere": rehearsal\.$/, 'deploy', ['nowhere', version]);
	await scene.refused(/^Give a version/, 'deploy', [ENVIRONMENT]);
	await scene.refused(/abcdef0 is not in the registry/, 'deploy', [ENVIRONMENT, 'abcdef0']);
	await scene.refused(/^secrets.yml cannot be decrypted: no age key/, 'deploy', deploy, { SOPS_AGE_KEY: '' });

	await machine.stopRegistry();
	await scene.refused(/^The registry .* cannot be reached \(ECONNREFUSED\)/, 'deploy', deploy);
	await machine.startRegistry();

	const config = join(machine.folder, 'config/iac.yml');
	const changed = async (line: RegExp, change: (site: Site) => Partial<Site>) => {
		const site = machine.iac.environments[ENVIRONMENT]!;
		const environments = { [ENVIRONMENT]: { ...site, ...change(site) } };
		writeFileSync(config, stringify({ ...machine.iac, environments }));
		await scene.refused(line, 'deploy', [...deploy, '--no-backup']);
		writeFileSync(config, stringify(machine.iac));
	};
	const missing = join(machine.folder, 'missing');
	await changed(/cannot be reached/, () => ({ sshConfig: missing }));
	await changed(/nginx does not take its files/, ({ nginx }) => ({
		nginx: { ...nginx, certificate: missing }
	}));
	await changed(/missing is not there or cannot be written/, ({ nginx }) => ({
		nginx: { ...nginx, folder: missing }
	}));
}

type Site = Scene['machine']['iac']['environments'][typeof ENVIRONMENT];

/** The server's disk is gone: a new install, and what the backup kept of the old one. */
async function loss(scene: Scene, measures: Measures, visitor: Visitor, recording: string): Promise<void> {
	const count = () =>
		scene.psql("SELECT (SELECT count(*) FROM account) || ' ' || (SELECT count(*) FROM recording)");
	const before = await count();
	await scene.task('backup');
	await scene.refused(/live|--overwrite/, 'restore', [ENVIRONMENT, 'latest']);
	const version = scene.info().tag;
	await scene.destroy();
	await measures.deploy('deploy on an empty server', version);
	scene.check('a new install is empty', (await count()) === '0 0', await count());

	const start = performance.now();
	await scene.task('restore', 'latest');
	measures.line(`restore: ${((performance.now() - start) / 1000).toFixed(1)} s`);
	scene.check('a restore brings back what was there', (await count()) === before, await count());
	scene.check('and nobody is logged in', (await visitor.ask('/recordings')).status === 303);
	await logIn(scene, visitor);
	scene.check(
		'but for who comes again, and hears the same',
		(await visitor.fingerprint(recording)) === sound()
	);
}
