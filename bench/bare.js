// what a Node server costs that says ok and nothing else
import { createServer } from 'node:http';

createServer((_request, response) => response.end('ok')).listen(process.env.PORT, '127.0.0.1');
