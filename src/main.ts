#!/usr/bin/env node
import { run } from './cli/run.ts';

const DEFAULT_WIDTH = 80;
const WIDEST = 100;

const { env, stdout, stderr } = process;
const color = stdout.isTTY && !env['NO_COLOR'];

/** Requests that a service never answers must not keep a process alive that has done its work. */
const GRACE_MS = 500;

process.exitCode = await run(process.argv.slice(2), {
  env,
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(`${text}\n`),
  color,
  width: Math.min(stdout.isTTY ? stdout.columns : DEFAULT_WIDTH, WIDEST),
});
setTimeout(() => process.exit(), GRACE_MS).unref();
