import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../cli/tool.ts';
import { variables } from '../env.ts';
import { nameOf, type Resource } from './kubernetes-schema.ts';

export const folder = join(root, 'operations/kubernetes');
export const documents = (text: string): Resource[] => parseAllDocuments(text).map((one) => one.toJS());
const text = (path: string) => readFileSync(join(folder, path), 'utf8');

/** The lines `NAME=value` of a file. */
export function lines(path: string): Record<string, string> {
	const found = text(path).matchAll(/^(\w+)=(.*)$/gm);
	return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

/** The base as it is written, without kustomize: what that would generate is added. */
export function base(): Resource[] {
	const { resources } = parse(text('base/kustomization.yaml'));
	const secrets = Object.fromEntries(
		Object.entries(lines('example/secrets.env.example')).map(([name, value]) => [
			name,
			btoa(encodeURI(value))
		])
	);
	const made = (kind: string, name: string, data: object) => ({
		apiVersion: 'v1',
		kind,
		metadata: { name },
		data
	});
	return [
		...resources.flatMap((file: string) => documents(text(`base/${file}`))),
		made('ConfigMap', 'vowtape-settings', lines('base/settings.env')),
		made('Secret', 'vowtape-secrets', secrets)
	];
}

/** What does not fit together: names that lead nowhere, and what the site does not have or would not take. */
export function misfits(resources: Resource[]): string[] {
	const all = (kind: string) => resources.filter((one) => one.kind === kind);
	const has = (kind: string, name: string) => all(kind).some(({ metadata }) => metadata.name === name);
	const pods: [Resource, Resource][] = ['Deployment', 'Job'].flatMap((kind) =>
		all(kind).map((one): [Resource, Resource] => [one, one.spec.template])
	);
	const site = all('Deployment')[0]!;
	const faults: string[] = [];
	const expect = (isRight: unknown, of: Resource, fault: string) =>
		isRight || faults.push(`${nameOf(of)}: ${fault}`);

	const selected = (selector: Record<string, string>) =>
		pods
			.filter(([, { metadata }]) =>
				Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value)
			)
			.map(([{ kind }]) => kind)
			.join();
	const onlySite = (of: Resource, selector: Record<string, string> | undefined) =>
		expect(selector && selected(selector) === 'Deployment', of, 'does not select the pods of the site alone');

	for (const [owner, pod] of pods) ofPod(owner, pod);
	onlySite(site, site.spec.selector.matchLabels);
	for (const service of all('Service')) {
		onlySite(service, service.spec.selector);
		for (const { targetPort } of service.spec.ports)
			expect(portNames(site.spec.template).includes(targetPort), service, `no port ${targetPort}`);
	}
	for (const budget of all('PodDisruptionBudget')) onlySite(budget, budget.spec.selector.matchLabels);
	for (const scaler of all('HorizontalPodAutoscaler')) {
		const { kind, name } = scaler.spec.scaleTargetRef;
		expect(has(kind, name), scaler, `no ${kind} ${name}`);
		expect(scaler.spec.minReplicas >= 2, scaler, 'fewer than two');
		expect(site.spec.replicas === undefined, site, 'a number of its own beside the autoscaler');
	}
	for (const ingress of all('Ingress'))
		for (const { http } of ingress.spec.rules)
			for (const { backend } of http.paths) {
				const { name, port } = backend.service;
				const service = all('Service').find(({ metadata }) => metadata.name === name);
				const isPort = service?.spec.ports.some((one: Resource) => one.name === port.name);
				expect(isPort, ingress, `no service ${name} with a port ${port.name}`);
			}
	for (const config of [...all('ConfigMap'), ...all('Secret')])
		for (const name of Object.keys(config.data)) expect(name in variables, config, `no setting ${name}`);
	return faults;

	function ofPod(owner: Resource, { spec }: Resource) {
		const [container] = spec.containers;
		const settings = container.envFrom.map(({ configMapRef, secretRef }: Resource) =>
			configMapRef ? ['ConfigMap', configMapRef.name] : ['Secret', secretRef.name]
		);
		for (const [kind, name] of settings) expect(has(kind, name), owner, `no ${kind} ${name}`);
		const [first] = settings;
		const { data } = all(first[0]).find(({ metadata }) => metadata.name === first[1]) ?? { data: {} };
		const mounts = Object.fromEntries(
			container.volumeMounts.map((one: Resource) => [one.name, one.mountPath])
		);
		const volumes = spec.volumes.map(({ name }: Resource) => name);
		expect(Object.keys(mounts).sort().join() === volumes.sort().join(), owner, 'other mounts than volumes');
		for (const { persistentVolumeClaim: claim } of spec.volumes)
			if (claim) expect(has('PersistentVolumeClaim', claim.claimName), owner, `no claim ${claim.claimName}`);
		expect(mounts.tmp === '/tmp', owner, 'nowhere to write');
		expect(container.securityContext.readOnlyRootFilesystem, owner, 'may write everywhere');
		expect(spec.securityContext.runAsNonRoot, owner, 'may run as root');

		const [, file, command] = container.command ?? [];
		const isCommand = existsSync(join(root, `src/cli/${command}.ts`)) && existsSync(join(root, file));
		expect(!container.command || isCommand, owner, `no command ${command}`);
		if (owner.kind !== 'Deployment') return;

		expect(mounts.uploads === data.UPLOADS_DIR, owner, `uploads are in ${data.UPLOADS_DIR}`);
		const ports = Object.fromEntries(
			container.ports.map((one: Resource) => [one.name, String(one.containerPort)])
		);
		expect(ports.http === data.PORT, owner, `listens at ${data.PORT}`);
		expect(ports.metrics === data.METRICS_PORT, owner, `metrics are at ${data.METRICS_PORT}`);
		expect(spec.terminationGracePeriodSeconds >= 42, owner, 'too little time to end');
		for (const name of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
			const { path, port } = container[name].httpGet;
			expect(existsSync(join(root, 'src/routes', path, '+server.ts')), owner, `${name}: no ${path}`);
			expect(
				container.ports.some((one: Resource) => one.name === port),
				owner,
				`${name}: no port ${port}`
			);
		}
	}
}

const portNames = (pod: Resource): string[] => pod.spec.containers[0].ports.map(({ name }: Resource) => name);
