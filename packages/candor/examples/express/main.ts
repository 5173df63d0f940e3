import { nodeHandler } from 'candor';
import express from 'express';
import { usage } from '../usage.js';

const app = express();
app.use(express.urlencoded({ extended: false }), express.json());
// Ask who it is in a middleware before this one: the page shows and changes what is reported.
app.use('/admin/usage', nodeHandler(usage));

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(server.address()));

await usage.start();
