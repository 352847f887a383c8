import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variables } from '../../env.ts';
import { parse } from '../../lib/kernel/settings.server.ts';
import { base, documents, folder, lines, misfits } from '../../testing/kubernetes.ts';
import { type Resource, schemaFaults } from '../../testing/kubernetes-schema.ts';

async function faults(resources: Resource[]): Promise<string[]> {
	return [...(await Promise.all(resources.map(schemaFaults))).flat(), ...misfits(resources)];
}

const find = (resources: Resource[], kind: string) => resources.find((one) => one.kind === kind)!;

describe('the base', () => {
	it('is what Kubernetes knows, and fits together', async () => {
		expect(await faults(base())).toEqual([]);
	});

	it.each<[string, (all: Resource[]) => unknown, RegExp]>([
		['a key is misspelt', (all) => (site(all).readinesProbe = {}), /readinesProbe is unknown/],
		['a top key is misspelt', (all) => (find(all, 'Service').specs = {}), /\/specs is unknown/],
		['a number is a word', (all) => (find(all, 'Job').spec.backoffLimit = 'three'), /backoffLimit/],
		['a field is missing', (all) => delete site(all).name, /missingProperty/],
		['a probe asks elsewhere', (all) => (site(all).livenessProbe.httpGet.path = '/healthz'), /no \/healthz/],
		['a port has another name', (all) => (site(all).ports[0].name = 'web'), /no port http/],
		[
			'a secret has another name',
			(all) => (site(all).envFrom[1].secretRef.name = 'other'),
			/no Secret other/
		],
		['a setting does not exist', (all) => (find(all, 'ConfigMap').data.TITLE = 'x'), /no setting TITLE/],
		[
			'the service selects the migration too',
			(all) => (find(all, 'Service').spec.selector = {}),
			/site alone/
		],
		['the budget selects nothing', (all) => (matchLabels(all).app = 'x'), /site alone/],
		['a path leads to another service', (all) => (backend(all).service.name = 'x'), /no service x/],
		['uploads go elsewhere', (all) => (site(all).volumeMounts[0].mountPath = '/up'), /uploads are in/],
		['the job runs what is not there', (all) => (job(all).command[2] = 'migrat'), /no command migrat/],
		['the autoscaler scales another', (all) => (scaled(all).name = 'x'), /no Deployment x/]
	])('shows when %s', async (_, change, fault) => {
		const all = base();
		change(all);
		expect((await faults(all)).join('\n')).toMatch(fault);
	});

	it('leaves the size of an upload to the site, and of nothing else', () => {
		const bodies = base()
			.filter(({ kind }) => kind === 'Ingress')
			.map(({ metadata, spec }) => [
				spec.rules[0].http.paths.map(({ path }: Resource) => path),
				metadata.annotations['nginx.ingress.kubernetes.io/proxy-body-size']
			]);
		expect(bodies).toEqual([
			[['/'], '1m'],
			[['/api/upload', '/api/uploads'], '0']
		]);
	});
});

const site = (all: Resource[]) => find(all, 'Deployment').spec.template.spec.containers[0];
const job = (all: Resource[]) => find(all, 'Job').spec.template.spec.containers[0];
const matchLabels = (all: Resource[]) => find(all, 'PodDisruptionBudget').spec.selector.matchLabels;
const backend = (all: Resource[]) => find(all, 'Ingress').spec.rules[0].http.paths[0].backend;
const scaled = (all: Resource[]) => find(all, 'HorizontalPodAutoscaler').spec.scaleTargetRef;

const kubectl = (() => {
	try {
		execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
		return true;
	} catch {
		console.warn('SKIPPED: kubectl is not installed, so the example of kubernetes/ was not put together.');
		return false;
	}
})();

describe.skipIf(!kubectl)('the example, as kustomize puts it together', () => {
	let copy = '';
	beforeAll(() => void (copy = mkdtempSync(join(tmpdir(), 'vowtape-kubernetes-'))));
	afterAll(() => rmSync(copy, { recursive: true }));

	/** As its first lines say how, with `change` to what is to be changed. */
	function render(change = (text: string) => text): Resource[] {
		cpSync(folder, copy, { recursive: true });
		cpSync(join(copy, 'example/secrets.env.example'), join(copy, 'example/secrets.env'));
		const path = join(copy, 'example/kustomization.yaml');
		writeFileSync(path, change(readFileSync(path, 'utf8')));
		const output = execFileSync('kubectl', ['kustomize', join(copy, 'example')], { encoding: 'utf8' });
		const resources = documents(output);
		// kustomize breaks long lines, which Kubernetes does not mind
		const secret = find(resources, 'Secret').data;
		for (const name in secret) secret[name] = secret[name].replaceAll('\n', '');
		return resources;
	}

	it('fits together', async () => {
		const all = render();
		expect(await faults(all)).toEqual([]);
		expect(all.map(({ metadata }) => metadata.namespace)).toEqual(all.map(() => 'wedding'));
		for (const { image } of [site(all), job(all)])
			expect(image).toBe('registry.example.org/vowtape:change-me');
		for (const { spec } of all.filter(({ kind }) => kind === 'Ingress'))
			expect(spec.tls[0].hosts).toEqual([spec.rules[0].host]);
	});

	it('answers for the host of another couple too, by a certificate of its own', async () => {
		const all = render((text) =>
			text.replace(/ {2}# one more couple.*\n([^]*)/, (_, lines) => lines.replace(/^ {2}# /gm, '  '))
		);
		expect(await faults(all)).toEqual([]);
		const ingresses = all.filter(({ kind }) => kind === 'Ingress');
		expect(ingresses).toHaveLength(2);
		for (const { spec } of ingresses) {
			expect(spec.rules.map(({ host }: Resource) => host)).toEqual([
				'anna-and-ben.example',
				'eva-and-tom.example'
			]);
			expect(spec.rules[1].http).toEqual(spec.rules[0].http);
			expect(spec.tls.map(({ hosts }: Resource) => hosts)).toEqual([
				['anna-and-ben.example'],
				['eva-and-tom.example']
			]);
		}
	});

	it('gives the site all that it asks for', () => {
		const all = render();
		const secret = find(all, 'Secret').data as Record<string, string>;
		const secrets = Object.entries(secret).map(([name, value]) => [
			name,
			Buffer.from(value, 'base64').toString()
		]);
		const env = { NODE_ENV: 'production', ...find(all, 'ConfigMap').data, ...Object.fromEntries(secrets) };
		expect(parse(env)).toMatchObject({ HOST: '0.0.0.0', UPLOADS_TO: 's3://recordings/anna-and-ben' });
	});

	it('keeps the recordings in a shared folder where that is wished', async () => {
		const all = render((text) =>
			text
				.replace('# components:\n#   - ../shared-folder', 'components:\n  - ../shared-folder')
				.replace(/.*UPLOADS_TO=.*\n/, '')
		);
		expect(await faults(all)).toEqual([]);
		const [uploads] = find(all, 'Deployment').spec.template.spec.volumes;
		expect(uploads.persistentVolumeClaim.claimName).toBe('vowtape-uploads');
		expect(find(all, 'PersistentVolumeClaim').spec.accessModes).toEqual(['ReadWriteMany']);
	});
});

it('no secret of the example is a setting that everybody may read', () => {
	expect(Object.keys(lines('example/secrets.env.example')).filter((name) => !(name in variables))).toEqual(
		[]
	);
	expect(Object.keys(lines('base/settings.env')).filter((name) => /KEY|TOKEN|URL/.test(name))).toEqual([]);
});
