import { target } from './config.ts';
import { HISTORY } from './history.ts';
import { project, state } from './remote.ts';
import { withServer } from './ssh.ts';

/** `task app:status -- ENVIRONMENT`: what runs since when, its containers, the disk, and the last deploys. */
export async function main([environment]: string[]) {
	const place = target(environment);
	await withServer(place, async (server) => {
		const { live, info } = await state(place, server);
		const running = info
			? `${info.tag} (${info.digest.slice(7, 19)}) since ${info.deployedAt}, by ${info.by}`
			: 'nothing was deployed yet';
		console.log(`${place.environment}  https://${place.host}  ${live ?? ''}\n${running}\n`);
		console.log(
			await server.run(`docker ps -a --filter label=com.docker.compose.project=${project(place)} \
--format 'table {{.Label "com.docker.compose.service"}}\\t{{.Status}}\\t{{.Ports}}'
echo
df -h . | awk 'NR == 2 { print $4 " of " $2 " disk free" }'
echo
tail -n 5 ${HISTORY} 2>/dev/null || true`)
		);
	});
}
