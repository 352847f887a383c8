/** What Kubernetes is told, taken as it comes: its schemas say what may be in it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Resource = Record<string, any>;

const SCHEMAS: Record<string, string> = {
	'apps/v1 Deployment': 'AppsV1Deployment',
	'autoscaling/v2 HorizontalPodAutoscaler': 'AutoscalingV2HorizontalPodAutoscaler',
	'batch/v1 Job': 'BatchV1Job',
	'networking.k8s.io/v1 Ingress': 'NetworkingV1Ingress',
	'policy/v1 PodDisruptionBudget': 'PolicyV1PodDisruptionBudget',
	'v1 ConfigMap': 'CoreV1ConfigMap',
	'v1 PersistentVolumeClaim': 'CoreV1PersistentVolumeClaim',
	'v1 Secret': 'CoreV1Secret',
	'v1 Service': 'CoreV1Service'
};

type Validate = ((data: unknown) => boolean) & { errors: { instancePath: string; params: object }[] };

/** What Kubernetes' own schema finds wrong with it, and every key that it does not know. */
export async function schemaFaults(resource: Resource): Promise<string[]> {
	const schema = SCHEMAS[`${resource.apiVersion} ${resource.kind}`];
	if (!schema) return [`${nameOf(resource)}: no schema of ${resource.apiVersion} ${resource.kind}`];
	const module = await import(`kubernetes-models/_schemas/IoK8sApi${schema}`);
	const validate = module.validate as Validate;
	const seen = new Set<string>();
	const isValid = validate(watched(resource, '', seen));
	const wrong = isValid
		? []
		: validate.errors.map((one) => `${one.instancePath} ${JSON.stringify(one.params)}`);
	const unknown = paths(resource).filter((path) => !seen.has(path));
	return [...wrong, ...unknown.map((path) => `${path} is unknown`)].map(
		(fault) => `${nameOf(resource)}: ${fault}`
	);
}

export const nameOf = ({ kind, metadata }: Resource) => `${kind} ${metadata?.name}`;

/** The compiled schemas let pass what they do not know, and do not even look at it: so we look where they look. */
function watched(value: Resource, path: string, seen: Set<string>): Resource {
	return new Proxy(value, {
		get(target, key) {
			const found = Reflect.get(target, key);
			if (typeof key !== 'string' || !Object.hasOwn(target, key)) return found;
			const place = `${path}/${key}`;
			seen.add(place);
			return found && typeof found === 'object' ? watched(found, place, seen) : found;
		}
	});
}

function paths(value: unknown, path = ''): string[] {
	if (!value || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		`${path}/${key}`,
		...paths(inner, `${path}/${key}`)
	]);
}
