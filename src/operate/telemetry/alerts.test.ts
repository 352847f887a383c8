import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { acceptJobs } from '../../testing/fixtures.ts';
import * as jobs from '../../lib/kernel/jobs/jobs.server.ts';
import * as metrics from './metrics.server.ts';

const folder = join(import.meta.dirname, '../../../operations');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });

const isMissing = Boolean(promtool('--version').error);
if (isMissing) console.warn('SKIPPED: promtool is not installed (package prometheus), so no alert is fired');

type Rule = { alert: string; expr: string; labels: object; annotations: Record<string, string> };
type Panel = {
	id: number;
	title: string;
	gridPos: { x: number; y: number; w: number; h: number };
	targets: { expr: string }[];
};

const rules = (parse(read('alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
	({ rules }) => rules
);
const dashboard = JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] };

/** What Prometheus knows besides: whether it reached us. */
const exported = new Set(['up']);

beforeAll(async () => {
	await acceptJobs();
	await metrics.begin();
	const text = await metrics.render();
	for (const [, name = '', type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
		const ends = type === 'histogram' ? ['_bucket', '_count', '_sum'] : [''];
		for (const end of ends) exported.add(name + end);
	}
});
afterAll(() => jobs.stop());

/** The metrics that an expression of Prometheus's asks for. */
function asked(expression: string): string[] {
	const bare = expression
		.replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
		.replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
	const names = bare.matchAll(/[a-z_:][\w:]*\b(?!\s*\()/gi);
	return [...names].map(([name]) => name).filter((name) => !/^(and|or|unless|by|e\d+)$/.test(name));
}

it('finds the metrics of an expression', () => {
	const expression =
		'histogram_quantile(0.95, sum by (job, le) (rate(a_bucket{x="b"}[5m]))) > 5e9 and max(c) or absent(up{job=~"d"})';
	expect(asked(expression)).toEqual(['a_bucket', 'c', 'up']);
});

describe('the alerts', () => {
	it('ask for what /metrics has', () => {
		const missing = rules.filter(({ expr }) => !asked(expr).every((name) => exported.has(name)));
		expect(missing).toEqual([]);
		expect(rules.every(({ expr }) => asked(expr).length > 0)).toBe(true);
	});

	it('say what is wrong and what to do', () => {
		expect(rules.map(({ alert }) => alert)).toEqual([
			'VowtapeDown',
			'VowtapeNotReady',
			'VowtapeErrors',
			'VowtapeSlow',
			'VowtapeMailStuck',
			'VowtapeJobsStuck',
			'VowtapeDiskNearlyFull',
			'VowtapeQuotaNearlyFull',
			'VowtapeBackupOld'
		]);
		for (const { alert, labels, annotations } of rules) {
			expect(labels, alert).toEqual({ severity: expect.stringMatching(/^(critical|warning)$/) });
			expect(Object.keys(annotations), alert).toEqual(['summary', 'advice']);
		}
	});
});

describe.skipIf(isMissing)('in Prometheus', () => {
	it('each alert fires for what it is there for, and for nothing else', () => {
		const { status, stdout, stderr } = promtool('test', 'rules', 'alerts.test.yml');
		expect(status, stdout + stderr).toBe(0);
	});
});

describe('the dashboard', () => {
	it('asks for what /metrics has', () => {
		const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
		expect(expressions.length).toBeGreaterThan(15);
		expect(expressions.flatMap(asked).filter((name) => !exported.has(name))).toEqual([]);
	});

	it('has its panels side by side', () => {
		const { panels } = dashboard;
		expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
		const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
			Array.from({ length: w * h }, (_, n) => `${x + (n % w)} ${y + Math.floor(n / w)}`)
		);
		expect(new Set(places).size).toBe(places.length);
		expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
	});
});
