#!/usr/bin/env node
import { processArguments } from '../env.js';
import { runCli } from './run-cli.js';

// A reader such as `head` may close the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const colours = process.stdout.isTTY && process.stdout.hasColors();
const { code, output, notes } = await runCli(processArguments(), { colours });
process.stderr.write(notes);
process.stdout.write(output);
process.exitCode = code;
