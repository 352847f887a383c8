import { parse } from '../../lib/kernel/settings.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import type { Target } from './config.ts';
import { ACCEL_PREFIX } from './vhost.ts';

/**
 * Everything that docker-compose.yml and the site are told on the server. What the site would refuse to start with
 * is a Problem here, before anything is touched.
 */
export function values(
	target: Target,
	secrets: Record<string, string>,
	image: string,
	user: string
): Record<string, string> {
	const { https = 443 } = target.nginx.listen ?? {};
	const settings: Record<string, string> = {
		...secrets,
		ORIGIN: https === 443 ? `https://${target.host}` : `https://${target.host}:${https}`,
		DATABASE_URL:
			secrets.DATABASE_URL ||
			`postgresql://vowtape:${encodeURIComponent(secrets.POSTGRES_PASSWORD!)}@db:5432/vowtape`,
		BACKUP_TO: secrets.BACKUP_TO || 'backups',
		ADDRESS_HEADER: 'x-real-ip',
		X_ACCEL_PREFIX: ACCEL_PREFIX
	};
	parse({ ...settings, NODE_ENV: 'production' });
	return {
		...settings,
		COMPOSE_PROJECT_NAME: `vowtape-${target.environment}`,
		IMAGE: image,
		APP_USER: user,
		BLUE_PORT: String(target.bluePort),
		GREEN_PORT: String(target.greenPort)
	};
}

/** As both kinds of compose read it: single quotes, and nothing inside them means anything. */
export function format(pairs: Record<string, string>): string {
	const lines = Object.entries(pairs).map(([name, value]) => {
		if (!/^[A-Z]\w*$/.test(name)) throw new Problem(`secrets.yml: ${name} is not the name of a setting.`);
		// eslint-disable-next-line no-control-regex
		if (/['\u0000-\u001f]/.test(value)) {
			throw new Problem(`secrets.yml: ${name} must be one line without a single quote.`);
		}
		return `${name}='${value}'\n`;
	});
	return lines.join('');
}
