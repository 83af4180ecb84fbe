#!/usr/bin/env node
import { run } from './cli/run.ts';

const DEFAULT_WIDTH = 80;
const WIDEST = 100;

const { env, stdout, stderr } = process;
const color = stdout.isTTY && !env['NO_COLOR'];

process.exitCode = await run(process.argv.slice(2), {
  env,
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(`${text}\n`),
  color,
  width: Math.min(stdout.isTTY ? stdout.columns : DEFAULT_WIDTH, WIDEST),
});
