// what a Node server costs that streams a file, or the part that it is asked for, as Node does by itself
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';

const path = process.argv[2]!;
const { size } = statSync(path);

createServer(({ url, headers }, response) => {
	if (url === '/') return void response.end();
	const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? '') ?? [];
	const [start, last] = [Number(from ?? 0), Number(to ?? size - 1)];
	response.writeHead(from ? 206 : 200, { 'content-length': last - start + 1 });
	createReadStream(path, { start, end: last }).pipe(response);
}).listen(Number(process.env.PORT), '127.0.0.1');
