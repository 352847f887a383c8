import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { armor, Encrypter } from 'age-encryption';
import { stringify } from 'yaml';

type Tree = { [name: string]: string | Tree };

/**
 * What `sops encrypt --age` makes of a tree of texts, for tests and the rehearsal, where sops itself may be missing
 * (https://github.com/getsops/sops#encryption-protocol).
 */
export async function seal(tree: Tree, recipient: string): Promise<string> {
	const key = randomBytes(32);
	const mac = createHash('sha512');
	const encrypter = new Encrypter();
	encrypter.addRecipient(recipient);
	const enc = armor.encode(await encrypter.encrypt(key));
	const lastmodified = `${new Date().toISOString().slice(0, 19)}Z`;
	const sealed = walk(tree, [], (value, path) => {
		mac.update(value);
		return encrypt(key, value, `${path.join(':')}:`);
	});
	const sops = {
		age: [{ recipient, enc }],
		lastmodified,
		mac: encrypt(key, mac.digest('hex').toUpperCase(), lastmodified),
		version: '3.10.2'
	};
	return stringify({ ...sealed, sops });
}

function walk(tree: Tree, path: string[], change: (value: string, path: string[]) => string): Tree {
	return Object.fromEntries(
		Object.entries(tree).map(([name, value]) => {
			const place = [...path, name];
			return [name, typeof value === 'string' ? change(value, place) : walk(value, place, change)];
		})
	);
}

function encrypt(key: Buffer, value: string, context: string): string {
	// sops leaves what is empty as it is
	if (!value) return '';
	const iv = randomBytes(32);
	const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
	const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
	const [body, start, tag] = [data, iv, cipher.getAuthTag()].map((part) => part.toString('base64'));
	return `ENC[AES256_GCM,data:${body},iv:${start},tag:${tag},type:str]`;
}
