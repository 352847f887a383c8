import manifest from '../../../package.json' with { type: 'json' };
import { log, mask } from '../../lib/kernel/log/log.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';

/*
 * Traces for an OpenTelemetry collector, as JSON over HTTP: https://opentelemetry.io/docs/specs/otlp/. The packages
 * that do it weigh 48 MB.
 */

export type Attributes = Record<string, string | number>;

export type Span = {
	traceId: string;
	spanId: string;
	parentSpanId: string | undefined;
	name: string;
	/** 2: answers somebody; 3: asks somebody */
	kind: number;
	/** milliseconds since 1970, with fractions */
	startedAt: number;
	endedAt: number;
	attributes: Attributes;
	isFailed: boolean;
};

const PATIENCE_MS = 5000;
let isReached = true;

/** Never throws: what is not taken is lost, and one line says so until it works again. */
export async function send(spans: Span[]): Promise<void> {
	const failure = await post(mask(JSON.stringify(message(spans))));
	if (failure && isReached) log.warn({ failure }, 'traces not taken');
	isReached = !failure;
}

async function post(body: string): Promise<string> {
	try {
		const response = await fetch(`${settings.OTEL_EXPORTER_OTLP_ENDPOINT!.replace(/\/$/, '')}/v1/traces`, {
			method: 'POST',
			headers: { ...headers(settings.OTEL_EXPORTER_OTLP_HEADERS ?? ''), 'content-type': 'application/json' },
			body,
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		await response.body?.cancel();
		return response.ok ? '' : `answered ${response.status}`;
	} catch (error) {
		return String(error);
	}
}

/** `name=value,name=value`, values percent-encoded. */
function headers(list: string): Record<string, string> {
	const pairs = list.split(',').filter((pair) => pair.includes('='));
	return Object.fromEntries(
		pairs.map((pair) => {
			const at = pair.indexOf('=');
			return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
		})
	);
}

function message(spans: Span[]) {
	const service = {
		'service.name': 'vowtape',
		'service.version': settings.REVISION ?? manifest.version,
		'server.address': new URL(settings.ORIGIN).host
	};
	const scopeSpans = [{ scope: { name: 'vowtape' }, spans: spans.map(toOtlp) }];
	return { resourceSpans: [{ resource: { attributes: pairs(service) }, scopeSpans }] };
}

function toOtlp({ startedAt, endedAt, attributes, isFailed, ...span }: Span) {
	return {
		...span,
		startTimeUnixNano: nanoseconds(startedAt),
		endTimeUnixNano: nanoseconds(endedAt),
		attributes: pairs(attributes),
		status: { code: isFailed ? 2 : 0 }
	};
}

/** Too many digits for a number: JSON has them as text. */
const nanoseconds = (milliseconds: number) => `${Math.round(milliseconds * 1000)}000`;

function pairs(attributes: Attributes) {
	return Object.entries(attributes).map(([key, value]) => ({
		key,
		value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value }
	}));
}
