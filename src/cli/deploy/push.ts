import { checkedOut, docker } from './build.ts';
import { readIac } from './config.ts';

/** `task app:push`: the image of the commit that is checked out, also as `latest`, which the next build begins from. */
export async function main([typed]: string[]) {
	const { REGISTRY_NAME, IMAGE_NAME } = readIac();
	const repository = `${REGISTRY_NAME}/${IMAGE_NAME}`;
	const commit = checkedOut(typed);
	docker(['push', `${repository}:${commit}`]);
	docker(['tag', `${repository}:${commit}`, `${repository}:latest`]);
	docker(['push', `${repository}:latest`]);
	console.log(`${repository}:${commit}`);
}
